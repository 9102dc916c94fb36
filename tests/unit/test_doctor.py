import errno
import importlib
import json
import os
import subprocess
import sys

import pytest

from formcheck import doctor
from formcheck.doctor import SYSTEM_PACKAGES, check, explain_import_error


def by_name(checks):
    return {item.name: item for item in checks}


def test_every_failed_check_says_how_to_mend_it_and_names_are_unique():
    checks = check()
    assert len(by_name(checks)) == len(checks)
    assert all(item.ok == (item.remedy == "") for item in checks)
    assert all(item.detail for item in checks)
    assert {"Python", "cv2", "mediapipe", "reads h264", "writes libx264"} <= set(by_name(checks))


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libGL.so.1", "libgl1"),
        ("libgthread-2.0.so.0", "libglib2.0-0"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libEGL.so.1", "libegl1"),
        ("libGLESv2.so.2", "libgles2"),
    ],
)
@pytest.mark.parametrize("kind", [ImportError, OSError])
def test_a_missing_system_library_names_its_debian_package(library, package, kind):
    error = explain_import_error(
        kind(f"{library}: cannot open shared object file: No such file or directory")
    )
    assert error.code == "LIBRARY_MISSING"
    assert library in error.what
    assert error.hint == f"sudo apt-get install -y {package}"


def test_other_missing_things_are_named_too():
    error = explain_import_error(ModuleNotFoundError("No module named 'av.video'", name="av.video"))
    assert error.what == "the Python package is missing: av"
    assert "pip install" in error.hint
    error = explain_import_error(OSError("libfoo.so.7: cannot open shared object file"))
    assert "libfoo.so.7" in error.what
    assert "libfoo.so.7" in error.hint
    assert "RuntimeWarning" not in str(explain_import_error(ImportError("")))


def test_a_library_that_fails_to_import_is_reported(monkeypatch):
    real = importlib.import_module

    def broken(name):
        if name == "cv2":
            msg = "libGL.so.1: cannot open shared object file: No such file or directory"
            raise ImportError(msg, name="cv2")
        return real(name)

    monkeypatch.setattr(importlib, "import_module", broken)
    found = by_name(check())["cv2"]
    assert not found.ok
    assert found.remedy == "sudo apt-get install -y libgl1"


def test_models_are_compared_with_their_list(tmp_path, monkeypatch):
    (tmp_path / "a.task").write_bytes(b"good")
    (tmp_path / "b.task").write_bytes(b"bad")
    good = "770e607624d689265ca6c44884d0807d9b054d23c473c106c72be9de08b7376c"
    (tmp_path / "manifest.json").write_text(
        json.dumps({"models": [{"file": f"{n}.task", "sha256": good} for n in "abc"]})
    )
    monkeypatch.setattr(doctor, "models_dir", lambda: tmp_path)
    found = by_name(check())
    assert found["a.task"].ok
    assert found["b.task"].detail == "differs from the one shipped"
    assert found["c.task"].detail == "missing"


def test_no_list_of_models_is_one_failed_check(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "models_dir", lambda: tmp_path)
    assert not by_name(check())["pose models"].ok


def test_a_full_or_closed_disk_is_reported(tmp_path, monkeypatch):
    monkeypatch.setenv("FORMCHECK_DATA_DIR", str(tmp_path / "new"))
    assert by_name(check())["the app's data"].ok
    assert not (tmp_path / "new").exists()
    usage = type("Usage", (), {"free": 10_000})
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage)
    assert "0.0 GB free" in by_name(check())["the app's data"].detail
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "FORMCHECK_DATA_DIR" in by_name(check())["the app's data"].remedy


def test_the_doctor_comes_without_any_library():
    """It must run where everything else fails to import."""
    code = (
        "import sys\n"
        "class Deny:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in {'numpy', 'cv2', 'av', 'pydantic', 'mediapipe'}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Deny())\n"
        "from formcheck.doctor import check\n"
        "import json; print(json.dumps([c.name for c in check() if not c.ok]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"numpy", "cv2", "av", "pydantic", "mediapipe"} <= set(json.loads(done.stdout))


def test_system_packages_are_those_of_the_readme():
    readme = (doctor.Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for package in ("libgl1", "libglib2.0-0", "libegl1", "libgles2"):
        assert package in SYSTEM_PACKAGES.values()
        assert package in readme


def test_an_error_number_does_not_confuse_the_explanation():
    error = explain_import_error(OSError(errno.ENOENT, "No such file or directory", "x"))
    assert error.code == "LIBRARY_MISSING"
    assert "\n" not in str(error)

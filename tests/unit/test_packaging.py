"""What ships beside the code says what is true."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from formcheck.settings.app import AppSettings
from formcheck.ui import live

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
# rendering clips needs torch, several GB that nobody else wants: a file of its own
RENDER_PINS = (ROOT / "constraints-render.txt").read_text(encoding="utf-8")


def block(name):
    """The indented lines between two markers of the README."""
    inside = README.split(f"<!-- {name}:start -->")[1].split(f"<!-- {name}:end -->")[0]
    return [line.strip() for line in inside.strip("\n").splitlines() if line.strip()]


def pins(text=PINS):
    found = {}
    for line in text.splitlines():
        if re.match(r"[a-z0-9]", line):
            requirement = Requirement(line.rstrip(" \\"))
            (only,) = requirement.specifier
            assert only.operator == "=="
            found.setdefault(canonicalize_name(requirement.name), []).append(Version(only.version))
    return found


@pytest.mark.parametrize(("text", "least"), [(PINS, 80), (RENDER_PINS, 20)])
def test_every_pin_has_hashes_and_no_address(text, least):
    assert not re.search(r"https?:|file:|--index|--find|@ ", text)
    parts = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(parts) > least
    assert all("--hash=sha256:" in part for part in parts)


def test_the_pins_meet_every_requirement():
    pinned = pins() | pins(RENDER_PINS)
    extras = PROJECT["optional-dependencies"]
    wanted = [*PROJECT["dependencies"]]
    wanted += [r for rs in extras.values() for r in rs]
    for text in wanted:
        requirement = Requirement(text)
        versions = pinned.get(canonicalize_name(requirement.name))
        assert versions, f"{requirement.name} is not in constraints.txt"
        assert all(requirement.specifier.contains(v) for v in versions), text


def test_the_two_files_of_pins_do_not_disagree_and_only_one_is_large():
    assert not pins().keys() & pins(RENDER_PINS).keys()
    assert not [name for name in pins() if name.startswith(("torch", "nvidia"))]


def test_the_live_page_names_the_version_that_is_pinned():
    assert f"streamlit-webrtc=={pins()['streamlit-webrtc'][0]}" in live.INSTALL


def test_there_is_one_opencv():
    assert [name for name in pins() if name.startswith("opencv")] == ["opencv-contrib-python"]


@pytest.mark.parametrize(("name", "end"), [("run", "demo"), ("test", "pytest")])
def test_the_lines_of_the_readme_stand_alone(name, end):
    (line,) = block(name)
    assert line.startswith("python3 -m venv .venv && ")
    assert end in line
    assert "-r constraints.txt" in line
    assert "--no-deps" in line


def test_ci_runs_the_lines_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "readme_lines test" in script
    assert "readme_lines debian" in script
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100
    (packages,) = block("debian")
    assert {"libgl1", "libglib2.0-0", "libegl1", "libgles2", "git"} <= set(packages.split())


def test_the_app_listens_here_only_and_tells_nobody():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    server = config["server"]
    assert server["address"] == "127.0.0.1"
    assert set(server["allowedHosts"]) == {"localhost", "127.0.0.1"}
    assert server["enableXsrfProtection"] is True
    assert server["enableStaticServing"] is False
    assert server["maxUploadSize"] >= AppSettings().max_upload_mb
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"


def test_licence_files_are_there():
    assert "formcheck contributors" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for word in ("MediaPipe", "Apache License 2.0", "CC0", "x264", "CC BY 4.0"):
        assert word in notice


def test_the_changelog_keeps_its_sections():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text
    assert "### Scientific changes" in text

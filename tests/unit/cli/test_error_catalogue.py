"""Every error of the closed list, brought about for real where that takes no model, and its text.

What takes the pose model or a browser is in tests/app/test_browser_robust.py.
"""

import contextlib
import json
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from formcheck.cli.main import run
from formcheck.data import Channels
from formcheck.errors import CODES, FormcheckError
from formcheck.pipeline import analyze as analyze_module
from formcheck.pipeline.observe import Observed
from formcheck.pose import bundles
from formcheck.pose.bundles import models_dir
from formcheck.pose.persons import Runner
from formcheck.store.analysis_file import write_analysis
from tests import broken
from tests.synthetic import (
    clip_of,
    running_pose,
    squat_pose,
    standing_pose,
    walking_pose,
)
from tests.unit.report.builders import analysis

ROOT = Path(__file__).resolve().parents[3]


def analyse(clip, out, *more):
    return run(["analyze", str(clip), "--out", str(out), *more])


def one_error(capsys):
    """Return code and text of the one error line on stderr; no traceback anywhere."""
    told = capsys.readouterr().err
    assert "Traceback" not in told
    (line,) = [x for x in told.splitlines() if x.startswith("error[")]
    code, rest = line.removeprefix("error[").split("]: ", 1)
    what, hint = rest.split("; hint: ", 1)
    return code, what, hint


FILES = {
    "missing": (broken.missing, "FILE_NOT_FOUND", "there is no file"),
    "empty": (broken.empty, "FILE_UNREADABLE", "is empty (0 bytes)"),
    "truncated": (broken.truncated, "FILE_UNREADABLE", "is damaged or was cut off while copying"),
    "text": (broken.text, "NOT_A_VIDEO", "is not a video"),
    "audio only": (broken.audio_only, "NOT_A_VIDEO", "holds no moving picture"),
    "a folder": (broken.folder, "NOT_A_VIDEO", "is a folder or device, not a file"),
    "copy protected": (broken.protected, "CODEC_UNSUPPORTED", "codec that cannot be decoded"),
    "one picture": (broken.single_picture, "CLIP_TOO_SHORT", "holds a single picture"),
}


@pytest.mark.parametrize("kind", list(FILES))
def test_a_broken_file_is_named_with_what_to_do(kind, tmp_path, capsys):
    make, code, what = FILES[kind]
    clip = make(tmp_path / "my clip.mp4")
    assert analyse(clip, tmp_path / "out") == 3
    told = one_error(capsys)
    assert (told[0], told[2]) == (code, CODES[code])
    assert what in told[1]
    assert not (tmp_path / "out" / clip.stem).exists()


def observed(pose):
    n = pose.time_s.size
    person = Runner(
        raw=pose, rows=np.arange(n), detection_rate=1.0, other_person_share=0.0, rejected_frames=0
    )
    return Observed(
        clip=clip_of(pose),
        landmarks=pose,
        channels=Channels(time_s=pose.time_s),
        edges_px=np.empty((0, 5)),
        person=person,
        model="full",
        model_sha256="0" * 64,
    )


def slow_run():
    pose, _ = running_pose(view="side", facing="right", duration_s=6.0)
    return pose.with_("retimed", time_s=pose.time_s * 8)


MOVEMENTS = {
    "walking as a run": (
        lambda: walking_pose(view="side", facing="right", duration_s=6.0)[0],
        ["--protocol", "treadmill_run"],
        "NOT_RUNNING",
        "walk",
    ),
    "slow motion that says nothing": (
        slow_run,
        ["--protocol", "treadmill_run"],
        "SLOW_MOTION_UNKNOWN",
        "This looks like slow motion",
    ),
    "standing as a squat": (
        lambda: standing_pose(duration_s=5.0)[0],
        ["--protocol", "single_leg_squat"],
        "NO_REPETITIONS",
        "no full repetition was found",
    ),
    "both feet down": (
        lambda: squat_pose(stance="both")[0],
        ["--protocol", "single_leg_squat"],
        "BOTH_FEET_DOWN",
        "with both feet on the ground",
    ),
    "nothing that is known": (
        lambda: standing_pose(duration_s=5.0)[0],
        [],
        "NOT_A_TEST",
        "none of the tests",
    ),
}
QUICK = ["--no-frames", "--video", "none", "--report", "none", "--workers", "1"]


@pytest.mark.parametrize("kind", list(MOVEMENTS))
def test_a_clip_that_shows_something_else_is_told_so(kind, tmp_path, capsys, monkeypatch):
    make, options, code, what = MOVEMENTS[kind]
    monkeypatch.setattr(analyze_module, "observe", lambda *a, **k: observed(make()))
    assert analyse(tmp_path / "a.mp4", tmp_path / "out", *options, *QUICK) == 3
    told = one_error(capsys)
    assert told[0] == code
    assert what in told[1]
    assert told[2]


def test_slow_motion_is_asked_about_with_the_likely_rate(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(analyze_module, "observe", lambda *a, **k: observed(slow_run()))
    named = ["--protocol", "treadmill_run"]
    assert analyse(tmp_path / "a.mp4", tmp_path / "out", *named, *QUICK) == 3
    assert "--capture-fps" in one_error(capsys)[2]


@pytest.fixture
def good_clip(monkeypatch):
    """Let any clip show a good run, without looking at it."""
    pose, _ = running_pose(view="side", facing="right", duration_s=6.0)
    monkeypatch.setattr(analyze_module, "observe", lambda *a, **k: observed(pose))


def test_a_folder_that_is_not_ours_is_refused_before_the_work(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(analyze_module, "observe", lambda *a, **k: pytest.fail("worked first"))
    (tmp_path / "out" / "a").mkdir(parents=True)
    (tmp_path / "out" / "a" / "thesis.docx").write_text("precious")
    assert analyse(tmp_path / "a.mp4", tmp_path / "out") == 3
    assert one_error(capsys)[0] == "OUTPUT_NOT_WRITABLE"
    (tmp_path / "file").write_text("x")
    assert analyse(tmp_path / "a.mp4", tmp_path / "file") == 3
    assert one_error(capsys)[0] == "OUTPUT_NOT_WRITABLE"


@pytest.fixture
def nobody():
    """Give up the rights of root, which may write everywhere; return a folder that may be read."""
    home = Path(tempfile.mkdtemp())
    home.chmod(0o755)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    else:
        home.chmod(0o555)
    try:
        yield home
    finally:
        if was_root:
            os.seteuid(0)
        home.chmod(0o755)
        for path in sorted(home.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        home.rmdir()


def test_a_folder_without_permission_is_refused_before_the_work(nobody, capsys, monkeypatch):
    monkeypatch.setattr(analyze_module, "observe", lambda *a, **k: pytest.fail("worked first"))
    assert analyse(nobody / "a.mp4", nobody / "out") == 3
    code, what, hint = one_error(capsys)
    assert code == "OUTPUT_NOT_WRITABLE"
    assert "may not be written" in what
    assert "--out" in hint


def test_a_clip_without_permission_is_told(nobody, capsys):
    was = os.geteuid()
    if was == 65534:
        os.seteuid(0)
    clip = broken.movie(nobody / "a.mp4") if os.access(nobody, os.W_OK) else None
    if clip is None:
        pytest.skip("needs a folder of two users")
    clip.chmod(0)
    os.seteuid(was)
    nobody_out = Path(tempfile.gettempdir()) / "formcheck-none"
    assert analyse(clip, nobody_out) == 3
    code, what, hint = one_error(capsys)
    assert code == "FILE_UNREADABLE"
    assert "permission denied" in what
    assert "may read" in hint


@contextlib.contextmanager
def full_disk(at_most_bytes):
    """Let no file of this process grow beyond a few bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (at_most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.usefixtures("good_clip")
def test_a_full_disk_leaves_nothing_half_written(tmp_path, capfd):
    with full_disk(2000):
        status = analyse(tmp_path / "a.mp4", tmp_path / "out", *QUICK)
    assert status == 3
    told = capfd.readouterr().err
    assert "error[DISK_FULL]: the disk is full" in told
    assert CODES["DISK_FULL"] in told
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("damage", "code"), [(None, "MODEL_MISSING"), (b"no model", "MODEL_DAMAGED")]
)
def test_a_pose_model_that_is_missing_or_damaged(damage, code, tmp_path, capsys, monkeypatch):
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "manifest.json").write_bytes((models_dir() / "manifest.json").read_bytes())
    if damage is not None:
        (folder / "pose_landmarker_full.task").write_bytes(damage)
    monkeypatch.setattr(bundles, "models_dir", lambda: folder)
    clip = broken.movie(tmp_path / "a.mp4")
    assert analyse(clip, tmp_path / "out") == 3
    told = one_error(capsys)
    assert (told[0], told[2]) == (code, CODES[code])


@pytest.mark.parametrize(
    ("error", "what", "hint"),
    [
        (
            ImportError("libGL.so.1: cannot open shared object file: No such file or directory"),
            "the system library libGL.so.1 is missing",
            "sudo apt-get install -y libgl1",
        ),
        (
            ModuleNotFoundError("No module named 'mediapipe'", name="mediapipe"),
            "the Python package is missing: mediapipe",
            "Install formcheck again",
        ),
    ],
)
def test_a_library_that_is_missing(error, what, hint, capsys, monkeypatch):
    class Broken:
        def find_spec(self, name, path=None, target=None):
            if name == "formcheck.cli.app":
                raise error

    monkeypatch.delitem(sys.modules, "formcheck.cli.app", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    assert run(["measures"]) == 3
    told = one_error(capsys)
    assert told[0] == "LIBRARY_MISSING"
    assert what in told[1]
    assert hint in told[2]


def result(folder, **changes):
    folder.mkdir(parents=True)
    write_analysis(analysis(**changes), folder / "analysis.json")
    return folder


def test_a_damaged_result_and_results_of_two_tests(tmp_path, capsys):
    a = result(tmp_path / "a")
    other = analysis().protocol.model_copy(update={"id": "single_leg_squat"})
    b = result(tmp_path / "b", protocol=other)
    assert run(["compare", str(a), str(b), "--out", str(tmp_path / "out")]) == 3
    assert one_error(capsys)[0] == "RESULTS_NOT_COMPARABLE"
    (b / "analysis.json").write_text((b / "analysis.json").read_text()[:200])
    assert run(["compare", str(a), str(b), "--out", str(tmp_path / "out")]) == 3
    assert one_error(capsys)[0] == "RESULT_UNREADABLE"


def test_answers_that_are_none(tmp_path, capsys):
    path = tmp_path / "answers.json"
    path.write_text("[]")
    assert run(["readiness", "--answers", str(path)]) == 3
    assert one_error(capsys)[0] == "SETTING_INVALID"


def test_the_list_is_closed_and_every_code_has_somebody_who_raises_it():
    source = " ".join(
        p.read_text(encoding="utf-8")
        for p in (ROOT / "formcheck").rglob("*.py")
        if p.name != "errors.py"
    )
    assert [code for code in CODES if f'"{code}"' not in source] == []


@pytest.mark.parametrize("code", list(CODES))
def test_any_error_ends_a_command_with_one_line_and_one_object(code, tmp_path, capsys, monkeypatch):
    def fail(*a, **k):
        raise FormcheckError(code, "something is not as it should be")

    monkeypatch.setattr("formcheck.cli.analyze.analyze_file", fail)
    assert analyse(tmp_path / "a.mp4", tmp_path / "out", "--json") == 3
    captured = capsys.readouterr()
    assert captured.err.strip().splitlines()[-1].startswith(f"error[{code}]: something")
    told = json.loads(captured.out)["error"]
    assert told == {"code": code, "what": "something is not as it should be", "hint": CODES[code]}
    assert CODES[code].endswith(".")

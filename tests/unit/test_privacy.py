"""An analysis on the command line asks nobody for anything (the app: see the browser tests)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.resources import samples_dir

ROOT = Path(__file__).resolve().parents[2]
# read by every Python that starts, the worker processes included
GUARD = """
import os, socket

def _refused(self, address):
    if self.family == getattr(socket, "AF_UNIX", None):
        return _connect(self, address)
    with open(os.environ["FORMCHECK_TEST_CALLS"], "a") as log:
        log.write(repr(address) + "\\n")
    raise OSError("no network in this test")

_connect = socket.socket.connect
socket.socket.connect = _refused
socket.socket.connect_ex = _refused
"""


def guarded(tmp_path):
    """Return an environment in which every call is noted and refused, and the note's file."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    calls = tmp_path / "calls"
    paths = os.pathsep.join((str(tmp_path / "guard"), str(ROOT)))
    return os.environ | {"PYTHONPATH": paths, "FORMCHECK_TEST_CALLS": str(calls)}, calls


@pytest.mark.slow
def test_an_analysis_calls_nobody(tmp_path):
    sample = samples_dir() / "squat_left.mp4"
    if not sample.exists():
        pytest.skip("the bundled sample clips are not here")
    env, calls = guarded(tmp_path)
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "formcheck", "analyze", str(sample), "--out", str(out),
         "--model", "lite", "--workers", "2", "--video", "none", "--no-frames"],
        env=env, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (out / "squat_left" / "analysis.json").exists()
    assert not calls.exists(), calls.read_text()


def test_the_guard_sees_a_call(tmp_path):
    """The test above could not fail if the guard saw nothing."""
    env, calls = guarded(tmp_path)
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
    assert done.returncode != 0
    assert "192.0.2.1" in calls.read_text()

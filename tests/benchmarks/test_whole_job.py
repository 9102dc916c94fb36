"""The whole job against the naive loop, and where its time goes. Run with ``-m bench -s``."""

import subprocess
import sys
import time

import pytest

from tests.benchmarks.test_pass_speed import NAIVE, ROOT, timed

pytestmark = pytest.mark.bench
TARGET = 1.5

OURS = """
import sys, time
from pathlib import Path
from formcheck.pipeline import analyze_file
from formcheck.settings import AnalyzeOptions
began, stage, shares = time.perf_counter(), "start", {}
last = began
def told(name, done, total):
    global last, stage
    now = time.perf_counter()
    shares[stage] = shares.get(stage, 0.0) + now - last
    last, stage = now, name
if __name__ == "__main__":
    analyze_file(Path(sys.argv[1]), Path(sys.argv[2]), AnalyzeOptions(), on_progress=told)
    told("end", 1, 1)
    total = time.perf_counter() - began
    for name, seconds in shares.items():
        print(f"{name}: {seconds:.1f} s, {100 * seconds / total:.0f} %")
"""


@pytest.mark.xfail(reason="0.87 x and 0.76 x when last measured, on 2 idle cores")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ["treadmill_side_left", "treadmill_rear"])
def test_the_whole_job_beats_the_naive_loop(name, tmp_path):
    clip = ROOT / "sample_videos" / f"{name}.mp4"
    script = tmp_path / "ours.py"
    script.write_text(OURS)
    model = str(ROOT / "models" / "pose_landmarker_full.task")
    naive_s, _ = timed(NAIVE, str(clip), model, str(tmp_path / "naive.mp4"))
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(script), str(clip), str(tmp_path / "out")],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    ours_s = time.perf_counter() - start
    sys.stderr.write(f"\n{name}: naive {naive_s:.1f} s, whole job {ours_s:.1f} s, ")
    sys.stderr.write(f"{naive_s / ours_s:.2f} x\n{done.stdout}")
    assert naive_s / ours_s >= TARGET

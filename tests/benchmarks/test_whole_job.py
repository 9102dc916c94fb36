"""The whole job against the naive loop, and where its time goes. Run with ``-m bench -s``."""

import subprocess
import sys

import av
import pytest

from tests.benchmarks.test_pass_speed import NAIVE, ROOT, timed

pytestmark = pytest.mark.bench
TARGET = 1.5
AFTER_THE_PIXELS_PCT = 5.0

SHARES = """
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
        print(f"{name}\t{seconds:.2f}\t{100 * seconds / total:.1f}")
"""


def repeated(source, path, n):
    """Write a clip that shows another one `n` times, its packets copied."""
    with av.open(str(path), "w") as out:
        offset, stream = 0, None
        for _ in range(n):
            with av.open(str(source)) as clip:
                video = clip.streams.video[0]
                stream = out.add_stream_from_template(video) if stream is None else stream
                for packet in clip.demux(video):
                    if packet.dts is None:
                        continue
                    packet.pts, packet.dts = packet.pts + offset, packet.dts + offset
                    packet.stream = stream
                    out.mux(packet)
                offset += video.duration


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("name", "n_times"),
    [
        ("treadmill_side_left", 4),
        ("treadmill_side_left", 2),
        ("treadmill_side_left", 1),
        ("treadmill_rear", 4),
        ("treadmill_rear", 2),
        ("treadmill_rear", 1),
    ],
)
def test_the_whole_job_beats_the_naive_loop(name, n_times, tmp_path):
    clip = tmp_path / f"{name}.mp4"
    repeated(ROOT / "sample_videos" / clip.name, clip, n_times)
    model = str(ROOT / "models" / "pose_landmarker_full.task")
    naive_s, _ = timed("-c", NAIVE, str(clip), model, str(tmp_path / "naive.mp4"))
    ours_s, cpu_s = timed("-m", "formcheck", "analyze", str(clip), "--out", str(tmp_path / "out"))
    sys.stderr.write(f"\n{name} {n_times} x: naive {naive_s:.1f} s, whole job {ours_s:.1f} s ")
    sys.stderr.write(f"({cpu_s:.1f} s CPU): {naive_s / ours_s:.2f} x\n")
    assert naive_s / ours_s >= TARGET


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ["treadmill_side_left", "treadmill_rear"])
def test_what_follows_the_pixels_is_a_small_part(name, tmp_path):
    script = tmp_path / "shares.py"
    script.write_text(SHARES)
    clip = ROOT / "sample_videos" / f"{name}.mp4"
    told = subprocess.run(
        [sys.executable, str(script), str(clip), str(tmp_path / "out")],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    ).stdout
    rows = [line.split("\t") for line in told.splitlines()]
    sys.stderr.write(f"\n{name}\n" + "".join(f"{n:>14}: {s} s, {p} %\n" for n, s, p in rows))
    share = {n: float(p) for n, _, p in rows}
    assert share["Finding steps"] + share["Measuring"] < AFTER_THE_PIXELS_PCT

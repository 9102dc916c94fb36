"""How fast the pass is against the loop that most programs write. Run with ``-m bench -s``."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from formcheck.workers import usable_cores

pytestmark = pytest.mark.bench
ROOT = Path(__file__).parents[2]
CLIP = ROOT / "sample_videos" / "treadmill_side_left.mp4"

NAIVE = """
import sys, cv2, mediapipe as mp
from mediapipe.tasks.python import vision
from mediapipe.tasks.python.core.base_options import BaseOptions
clip, model, out = sys.argv[1:4]
options = vision.PoseLandmarkerOptions(base_options=BaseOptions(model_asset_path=model),
                                       running_mode=vision.RunningMode.VIDEO)
capture, writer, n = cv2.VideoCapture(clip), None, 0
with vision.PoseLandmarker.create_from_options(options) as landmarker:
    while True:
        ok, frame = capture.read()
        if not ok:
            break
        rgb = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
        rgb = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
        found = landmarker.detect_for_video(rgb, int(n * 1000 / 60))
        if found.pose_landmarks:
            vision.drawing_utils.draw_landmarks(frame, found.pose_landmarks[0],
                                                vision.PoseLandmarksConnections.POSE_LANDMARKS)
        if writer is None:
            size = frame.shape[1], frame.shape[0]
            writer = cv2.VideoWriter(out, cv2.VideoWriter_fourcc(*"mp4v"), 60, size)
        writer.write(frame)
        n += 1
writer.release()
"""

OURS = """
import sys
from pathlib import Path
from formcheck.pixels import run_pass
from formcheck.pose import MediaPipeBackend
from formcheck.video import open_clip
run_pass(open_clip(Path(sys.argv[1])), MediaPipeBackend())
"""


def timed(*args):
    """Return wall and CPU seconds of a Python program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run([sys.executable, *args], check=True, capture_output=True, cwd=ROOT)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.timeout(600)
def test_the_pass_beats_the_naive_loop(tmp_path):
    if not CLIP.is_file():
        pytest.skip("the sample clips are not here")
    model = str(ROOT / "models" / "pose_landmarker_full.task")
    naive = timed("-c", NAIVE, str(CLIP), model, str(tmp_path / "naive.mp4"))
    ours = timed("-c", OURS, str(CLIP))
    sys.stderr.write(
        f"\nnaive {naive[0]:.1f} s wall {naive[1]:.1f} s CPU; pass {ours[0]:.1f} s wall "
        f"{ours[1]:.1f} s CPU on {usable_cores()} cores: {naive[0] / ours[0]:.2f} x\n"
    )
    if usable_cores() > 1:
        assert ours[0] < naive[0]


MODEL_ALONE = """
import sys, time, cv2
from pathlib import Path
from formcheck.pose.bundles import load_bundle
from formcheck.pose.mediapipe_tasks import _Bundle, prepare
from formcheck.pose.slim import without_mask
from formcheck.settings.pose import TrackSettings
from formcheck.video import open_clip, read_frames
cv2.setNumThreads(1)
prepare()
pictures = [image for _, image in read_frames(open_clip(Path(sys.argv[1])), 0, 120)]
shipped = load_bundle(sys.argv[2])[0]
for _ in range(2):
    for data in (shipped, without_mask(shipped)):
        follower = _Bundle(data, TrackSettings()).follower()
        follower.follow(pictures[0])
        began = time.process_time()
        for picture in pictures:
            follower.follow(picture)
        print(1000 * (time.process_time() - began) / len(pictures))
        follower.close()
"""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("model", ["full", "lite", "heavy"])
def test_a_net_without_its_mask_is_quicker(model):
    told = subprocess.run(
        [sys.executable, "-c", MODEL_ALONE, str(CLIP), model],
        check=True,
        capture_output=True,
        cwd=ROOT,
        text=True,
    ).stdout
    whole_ms, slim_ms = (min(map(float, told.split()[k::2])) for k in (0, 1))
    sys.stderr.write(f"\n{model}: {whole_ms:.1f} ms a picture, {slim_ms:.1f} without the mask\n")
    assert slim_ms < whole_ms

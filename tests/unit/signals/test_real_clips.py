"""Scene and legs on people: real clips where they are at hand, and the rendered samples."""

import json
from pathlib import Path

import numpy as np
import pytest

from formcheck.keypoints import INDEX
from formcheck.pixels import run_pass
from formcheck.pose import MediaPipeBackend
from formcheck.pose.persons import choose_runner
from formcheck.settings.options import AnalyzeOptions
from formcheck.signals.prepare import prepare
from formcheck.signals.scene import detect_scene
from formcheck.video import open_clip

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
CLIPS, SAMPLES = ROOT.parent / "shared" / "clips", ROOT / "sample_videos"

SCENES = {
    "run_treadmill_side_left_zz": ("side", "left", "treadmill"),
    "run_treadmill_side_right_slowmo": ("side", "right", "treadmill"),
    "run_corridor_rear_jc": ("rear", "away", "overground"),
    "jog_inplace_front_lsc": ("front", "toward", "treadmill"),
    "sls_front_left_tx2": ("front", "toward", "static"),
    "hop_singleleg_right_cam1_va": ("front", "toward", "static"),
    "walk_side_room_wp": ("side", "right", "overground"),
    "neg_squat_twolegs_5fps_tfjs": ("front", "toward", "static"),
}


def analysed(path):
    clip = open_clip(path)
    done = run_pass(clip, MediaPipeBackend())
    runner = choose_runner(done.seen, clip)
    prepared = prepare(runner.raw)
    return runner, prepared, detect_scene(clip, prepared, done.edges_px, AnalyzeOptions())


@pytest.mark.parametrize("name", SCENES)
def test_scene_of_a_real_clip(name):
    path = CLIPS / f"{name}.mp4"
    if not path.is_file():
        pytest.skip("the real clips (../shared/clips) are not here")
    runner, prepared, scene = analysed(path)
    assert (scene.view.value, scene.facing, scene.surface) == SCENES[name]
    assert scene.ambiguous == ()
    assert runner.detection_rate > 0.75
    if scene.view.value != "side":
        assert prepared.log.swaps_repaired == 0
    if "treadmill_side_left" in name:
        assert scene.near_side == "left"
        near = prepared.raw.joint("left", "ankle")
        # the far foot on the near one shows as a jump of a third of a leg and back
        jump = np.linalg.norm(np.diff(near, axis=0), axis=1)
        assert (jump > 140).sum() <= 2


def wrong_leg_frames(xy_px, truth, height_px):
    """Frames whose feet are nearer to each other's true place, by label (both at once)."""
    sides = ("left", "right")
    true = np.array([[f["px"][f"ankle_{s[0].upper()}"] for s in sides] for f in truth["frames"]])
    seen = xy_px[:, [INDEX[f"{s}_ankle"] for s in sides]]
    n = min(len(true), len(seen))
    true, seen = true[:n], seen[:n]
    apart = np.linalg.norm(true[:, 0] - true[:, 1], axis=1) > 0.08 * height_px
    right = np.linalg.norm(seen - true, axis=2)
    wrong = np.linalg.norm(seen - true[:, ::-1], axis=2)
    with np.errstate(invalid="ignore"):
        return int(((wrong < right).all(axis=1) & apart).sum()), n


@pytest.mark.parametrize("name", ["treadmill_side_left", "treadmill_side_right"])
def test_exchanged_legs_of_a_rendered_runner_are_put_right(name):
    path = SAMPLES / f"{name}.mp4"
    if not path.is_file():
        pytest.skip("the sample clips are not here")
    truth = json.loads((SAMPLES / f"{name}.truth.json").read_text())
    runner, prepared, scene = analysed(path)
    before, n = wrong_leg_frames(runner.raw.xy_px, truth, truth["height_px"])
    after, _ = wrong_leg_frames(prepared.raw.xy_px, truth, truth["height_px"])
    assert before > 0.03 * n  # else this clip tests nothing any more
    assert after < 0.25 * before
    assert scene.near_side == truth["facing"]
    assert abs(scene.roll_deg) < 2 * scene.roll_sd_deg

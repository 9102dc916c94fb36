import numpy as np
import pytest

from formcheck.keypoints import View
from formcheck.settings.options import AnalyzeOptions
from formcheck.signals.prepare import prepare
from formcheck.signals.scene import detect_scene
from tests.synthetic import clip_of, running_pose, standing_pose

NO_EDGES = np.empty((0, 5))


def scene_of(pose, **options):
    return detect_scene(clip_of(pose), prepare(pose), NO_EDGES, AnalyzeOptions(**options))


@pytest.mark.parametrize("facing", ["left", "right"])
def test_a_treadmill_run_from_the_side(facing):
    pose, _ = running_pose(facing=facing, noise_px=2, fps=30, duration_s=4)
    scene = scene_of(pose)
    assert (scene.view, scene.facing, scene.surface) == (View.SIDE, facing, "treadmill")
    assert scene.near_side == facing
    assert scene.ambiguous == ()
    assert scene.m_per_px is None
    assert scene.roll_sd_deg == pytest.approx(1.5)


def test_what_the_user_says_wins_and_is_not_ambiguous():
    pose, _ = running_pose(facing="right", fps=30, duration_s=3)
    scene = scene_of(pose, view="side", facing="left", surface="overground", roll_deg=2.0)
    assert (scene.facing, scene.surface, scene.roll_deg) == ("left", "overground", 2.0)
    assert scene.near_side == "left"
    assert scene.ambiguous == ()
    rear = scene_of(pose, view="rear")
    assert (rear.view, rear.facing, rear.near_side) == (View.REAR, "away", None)


def test_height_gives_a_scale():
    standing, _ = standing_pose(px_per_m=400)
    scene = scene_of(standing, height_cm=165)
    assert scene.m_per_px == pytest.approx(1 / 400, rel=0.06)
    assert scene.m_per_px_sd == pytest.approx(0.03 * scene.m_per_px)


def test_somebody_who_runs_away_has_no_single_scale():
    pose, _ = running_pose(view="rear", fps=30, duration_s=4)
    scale = np.exp(-pose.time_s / 4)[:, None, None]
    receding = pose.with_("receding", xy_px=540 + (pose.xy_px - 540) * scale)
    scene = scene_of(receding, height_cm=165)
    assert scene.surface == "overground"
    assert scene.m_per_px is None

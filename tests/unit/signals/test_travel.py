import numpy as np
import pytest

from formcheck.keypoints import View
from formcheck.settings.signals import SceneSettings
from formcheck.signals.travel import Travel, judge_surface, travel_of
from tests.synthetic import hop_pose, running_pose, squat_pose, standing_pose, walking_pose

SETTINGS = SceneSettings()


def surface_of(pose, view):
    return judge_surface(travel_of(pose, View(view), SETTINGS), SETTINGS)


@pytest.mark.parametrize("view", ["side", "rear", "front"])
def test_a_runner_who_stays_in_place_is_on_a_treadmill(view):
    pose, _ = running_pose(view=view, noise_px=3, fps=30, duration_s=5)
    assert surface_of(pose, view) == ("treadmill", False)


@pytest.mark.parametrize("build", [running_pose, walking_pose])
def test_somebody_who_crosses_the_picture_is_overground(build):
    pose, _ = build(view="side", overground=True, noise_px=3, fps=30, duration_s=3)
    assert surface_of(pose, "side") == ("overground", False)


@pytest.mark.parametrize("speed", [-1.0, 1.0])
def test_somebody_who_grows_or_shrinks_is_overground(speed):
    pose, _ = running_pose(view="rear", fps=30, duration_s=4)
    scale = np.exp(speed * pose.time_s / 4)[:, None, None]
    moved = pose.with_("receding", xy_px=540 + (pose.xy_px - 540) * scale)
    assert surface_of(moved, "rear") == ("overground", False)


@pytest.mark.parametrize(
    ("build", "view"),
    [(squat_pose, "front"), (standing_pose, "front"), (standing_pose, "side"), (hop_pose, "front")],
)
def test_tests_on_the_spot_are_static(build, view):
    pose, _ = build(view=view, noise_px=2)
    assert surface_of(pose, view)[0] == "static"


def test_a_two_legged_squat_that_begins_low_has_not_grown():
    pose, _ = squat_pose(stance="both", view="front")
    late = pose.time_s > 1.6
    cut = pose.with_(
        "cut",
        time_s=pose.time_s[late],
        xy_px=pose.xy_px[late],
        confidence=pose.confidence[late],
        world_m=pose.world_m[late],
    )
    assert abs(travel_of(cut, View.FRONT, SETTINGS).growth) < 0.1


def test_a_treadmill_on_which_the_runner_drifts_far_is_doubtful():
    drifting = Travel(sideways=0.8, growth=0.0, is_gait=True)
    assert judge_surface(drifting, SETTINGS) == ("treadmill", True)


def test_a_few_frames_from_all_over_the_clip_are_enough():
    pose, _ = running_pose(view="side", fps=60, duration_s=8)
    few = np.linspace(0, pose.time_s.size - 1, 20).astype(int)
    sparse = pose.with_(
        "few",
        time_s=pose.time_s[few],
        xy_px=pose.xy_px[few],
        confidence=pose.confidence[few],
        world_m=pose.world_m[few],
    )
    assert surface_of(sparse, "side") == ("treadmill", False)


def test_nobody_seen_is_static_and_no_error():
    pose, _ = running_pose(fps=30, duration_s=1)
    nobody = pose.with_("nobody", xy_px=np.full_like(pose.xy_px, np.nan))
    assert surface_of(nobody, "side") == ("static", False)

"""Running, walking, standing, slow motion."""

import pytest

from formcheck.events import classify_activity
from tests.synthetic import (
    Camera,
    hop_pose,
    running_pose,
    squat_pose,
    standing_pose,
    walking_pose,
)

VIEWS = ("side", "rear", "front")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("cadence", [145, 170, 200])
def test_running_is_running(view, cadence):
    tc = 0.7 * 60 / cadence
    pose, truth = running_pose(
        view=view, cadence_spm=cadence, contact_time_s=(tc, tc), noise_px=2, fps=30
    )
    found = classify_activity(pose, truth.scene)
    assert found.kind == "running"
    assert found.cadence_spm == pytest.approx(cadence, rel=0.02)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("cadence", [95, 112, 125])
def test_walking_is_told_and_the_reason_names_it(view, cadence):
    pose, truth = walking_pose(view=view, cadence_spm=cadence, noise_px=2, fps=30)
    found = classify_activity(pose, truth.scene)
    assert found.kind == "walking"
    assert "walking" in found.reason


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("factor", [2, 4, 8])
def test_slow_motion_is_suspected_not_measured(view, factor):
    pose, truth = running_pose(view=view, duration_s=4, noise_px=1)
    slow = pose.with_("slowed", time_s=pose.time_s * factor)
    found = classify_activity(slow, truth.scene)
    assert found.kind == "slow_motion"
    assert f"{170 / factor:.0f} per minute" in found.reason or "per minute" in found.reason


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_no_gait_is_not_called_one(view):
    camera = Camera(view=view)
    for pose, truth in (squat_pose(camera=camera), hop_pose(camera=camera)):
        assert classify_activity(pose, truth.scene).kind == "other"
    pose, truth = standing_pose(camera=camera, noise_px=1)
    assert classify_activity(pose, truth.scene).kind == "still"

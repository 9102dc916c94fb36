import numpy as np
import pytest

from formcheck.keypoints import INDEX, index_of
from formcheck.settings.signals import LegSettings
from formcheck.signals.doubt import guessed_points
from tests.synthetic import running_pose

SETTINGS = LegSettings()
BELOW = ("ankle", "heel", "foot_index")


def with_visibility(pose, rows, side, value):
    seen = pose.confidence.copy()
    for joint in ("knee", *BELOW):
        seen[rows, index_of(side, joint)] = value
    return seen


def test_a_leg_laid_on_the_other_and_hardly_seen_is_dropped():
    pose, _ = running_pose(fps=30, duration_s=3, collapses=[(1.0, 1.1, "right")])
    rows = np.flatnonzero((pose.time_s >= 1.0) & (pose.time_s < 1.1))
    seen = with_visibility(pose, rows, "right", 0.3)
    drop, collapsed = guessed_points(pose.xy_px, seen, SETTINGS)
    assert np.array_equal(np.flatnonzero(collapsed), rows)
    assert drop[rows][:, [index_of("right", j) for j in ("knee", *BELOW)]].all()
    assert not drop[:, [index_of("left", j) for j in ("knee", *BELOW)]].any()
    assert drop.sum() == rows.size * 4


def test_well_seen_legs_are_kept_even_where_they_cross():
    pose, _ = running_pose(fps=60, duration_s=4, noise_px=3)
    drop, collapsed = guessed_points(pose.xy_px, pose.confidence, SETTINGS)
    assert not drop.any()
    assert not collapsed.any()


def test_fainter_than_usual_counts_for_a_leg_that_is_usually_plain():
    pose, _ = running_pose(fps=30, duration_s=2)
    seen = with_visibility(pose, [10], "left", 0.58)
    drop, _ = guessed_points(pose.xy_px, seen, SETTINGS)
    assert drop[10, INDEX["left_ankle"]]
    assert not drop[10, INDEX["left_knee"]]  # the knee is seen well enough


def test_a_leg_longer_than_a_leg_is_dropped():
    pose, _ = running_pose(fps=30, duration_s=2)
    xy = pose.xy_px.copy()
    xy[12, INDEX["right_knee"]] += (250.0, -30.0)
    drop, _ = guessed_points(xy, pose.confidence, SETTINGS)
    assert drop[12, INDEX["right_ankle"]]
    assert drop[12, INDEX["right_knee"]]
    assert not drop[13:].any()


@pytest.mark.parametrize("n", [0, 4])
def test_nobody_seen_is_no_error(n):
    drop, collapsed = guessed_points(np.full((n, 33, 2), np.nan), np.zeros((n, 33)), SETTINGS)
    assert drop.shape == (n, 33)
    assert not collapsed.any()

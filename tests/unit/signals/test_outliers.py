import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.settings.signals import OutlierSettings
from formcheck.signals.outliers import departures_px, outlying_points
from tests.synthetic import running_pose

SETTINGS = OutlierSettings()
BODY = 500.0


def flagged(time_s, xy):
    return outlying_points(time_s, xy, BODY, SETTINGS)


@pytest.mark.parametrize("fps", [30, 60, 120])
def test_a_clean_runner_keeps_every_peak(fps):
    pose, _ = running_pose(fps=fps, duration_s=4, px_per_m=BODY / 1.65)
    assert not flagged(pose.time_s, pose.xy_px).any()


RUN, _ = running_pose(fps=30, duration_s=3, noise_px=1, px_per_m=BODY / 1.65)


@settings(max_examples=30, deadline=None)
@given(frame=st.integers(5, 80), size=st.floats(100, 300), angle=st.floats(0, 6.28))
def test_one_wild_point_is_found_and_its_neighbours_are_kept(frame, size, angle):
    pose = RUN
    xy = pose.xy_px.copy()
    xy[frame, 27] += size * np.array([np.cos(angle), np.sin(angle)])
    out = flagged(pose.time_s, xy)
    assert out[frame, 27]
    assert out.sum() == 1


def test_two_wild_points_in_a_row_are_found():
    pose, _ = running_pose(fps=60, duration_s=3, noise_px=1, px_per_m=BODY / 1.65)
    xy = pose.xy_px.copy()
    xy[60:62, 25] += (90.0, 20.0)
    out = flagged(pose.time_s, xy)
    assert out[60:62, 25].all()
    assert out.sum() <= 4


def test_a_short_sharp_bend_of_the_knee_at_30_frames_a_second_is_no_outlier():
    t = np.arange(90) / 30
    y = 300 + 25 * np.exp(-0.5 * ((t % 0.7 - 0.35) / 0.045) ** 2)  # 110 ms wide, 5 % of the body
    xy = np.stack([np.full_like(y, 200.0), y], axis=-1)[:, None]
    assert not flagged(t, xy).any()


@given(
    coefficients=st.lists(st.floats(-50, 50), min_size=4, max_size=4),
    gaps=st.lists(st.floats(0.01, 0.1), min_size=12, max_size=12),
    m=st.sampled_from([1, 2]),
)
def test_a_cubic_departs_nowhere_whatever_the_frame_times(coefficients, gaps, m):
    t = np.cumsum(gaps)
    x = np.polyval(coefficients, t)
    off = departures_px(t, np.stack([x, -x], axis=-1)[:, None], m)
    assert np.nanmax(off) < 1e-6 * max(1.0, np.abs(x).max())


def test_impossible_speed_there_and_back_is_an_outlier():
    pose, _ = running_pose(fps=480, duration_s=0.5, px_per_m=BODY / 1.65)
    xy = pose.xy_px.copy()
    xy[100, 31] += (12.0, 0.0)  # below the floor in pixels, but 12 m/s there and back
    assert flagged(pose.time_s, xy)[100, 31]


def test_unseen_points_are_not_outliers():
    xy = np.full((20, 33, 2), np.nan)
    assert not flagged(np.arange(20) / 30, xy).any()

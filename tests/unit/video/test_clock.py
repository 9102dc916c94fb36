import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.settings.video import VideoSettings
from formcheck.video.clock import is_variable, settle, slow_motion_factor, usual_rate_hz

S = VideoSettings()


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=50), st.booleans())
def test_any_list_of_times_gives_a_clock_that_rises_from_zero(ticks, indexed):
    clock = settle([t / 90 for t in ticks], 30.0, indexed=indexed)
    assert clock.file_time_s[0] == 0
    assert (np.diff(clock.file_time_s) > 0).all()
    assert clock.seekable or clock.file_time_s.size == len(ticks)


def test_rising_times_stand_as_they_are():
    clock = settle([5.0, 5.1, 5.3], 30.0, indexed=True)
    assert clock.start_s == 5.0
    assert clock.seekable
    np.testing.assert_allclose(clock.file_time_s, [0, 0.1, 0.3])


def test_a_repeated_time_drops_the_later_picture():
    clock = settle([0.0, 0.1, 0.1, 0.2], 10.0, indexed=True)
    assert clock.seekable
    np.testing.assert_allclose(clock.file_time_s, [0, 0.1, 0.2])


def test_shuffled_times_are_sorted_and_no_longer_identify_pictures():
    clock = settle([1 / 30, 3 / 30, 2 / 30, 4 / 30], 30.0, indexed=False)
    assert not clock.seekable
    np.testing.assert_allclose(clock.file_time_s, np.arange(4) / 30)


@pytest.mark.parametrize(
    "times",
    [[None, None, None], [0.0, 0.0, 0.0], [0.0, 0.1, None], [8.0, 9.0, 0.0]],
    ids=["none", "all the same", "some missing", "clock restarts"],
)
def test_senseless_times_give_way_to_the_mean_rate(times):
    clock = settle(times, 25.0, indexed=True)
    np.testing.assert_allclose(clock.file_time_s, [0, 0.04, 0.08])


def test_rounding_to_the_file_clock_is_not_a_variable_rate():
    at_29_97_in_ms = np.round(np.arange(100) * 1001 / 30) / 1000
    at_240_in_ms = np.round(np.arange(100) * 1000 / 240) / 1000
    assert not is_variable(at_29_97_in_ms, 0.001, S)
    assert not is_variable(at_240_in_ms, 0.001, S)


def test_one_dropped_frame_is_a_variable_rate_and_leaves_the_usual_rate():
    times = np.delete(np.arange(60) / 60, 30)
    assert is_variable(times, 1 / 90_000, S)
    assert usual_rate_hz(times) == pytest.approx(60)


@pytest.mark.parametrize(
    ("file_hz", "given_hz", "tagged_hz", "factor"),
    [
        (30, None, None, 1),
        (30, 240, None, 8),
        (30, None, 240, 8),
        (30, 120, 240, 4),
        (239.8, 240, None, 1),
        (24, None, 30, 1),
        (24, 30, None, 1.25),
        (30, None, 1, 1 / 30),
        (0, 240, None, 1),
    ],
)
def test_slow_motion_factor(file_hz, given_hz, tagged_hz, factor):
    assert slow_motion_factor(file_hz, given_hz, tagged_hz, S) == pytest.approx(factor)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.keypoints import N_KEYPOINTS
from formcheck.settings.signals import FilterSettings
from formcheck.signals.filters import cutoff_hz, landmarks_by_cutoff, low_pass, runs

SETTINGS = FilterSettings()


@given(rate=st.sampled_from([30.0, 60.0, 120.0, 240.0]), cutoff=st.floats(3, 12))
def test_a_pulse_keeps_its_centre(rate, cutoff):
    t = np.arange(round(4 * rate)) / rate
    centre = 2.0 + 0.3 / rate
    pulse = np.exp(-0.5 * ((t - centre) / 0.06) ** 2)
    out = low_pass(pulse, rate, cutoff, SETTINGS)
    assert (out * t).sum() / out.sum() == pytest.approx(centre, abs=2e-4)


@pytest.mark.parametrize("cutoff", [4.0, 6.0, 10.0])
def test_half_the_power_passes_at_the_cutoff_and_nothing_is_delayed(cutoff):
    rate = 240.0
    t = np.arange(2400) / rate
    wave = np.sin(2 * np.pi * cutoff * t)
    out = low_pass(wave, rate, cutoff, SETTINGS)[600:-600]
    t = t[600:-600]
    in_phase = 2 * (out * np.sin(2 * np.pi * cutoff * t)).mean()
    across = 2 * (out * np.cos(2 * np.pi * cutoff * t)).mean()
    assert in_phase == pytest.approx(0.5**0.5, abs=0.01)
    assert across == pytest.approx(0, abs=0.005)


@given(st.floats(-1e4, 1e4), st.floats(-100, 100))
def test_a_straight_line_passes_unchanged(offset, slope):
    t = np.arange(90) / 30
    line = offset + slope * t
    out = low_pass(line, 30, 6, SETTINGS)
    assert out == pytest.approx(line, abs=1e-3 * max(1, abs(slope)) + 1e-6 * abs(offset))


def test_runs_between_gaps_are_filtered_apart_and_gaps_stay():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((120, 2))
    x[50:55, 0] = np.nan
    out = low_pass(x, 30, 5, SETTINGS)
    alone = low_pass(x[:50], 30, 5, SETTINGS)
    assert out[:50] == pytest.approx(alone)
    assert np.isnan(out[50:55, 0]).all()
    assert np.isfinite(out[55:]).all()


def test_short_runs_come_back_as_they_were():
    x = np.full(20, np.nan)
    x[5:9] = [1.0, 5.0, 2.0, 7.0]
    assert low_pass(x, 30, 5, SETTINGS)[5:9] == pytest.approx(x[5:9])


def test_a_cutoff_above_half_the_rate_filters_nothing():
    x = np.random.default_rng(1).standard_normal(50)
    assert low_pass(x, 10, 9, SETTINGS) == pytest.approx(x)


@given(rate=st.floats(5, 500))
def test_every_landmark_has_a_cutoff_below_half_the_rate(rate):
    groups = landmarks_by_cutoff(rate, SETTINGS)
    assert sorted(i for rows in groups.values() for i in rows) == list(range(N_KEYPOINTS))
    assert max(groups) < 0.5 * rate


def test_feet_are_smoothed_less_than_the_trunk():
    trunk, leg, foot = (
        cutoff_hz(name, 60, SETTINGS) for name in ("left_hip", "right_knee", "left_foot_index")
    )
    assert trunk < leg < foot


@given(st.lists(st.booleans(), max_size=40))
def test_runs_cover_exactly_what_is_present(present):
    present = np.array(present, dtype=bool)
    covered = np.zeros(present.size, bool)
    for a, b in runs(present):
        assert b > a
        covered[a:b] = True
    assert np.array_equal(covered, present)

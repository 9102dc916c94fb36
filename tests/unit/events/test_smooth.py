"""Local polynomial smoothing on true times."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.events.smooth import fill, local_fit, runs, trend


@settings(max_examples=10, deadline=None)
@given(a=st.floats(-5, 5), b=st.floats(-5, 5), c=st.floats(-5, 5), seed=st.integers(0, 99))
def test_a_parabola_comes_back_with_its_slope_from_uneven_and_gappy_samples(a, b, c, seed):
    rng = np.random.default_rng(seed)
    t = np.arange(60) / 60 + rng.uniform(0, 0.01, 60)
    y = a + b * t + c * t**2
    y[rng.random(60) < 0.2] = np.nan
    at = np.linspace(0.2, 0.8, 7)
    value, slope = local_fit(t, y, at, 0.1)
    assert value == pytest.approx(a + b * at + c * at**2, abs=1e-5)
    assert slope == pytest.approx(b + 2 * c * at, abs=1e-3)


def test_a_pulse_keeps_its_centre():
    t = np.arange(200) / 60
    y = np.exp(-0.5 * ((t - 1.613) / 0.08) ** 2)
    grid = np.arange(1, 2.2, 0.001)
    value, _ = local_fit(t, y, grid, 0.04)
    assert grid[np.argmax(value)] == pytest.approx(1.613, abs=0.002)


def test_nothing_is_invented_far_from_what_was_seen():
    t = np.arange(60) / 30
    y = np.where((t > 0.5) & (t < 1.5), np.nan, t)
    value, _ = local_fit(t, y, np.array([0.3, 1.0]), 0.05)
    assert value[0] == pytest.approx(0.3, abs=1e-6)
    assert np.isnan(value[1])


def test_fill_bridges_and_gives_zeros_where_nothing_was_seen():
    t = np.arange(5.0)
    assert fill(t, np.array([0, np.nan, 2, np.nan, 4.0])) == pytest.approx(t)
    assert fill(t, np.full(5, np.nan)) == pytest.approx(np.zeros(5))


def test_trend_removes_a_drift_and_leaves_the_steps():
    t = np.arange(600) / 60
    steps = np.sin(2 * np.pi * 2.8 * t)
    assert trend(t, 3 * t + steps, 0.5)[60:-60] == pytest.approx(3 * t[60:-60], abs=0.05)


def test_runs_are_half_open():
    assert runs(np.array([True, False, True, True])) == [(0, 1), (2, 4)]
    assert runs(np.zeros(3, dtype=bool)) == []

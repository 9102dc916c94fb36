import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.signals.gaps import resampled, uniform_grid


def test_a_constant_rate_keeps_its_own_times():
    t = np.arange(120) / 29.97
    assert uniform_grid(t, 250) == pytest.approx(t, abs=1e-9)


def test_one_dropped_frame_does_not_change_the_step():
    t = np.delete(np.arange(60) / 30, 20)
    grid = uniform_grid(t, 250)
    assert grid == pytest.approx(np.arange(60) / 30, abs=1e-9)


def test_a_very_fast_clip_is_thinned_to_the_highest_rate():
    grid = uniform_grid(np.arange(960) / 960, 240)
    assert np.diff(grid) == pytest.approx(1 / 240, rel=0.01)


@given(missing=st.integers(0, 6))
def test_gaps_are_bridged_up_to_the_limit_and_not_beyond(missing):
    t = np.arange(40) / 60
    x = np.sin(t)[:, None].copy()
    x[15 : 15 + missing] = np.nan
    out = resampled(t, x, t, max_gap_s=0.05)
    assert np.isfinite(out).all() == (missing / 60 <= 0.05)
    assert np.isfinite(out[:15]).all()
    assert np.isfinite(out[15 + missing :]).all()


def test_bridging_never_overshoots_its_neighbours():
    t = np.arange(9.0)
    x = np.array([0, 0, 0, 0, np.nan, 5, 5, 5, 5])[:, None]
    out = resampled(t, x, t, max_gap_s=2.0)
    assert 0 <= out[4, 0] <= 5


def test_nothing_is_invented_before_the_first_and_after_the_last_seen_sample():
    t = np.arange(10) / 30
    x = np.arange(10.0)[:, None].copy()
    x[:2] = x[8:] = np.nan
    out = resampled(t, x, t, max_gap_s=1.0)
    assert np.isnan(out[[0, 1, 8, 9]]).all()
    assert out[2:8, 0] == pytest.approx(np.arange(2, 8))


def test_variable_frame_times_are_put_on_the_grid_where_they_belong():
    rng = np.random.default_rng(0)
    t = np.cumsum(rng.uniform(0.02, 0.05, 200))
    grid = uniform_grid(t, 250)
    out = resampled(t, np.sin(2 * t)[:, None], grid, max_gap_s=0.1)
    assert out[5:-5, 0] == pytest.approx(np.sin(2 * grid[5:-5]), abs=2e-3)


@pytest.mark.parametrize("n_seen", [0, 1])
def test_one_sample_is_no_curve(n_seen):
    x = np.full((5, 2), np.nan)
    x[:n_seen] = 1.0
    assert np.isnan(resampled(np.arange(5.0), x, np.arange(5.0), 1.0)).all()

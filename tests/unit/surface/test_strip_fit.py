"""Rigid motion of strips, fitted robustly to points whose motion is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.strip_fit import fit_strips

SETTINGS = SurfaceSettings()


def fit_strip(x, motion, weight):
    return fit_strips(np.zeros(x.size, dtype=np.int64), x, motion, weight, SETTINGS).get(0)


@given(
    roll=st.floats(-4, 4),
    shift=st.floats(-5, 5),
    drop=st.floats(-5, 5),
    stretch=st.floats(-0.05, 0.05),
)
def test_fit_strip_finds_a_rigid_motion(roll, shift, drop, stretch):
    x = np.linspace(-0.3, 0.3, 15)
    motion = np.column_stack([shift / 100 + stretch * x, drop / 100 + np.radians(roll) * x])
    fit = fit_strip(x, motion, np.ones(15))
    assert fit is not None
    assert fit.roll_deg == pytest.approx(roll, abs=1e-6)
    assert fit.shift_pct == pytest.approx(shift, abs=1e-6)


def test_fit_strip_is_not_led_by_an_arm_that_passes():
    rng = np.random.default_rng(0)
    x = np.linspace(-0.3, 0.3, 40)
    motion = np.column_stack([np.full(40, 0.01), np.radians(2.0) * x])
    motion += rng.normal(0, 2e-4, motion.shape)
    motion[30:] = (0.2, -0.1)  # a quarter of the strip, at one end
    fit = fit_strip(x, motion, np.ones(40))
    assert fit is not None
    assert fit.roll_deg == pytest.approx(2.0, abs=0.25)
    assert fit.shift_pct == pytest.approx(1.0, abs=0.1)
    assert fit.n_points == pytest.approx(30, abs=2)


@pytest.mark.parametrize(
    ("x", "weight"),
    [
        (np.linspace(-0.3, 0.3, 4), 1.0),
        (np.linspace(-0.05, 0.05, 30), 1.0),
        (np.linspace(-0.3, 0.3, 30), 0.0),
    ],
)
def test_fit_strip_gives_nothing_with_too_little(x, weight):
    motion = np.zeros((x.size, 2))
    assert fit_strip(x, motion, np.full(x.size, weight)) is None


def test_strips_do_not_disturb_each_other():
    rng = np.random.default_rng(1)
    strip = np.repeat([0, 1, 4], (20, 12, 30))
    x = rng.uniform(-0.3, 0.3, strip.size)
    motion = rng.normal(0, 0.01, (strip.size, 2)) + 0.02 * strip[:, None]
    weight = rng.uniform(0, 1, strip.size)
    weight[3] = 0.0  # a point that was lost
    mixed = rng.permutation(strip.size)
    together = fit_strips(strip[mixed], x[mixed], motion[mixed], weight[mixed], SETTINGS)
    assert set(together) == {0, 1, 4}
    for name in (0, 1, 4):
        own = strip == name
        alone = fit_strips(strip[own], x[own], motion[own], weight[own], SETTINGS)[name]
        assert together[name].roll_deg == pytest.approx(alone.roll_deg, rel=1e-9)
        assert together[name].n_points == pytest.approx(alone.n_points, rel=1e-9)


def test_the_slope_is_the_weighted_least_squares_line_where_nothing_strays():
    x = np.linspace(-0.3, 0.3, 21)
    noise = 1e-6 * np.cos(37 * x)
    motion = np.column_stack([0.01 + noise, 0.03 * x - noise])
    fit = fit_strip(x, motion, np.ones(21))
    assert fit is not None
    assert fit.roll_deg == pytest.approx(np.degrees(np.polyfit(x, motion[:, 1], 1)[0]), abs=1e-3)

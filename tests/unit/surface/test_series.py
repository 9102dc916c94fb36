import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.data import Step
from formcheck.surface.series import (
    covered,
    integrate,
    low_pass,
    remove_stride_mean,
    stride_clock,
)


def steps(n=12, step_s=0.36, contact_s=0.25, first="left", missing=()):
    sides = ("left", "right") if first == "left" else ("right", "left")
    strike = step_s * np.arange(n + 2)
    kept = [i for i in range(n) if i not in missing]
    return tuple(
        Step(
            side=sides[i % 2],
            strike_s=strike[i],
            toe_off_s=strike[i] + contact_s,
            end_s=strike[i + 1],
            stride_end_s=strike[i + 2],
            strike_sd_s=0.0,
        )
        for i in kept
    )


def test_integrate_bridges_a_missing_step():
    np.testing.assert_allclose(integrate(np.array([np.nan, 1.0, np.nan, 2.0])), [0, 1, 1, 3])


@given(
    drift=st.floats(-20, 20),
    offset=st.floats(-100, 100),
    amplitude=st.floats(0, 10),
    harmonic=st.integers(1, 4),
)
def test_stride_mean_takes_out_drift_and_keeps_the_movement(drift, offset, amplitude, harmonic):
    t = np.arange(0, 6, 1 / 60)
    stride = 0.72
    wave = amplitude * np.cos(2 * np.pi * harmonic * t / stride + 0.4)
    out = remove_stride_mean(t, wave + drift * t + offset, stride)
    inside = np.isfinite(out)
    assert inside.sum() > 0.85 * t.size
    np.testing.assert_allclose(out[inside], wave[inside], atol=0.02 * amplitude + 1e-6)
    assert not inside[t < 0.5 * stride - 1e-6].any()


def test_stride_mean_with_irregular_frames():
    rng = np.random.default_rng(1)
    t = np.sort(rng.choice(np.arange(0, 6, 1 / 60), 300, replace=False))
    wave = 5 * np.cos(2 * np.pi * t / 0.7)
    out = remove_stride_mean(t, wave + 3 * t, 0.7)
    inside = np.isfinite(out)
    np.testing.assert_allclose(out[inside], wave[inside], atol=0.15)


def test_low_pass_has_no_lag_and_leaves_slow_clips_alone():
    t = np.arange(0, 4, 1 / 60)
    wave = np.sin(2 * np.pi * 1.4 * t)
    np.testing.assert_allclose(low_pass(t, wave, 8.0)[20:-20], wave[20:-20], atol=0.01)
    slow = np.arange(0, 4, 1 / 12)
    noise = np.random.default_rng(0).normal(size=slow.size)
    np.testing.assert_array_equal(low_pass(slow, noise, 8.0), noise)


def test_covered_bridges_short_gaps_only():
    t = np.arange(10) / 30
    step = np.ones(10)
    step[[2, 5, 6, 7, 8]] = np.nan
    # 0.04 s reach one neighbour at 30 frames/s
    assert covered(t, step, 0.04).tolist() == [1, 1, 1, 1, 1, 1, 0, 0, 1, 1]
    assert covered(t, np.full(10, np.nan), 0.04).sum() == 0


@pytest.mark.parametrize(("first", "phase"), [("left", 0.0), ("right", 0.5)])
def test_clock_is_whole_at_left_mid_stance(first, phase):
    clock = stride_clock(steps(first=first))
    assert clock is not None
    assert clock.stride_s == pytest.approx(0.72)
    mids = 0.125 + 0.36 * np.arange(12)
    np.testing.assert_allclose(clock.phase(mids), phase + 0.5 * np.arange(12), atol=1e-9)
    assert np.isnan(clock.phase(np.array([0.0, 50.0]))).all()


@pytest.mark.parametrize("missing", [(4,), (3, 4), (2, 3, 4)])
def test_clock_counts_over_missed_steps(missing):
    clock = stride_clock(steps(missing=missing))
    assert clock is not None
    assert clock.phase(np.array([0.125 + 0.36 * 9]))[0] == pytest.approx(4.5)


def test_no_clock_without_strides():
    assert stride_clock(steps(n=2)) is None
    assert stride_clock(()) is None

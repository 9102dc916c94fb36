from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.data import Step
from formcheck.registry import MEASURES
from tests.synthetic import running_pose, trial_of

POSE, TRUTH = running_pose(fps=60, duration_s=4)


def steps_of(step_s=0.35, contact_s=0.25, n=20, sd_s=0.004, start="left"):
    """An alternating chain of steps; the last has no end."""
    other = "right" if start == "left" else "left"
    out = []
    for i in range(n):
        t = 0.1 + i * step_s
        out.append(
            Step(
                side=start if i % 2 == 0 else other,
                strike_s=t,
                toe_off_s=t + contact_s,
                end_s=t + step_s if i < n - 1 else None,
                stride_end_s=t + 2 * step_s if i < n - 2 else None,
                strike_sd_s=sd_s,
                toe_off_sd_s=sd_s,
            )
        )
    return tuple(out)


def compute(measure_id, steps):
    return MEASURES[measure_id].compute(replace(trial_of(POSE, TRUTH), steps=steps))


@settings(max_examples=25, deadline=None)
@given(st.floats(0.28, 0.45))
def test_cadence_is_sixty_over_the_step_time(step_s):
    samples = compute("cadence", steps_of(step_s, contact_s=0.2))
    np.testing.assert_allclose(samples.values, 60 / step_s, rtol=1e-9)


@settings(max_examples=10, deadline=None)
@given(st.floats(1.2, 3.0))
def test_slower_time_lowers_cadence_in_proportion(factor):
    quick = compute("cadence", steps_of(0.3, contact_s=0.2)).values
    slow = compute("cadence", steps_of(0.3 * factor, contact_s=0.2)).values
    np.testing.assert_allclose(quick / slow, factor)


def test_cadence_leaves_out_strides_with_a_missed_contact():
    steps = list(steps_of(0.35, n=20))
    del steps[9]
    # the detector links what it found: the neighbours' steps become longer
    steps[8] = replace(steps[8], end_s=steps[9].strike_s)
    steps[7] = replace(steps[7], stride_end_s=steps[10].strike_s)
    samples = compute("cadence", tuple(steps))
    np.testing.assert_allclose(samples.values, 60 / 0.35, rtol=1e-9)


def test_cadence_of_a_whole_clip_hardly_feels_noisy_strikes_or_a_missed_one():
    rng = np.random.default_rng(4)
    errors = []
    for _ in range(200):
        t = 0.1 + 0.36 * np.arange(30) + rng.normal(0, 0.012, 30)
        t = np.delete(t, 11)
        sides = np.delete(np.tile(["left", "right"], 15), 11)
        steps = tuple(
            Step(
                side=str(s),
                strike_s=float(a),
                toe_off_s=None,
                end_s=float(b),
                stride_end_s=float(c),
                strike_sd_s=0.012,
            )
            for s, a, b, c in zip(sides, t, t[1:], t[2:], strict=False)
        )
        value, se = compute("cadence", steps).known_mean
        errors.append((value - 60 / 0.36) / se)
    # within one step per minute, and as sure as it says
    assert se < 0.5
    assert np.std(errors) == pytest.approx(1.0, abs=0.15)


def test_a_difference_between_the_feet_does_not_touch_cadence():
    steps = [
        replace(s, strike_s=s.strike_s + (0.02 if s.side == "left" else 0.0))
        for s in steps_of(0.36, n=15)
    ]
    value, _ = compute("cadence", tuple(steps)).known_mean
    assert value == pytest.approx(60 / 0.36)


def test_times_are_in_milliseconds_and_add_up_to_the_step():
    steps = steps_of(0.36, 0.25)
    contact = compute("contact_time", steps).values
    flight = compute("flight_time", steps).values
    np.testing.assert_allclose(contact, 250)
    np.testing.assert_allclose(flight, 110)
    np.testing.assert_allclose(compute("step_time", steps).values, 360)
    np.testing.assert_allclose(compute("duty_factor", steps).values, 100 * 0.25 / 0.72)


def test_contact_time_joins_the_errors_of_both_events():
    samples = compute("contact_time", steps_of(sd_s=0.003))
    np.testing.assert_allclose(samples.event_sd, 3 * np.sqrt(2))


def test_flight_is_negative_where_both_feet_are_down():
    np.testing.assert_allclose(compute("flight_time", steps_of(0.35, 0.40)).values, -50)


def test_a_step_without_toe_off_has_no_contact_time():
    steps = [replace(s, toe_off_s=None, toe_off_sd_s=None) for s in steps_of(n=10)]
    assert compute("contact_time", tuple(steps)).sides == ()
    assert len(compute("step_time", tuple(steps)).sides) == 9


def test_uneven_steps_show_in_step_time_by_the_foot_that_lands_first():
    out, t = [], 0.1
    for i in range(12):
        length = 0.33 if i % 2 == 0 else 0.37
        out.append(
            Step(
                side="left" if i % 2 == 0 else "right",
                strike_s=t,
                toe_off_s=t + 0.22,
                end_s=t + length,
                stride_end_s=t + 0.70,
                strike_sd_s=0.0,
            )
        )
        t += length
    samples = compute("step_time", tuple(out))
    left = samples.values[[s == "left" for s in samples.sides]]
    assert left == pytest.approx(330)


@pytest.mark.parametrize(
    ("measure_id", "view"),
    [("contact_time", "side"), ("flight_time", "rear"), ("cadence", "front")],
)
def test_timing_reads_the_synthetic_runner(measure_id, view):
    pose, truth = running_pose(fps=60, duration_s=5, view=view, cadence_spm=170)
    samples = MEASURES[measure_id].compute(trial_of(pose, truth))
    expected = {
        "contact_time": 250.0,
        "flight_time": 60000 / 170 - 250,
        "cadence": 170.0,
    }[measure_id]
    assert np.mean(samples.values) == pytest.approx(expected, abs=0.5)

"""A drawn curve and the number beside it are one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.data import Samples
from formcheck.keypoints import SIDES
from formcheck.pipeline import analyze_clip
from formcheck.render.curves import cycle_curves
from formcheck.render.through import led_through, numbers_of, shifted, times_with
from formcheck.render.timeline import timeline_curves
from formcheck.resources import samples_dir
from formcheck.settings import AnalyzeOptions
from formcheck.surface.waveforms import Waveforms, pelvis_obliquity_waveform
from formcheck.uncertainty import MethodError, evaluate_trial
from formcheck.uncertainty.corrected import Corrected
from tests.synthetic import running_pose, squat_pose, trial_of
from tests.unit.surface.test_waveforms import trial as back_of

RUN = "treadmill_run"
REAR = back_of(protocol_id=RUN)
SIDE = trial_of(*running_pose(view="side", facing="right", duration_s=6.0), protocol_id=RUN)


def measured(trial, *ids):
    return {(m.id, m.side): m for m in evaluate_trial(trial, ids) if m.value is not None}


def numbers(times, values):
    n = len(times)
    samples = Samples(
        sides=("left",) * n, values=np.array(values, float), times_s=np.array(times, float)
    )
    return Corrected(
        samples=samples,
        method=MethodError(measure="x", sd=0, source="x"),
        values=samples.values,
        beyond=np.zeros(n, bool),
    )


def test_pelvic_drop_is_drawn_as_high_as_the_number_says():
    found = measured(REAR, "pelvic_drop")
    assert {side for _, side in found} == set(SIDES)
    curves = {c.side: c for c in cycle_curves(REAR) if c.key == "pelvic_drop"}
    plain = pelvis_obliquity_waveform(REAR)
    for side in SIDES:
        value = found["pelvic_drop", side].value
        assert np.max(curves[side].mean) == pytest.approx(value, abs=0.1)
        # and not where the clothes alone put it
        assert np.max(plain.mean_curve(side)) < value - 1.0


def test_pelvic_drop_under_the_player_passes_through_every_stance_s_number():
    found = measured(REAR, "pelvic_drop")
    (curve,) = timeline_curves(REAR)
    for line in curve["lines"]:
        m = found["pelvic_drop", line["side"]]
        here = [v for t, v in zip(m.times_s, m.per_step, strict=True) if _within(t, line)]
        assert max(line["y"]) == pytest.approx(here[0], abs=0.2)


def test_shoulders_turn_as_far_as_the_number_says():
    value = measured(REAR, "trunk_rotation")["trunk_rotation", "both"].value
    (curve,) = (c for c in cycle_curves(REAR) if c.label == "shoulders")
    assert np.ptp(curve.mean) == pytest.approx(value, rel=0.02)


def test_the_knee_passes_through_contact_and_peak():
    found = measured(SIDE, "knee_flexion_at_contact", "peak_knee_flexion_stance")
    assert len(found) == 2
    (curve,) = timeline_curves(SIDE)
    for m in found.values():
        for line in curve["lines"]:
            for t, v in zip(m.times_s, m.per_step, strict=True):
                if _within(t, line):
                    # times are written in ms, in which a landing knee bends 0.3 degrees
                    assert np.interp(t, line["t"], line["y"]) == pytest.approx(v, abs=0.3)
    (mean,) = (c for c in cycle_curves(SIDE) if c.key == "knee_flexion")
    stance = mean.percent <= 0.7 * mean.contact_end_pct
    at = found["knee_flexion_at_contact", "right"].value
    peak = found["peak_knee_flexion_stance", "right"].value
    assert mean.mean[0] == pytest.approx(at, abs=0.5)
    assert mean.mean[stance].max() == pytest.approx(peak, abs=0.5)


def test_the_knee_line_of_a_squat_passes_through_its_number():
    pose, truth = squat_pose(stance="left", reps=(60.0, 60.0, 60.0), fppa_deg=9.0)
    trial = trial_of(pose, truth, protocol_id="single_leg_squat")
    m = measured(trial, "squat_valgus")["squat_valgus", "left"]
    (curve,) = timeline_curves(trial)
    for line in curve["lines"]:
        for t, v in zip(m.times_s, m.per_step, strict=True):
            if _within(t, line):
                assert np.interp(t, line["t"], line["y"]) == pytest.approx(v, abs=0.1)


def test_a_stance_that_was_misread_is_not_drawn():
    waves = Waveforms(
        curves_deg=np.full((2, 41), 5.0),
        sides=("left", "left"),
        start_s=np.arange(2.0),
        end_s=np.arange(2.0) + 0.3,
    )
    made = shifted(waves, [numbers([0.1, 1.1], [5.0, np.nan])])
    assert np.isfinite(made.curves_deg[0]).all()
    assert np.isnan(made.curves_deg[1]).all()


def test_without_numbers_a_curve_stays_as_it_is():
    assert numbers_of(replace(SIDE, protocol_id=""), "knee_flexion") == ()
    t = np.linspace(0, 1, 5)
    assert led_through((), "left", np.sin)(t) == pytest.approx(np.sin(t))
    nothing = numbers([0.5], [np.nan])
    assert led_through([nothing], "left", np.sin)(t) == pytest.approx(np.sin(t))
    assert led_through([numbers([0.5], [3.0])], "right", np.sin)(t) == pytest.approx(np.sin(t))


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(-50, 50)), min_size=1, max_size=12))
def test_a_led_curve_passes_through_all_numbers_and_never_overshoots_them(points):
    points = list({round(t, 2): v for t, v in points}.items())
    told = numbers(*zip(*points, strict=True))
    led = led_through([told], "left", np.zeros_like)
    for t, v in points:
        assert led(np.array([t]))[0] == pytest.approx(v, abs=1e-6)
    drawn = led(np.linspace(-1, 11, 200))
    values = [v for _, v in points]
    assert drawn.min() >= min(values) - 1e-9
    assert drawn.max() <= max(values) + 1e-9


def test_the_times_of_the_numbers_are_drawn_too():
    t = times_with([numbers([0.15, 9.0], [1.0, 2.0])], "left", np.array([0.0, 0.1, 0.2]))
    assert t.tolist() == [0.0, 0.1, 0.15, 0.2]


@pytest.mark.slow
def test_drop_and_turn_of_a_bundled_clip_are_drawn_as_told():
    run = analyze_clip(samples_dir() / "treadmill_rear.mp4", AnalyzeOptions())
    curves = {(c.key, c.side): c for c in cycle_curves(run.trial)}
    for side in SIDES:
        m = run.analysis.find("pelvic_drop", side)
        assert np.max(curves["pelvic_drop", side].mean) == pytest.approx(m.value, abs=0.4)
    turn = run.analysis.find("trunk_rotation", "both")
    shoulders = next(c for c in cycle_curves(run.trial) if c.label == "shoulders")
    assert np.ptp(shoulders.mean) == pytest.approx(turn.value, rel=0.05)


def _within(t, line):
    return line["t"][0] <= t <= line["t"][-1]

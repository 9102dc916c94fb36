from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.data import Rep
from formcheck.fitted import load_fitted
from formcheck.keypoints import index_of
from formcheck.measures.landing_softness import softness_index
from formcheck.registry import MEASURES
from formcheck.settings import MeasureSettings
from tests.synthetic import hop_pose, running_pose, trial_of

SOFTNESS = MeasureSettings().softness
RUNNING = SOFTNESS.running
REFERENCE = {name: np.array([part.reference]) for name, part in RUNNING.items()}


def compute(trial):
    return MEASURES["landing_softness"].compute(trial)


def test_the_reference_runner_scores_fifty():
    assert softness_index(REFERENCE, RUNNING, SOFTNESS) == pytest.approx([50.0])


@given(st.sampled_from(sorted(RUNNING)), st.floats(0.1, 2.0))
def test_each_part_moves_the_index_the_way_its_weight_says(name, spreads):
    part = RUNNING[name]
    moved = REFERENCE | {name: REFERENCE[name] + spreads * part.spread}
    change = softness_index(moved, RUNNING, SOFTNESS)[0] - 50.0
    assert np.sign(change) == -np.sign(part.weight)


@given(st.floats(-50, 50))
def test_index_stays_between_zero_and_hundred(spreads):
    parts = {n: np.array([p.reference + spreads * p.spread]) for n, p in RUNNING.items()}
    assert 0.0 <= softness_index(parts, RUNNING, SOFTNESS)[0] <= 100.0


def test_one_reference_spread_of_everything_together_is_more_than_ten_points():
    hard = {n: np.array([p.reference + np.sign(p.weight) * p.spread]) for n, p in RUNNING.items()}
    assert 30.0 < softness_index(hard, RUNNING, SOFTNESS)[0] < 40.0


def test_unseen_posture_gives_no_index_but_one_unseen_part_does():
    timing = {n: v for n, v in REFERENCE.items() if "flight" in n or "touchdown" in n}
    assert np.isnan(softness_index(timing, RUNNING, SOFTNESS)).all()
    without_foot = {n: v for n, v in REFERENCE.items() if n != "foot_inclination_deg"}
    assert softness_index(without_foot, RUNNING, SOFTNESS) == pytest.approx([50.0])


def test_a_longer_contact_with_less_flight_is_softer():
    soft = trial_of(*running_pose(fps=120, duration_s=4, contact_time_s=(0.29, 0.29)))
    hard = trial_of(*running_pose(fps=120, duration_s=4, contact_time_s=(0.22, 0.22)))
    assert np.nanmean(compute(soft).values) > np.nanmean(compute(hard).values) + 10


def test_parts_are_those_of_the_runner():
    pose, truth = running_pose(fps=120, duration_s=4, cadence_spm=170)
    samples = compute(trial_of(pose, truth))
    parts = samples.components
    flight = 60 / 170 - 0.25
    assert np.nanmean(parts["contact_time_ms"]) == pytest.approx(250, abs=0.1)
    assert np.nanmean(parts["flight_time_ms"]) == pytest.approx(1000 * flight, abs=0.1)
    assert np.nanmean(parts["touchdown_speed_mps"]) == pytest.approx(9.80665 * flight / 2, rel=1e-3)
    mine = [s.side == "right" for s in truth.steps]
    peak = truth.values["peak_knee_flexion_stance_deg"][mine].mean()
    start = np.nanmean(parts["knee_flexion_at_contact_deg"])
    assert np.nanmean(parts["knee_bend_deg"]) == pytest.approx(peak - start, abs=1.0)
    own = MEASURES["knee_flexion_at_contact"].compute(trial_of(pose, truth)).values
    assert start == pytest.approx(np.nanmean(own), abs=0.3)
    assert set(samples.sides) == {"right"}


def test_no_part_is_a_force_or_a_loading_rate():
    names = {*RUNNING, *MeasureSettings().softness.landing, *MeasureSettings().softness.hop}
    assert not [n for n in names if "force" in n or "bw" in n or "load" in n]


def test_event_errors_move_the_index():
    pose, truth = running_pose(fps=60, duration_s=4)
    steps = tuple(
        type(s)(**{k: getattr(s, k) for k in s.__slots__} | {"strike_sd_s": 0.008})
        for s in truth.steps
    )
    samples = compute(trial_of(pose, truth, steps=steps))
    seen = np.isfinite(samples.values)
    assert (samples.event_sd[seen] > 2).all()


@pytest.mark.parametrize("side", ["left", "right"])
def test_hops_are_scored_by_give_and_touchdown_speed(side):
    low = hop_pose(side=side, view="side", facing=side, contact_time_s=0.36, n=5)
    stiff = hop_pose(side=side, view="side", facing=side, contact_time_s=0.20, n=5)
    soft, hard = (compute(trial_of(*p)) for p in (low, stiff))
    assert set(soft.sides) == {side}
    assert np.nanmean(soft.values) > np.nanmean(hard.values)
    assert np.nanmean(soft.components["hip_drop_pct_leg"]) > 0


@pytest.mark.parametrize("speed", [1.2, 2.4])
def test_touchdown_speed_is_that_of_the_fall_before_plus_the_usual_rise(speed):
    t = np.arange(0, 1.0, 1 / 60)
    lead = MeasureSettings().contact_lead_s
    fall = speed * (t - 0.5) + 0.5 * 9.80665 * (t - 0.5) ** 2
    down = np.where(t <= 0.5, fall, speed * (t - 0.5) * np.exp(-20 * (t - 0.5)))
    pose, truth = running_pose(fps=60, duration_s=1.0)
    n = pose.time_s.size
    xy = pose.xy_px.copy()
    for side in ("left", "right"):
        xy[:, index_of(side, "hip")] = np.column_stack([np.full(n, 300.0), 400 + down[:n] / 0.002])
    seen = pose.with_("falls", xy_px=xy, time_s=t[:n])
    reps = (Rep(side="right", start_s=0.5 + lead, deepest_s=0.6, end_s=0.9),)
    scene = replace(truth.scene, m_per_px=0.002, roll_deg=0.0)
    trial = trial_of(seen, replace(truth, scene=scene), steps=(), reps=reps)
    found = compute(trial).components["touchdown_speed_mps"]
    rise = load_fitted().corrections.landing_speed_rise.value
    assert found == pytest.approx([speed + rise], rel=0.01)

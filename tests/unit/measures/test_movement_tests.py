from dataclasses import replace

import numpy as np
import pytest

from formcheck.data import Rep
from formcheck.fitted import load_fitted
from formcheck.registry import MEASURES
from tests.synthetic import hop_pose, squat_pose, standing_pose, trial_of


def compute(measure_id, trial):
    return MEASURES[measure_id].compute(trial)


def as_the_model_sees(pose):
    """Turn the metric landmarks by what the model reads of somebody who stands square."""
    a = np.radians(load_fitted().corrections.front_yaw_zero.value)
    c, s = np.cos(a), np.sin(a)
    turn = np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]])
    return pose.with_("turned", world_m=pose.world_m @ turn.T)


@pytest.mark.parametrize("stance", ["left", "right"])
@pytest.mark.parametrize("fppa", [-6.0, 0.0, 12.0])
@pytest.mark.parametrize("roll", [0.0, 4.0])
def test_squat_valgus_is_positive_with_the_knee_toward_the_middle(stance, fppa, roll):
    pose, truth = squat_pose(stance=stance, fppa_deg=fppa, roll_deg=roll)
    samples = compute("squat_valgus", trial_of(as_the_model_sees(pose), truth))
    assert samples.sides == (stance,) * 3
    np.testing.assert_allclose(samples.values, truth.values["squat_valgus_deg"], atol=0.5)


@pytest.mark.parametrize("stance", ["left", "right"])
@pytest.mark.parametrize("yaw", [-8.0, 5.0])
def test_a_turned_body_shows_no_false_valgus(stance, yaw):
    pose, truth = squat_pose(stance=stance, fppa_deg=4.0, yaw_deg=yaw)
    samples = compute("squat_valgus", trial_of(as_the_model_sees(pose), truth))
    assert samples.components["turned_deg"] == pytest.approx([yaw] * 3, abs=0.5)
    assert np.abs(samples.components["in_picture_deg"] - 4.0).min() > abs(yaw)
    np.testing.assert_allclose(samples.values, truth.values["squat_valgus_deg"], atol=1.2)


@pytest.mark.parametrize("yaw", [-8.0, 5.0])
def test_the_knee_line_of_a_turned_body_is_that_of_a_square_one(yaw):
    square, truth = squat_pose(fppa_deg=4.0)
    turned, turned_truth = squat_pose(fppa_deg=4.0, yaw_deg=yaw)
    there, here = (
        compute("knee_line", trial_of(as_the_model_sees(p), t))
        for p, t in ((square, truth), (turned, turned_truth))
    )
    np.testing.assert_allclose(here.values, there.values, atol=1.2)
    assert here.clip_sd == 0.0


def test_a_turn_that_was_not_filmed_widens_the_interval():
    pose, truth = squat_pose()
    middle = [replace(r, start_s=-50.0, end_s=60.0) for r in truth.reps]
    samples = compute("squat_valgus", trial_of(pose, truth, reps=tuple(middle)))
    assert samples.clip_sd > 4.0
    np.testing.assert_allclose(samples.values, samples.components["in_picture_deg"])


def test_squat_valgus_tells_how_deep_each_repetition_was():
    pose, truth = squat_pose(reps=(40.0, 60.0, 75.0))
    samples = compute("squat_valgus", trial_of(pose, truth))
    depth = samples.components["knee_flexion_deg"]
    np.testing.assert_allclose(depth, truth.values["squat_depth_deg"], atol=1.0)


@pytest.mark.parametrize("view", ["front", "side"])
def test_squat_depth_is_read_in_both_views(view):
    pose, truth = squat_pose(view=view, facing="left", stance="left", reps=(50.0, 65.0))
    samples = compute("squat_depth", trial_of(pose, truth))
    np.testing.assert_allclose(samples.values, truth.values["squat_depth_deg"], atol=1.5)


def test_squat_on_both_legs_has_a_depth_of_side_both():
    pose, truth = squat_pose(stance="both", reps=(70.0, 70.0))
    samples = compute("squat_depth", trial_of(pose, truth))
    assert samples.sides == ("both", "both")
    np.testing.assert_allclose(samples.values, truth.values["squat_depth_deg"], atol=1.5)


def test_side_lean_in_the_squat_is_read_at_the_deepest_point():
    pose, truth = squat_pose(stance="right", trunk_side_lean_deg=6.0)
    samples = compute("trunk_side_lean", trial_of(pose, truth))
    assert samples.sides == ("right",) * 3
    assert samples.values == pytest.approx([6.0] * 3, abs=0.7)


def test_half_repetitions_do_not_count():
    pose, truth = squat_pose(reps=(60.0, 60.0, 60.0))
    reps = (replace(truth.reps[0], counted=False, reason="half"), *truth.reps[1:])
    trial = trial_of(pose, truth, reps=reps)
    assert compute("rep_count", trial).values.tolist() == [2.0]
    assert len(compute("squat_valgus", trial).values) == 2


def test_rep_time_is_start_to_end():
    pose, truth = squat_pose(rep_time_s=3.0, pause_s=0.5)
    assert compute("rep_time", trial_of(pose, truth)).values == pytest.approx([3.5] * 3)


def test_hop_height_follows_flight_time():
    pose, truth = hop_pose(n=6, flight_time_s=0.3)
    samples = compute("hop_height", trial_of(pose, truth))
    # the first hop's take-off lies before the first contact and is no repetition
    assert len(samples.values) == 5
    assert samples.values == pytest.approx([100 * 9.80665 * 0.09 / 8] * 5, rel=1e-6)
    assert (samples.event_sd > 0).all()


def test_hop_contact_time_leaves_out_the_held_landing():
    pose, truth = hop_pose(n=6, contact_time_s=0.28)
    samples = compute("hop_contact_time", trial_of(pose, truth))
    assert samples.values == pytest.approx([280.0] * 5)


def test_a_pause_between_hops_is_not_a_flight():
    pose, truth = hop_pose(n=2)
    first, second = truth.reps
    moved = replace(second, start_s=second.start_s + 3, deepest_s=0, end_s=second.end_s + 3)
    assert compute("hop_height", trial_of(pose, truth, reps=(first, moved))).sides == ()


@pytest.mark.parametrize("view", ["front", "rear"])
def test_sway_is_the_hips_range_over_the_ankle(view):
    pose, truth = standing_pose(duration_s=12.0, view=view)
    xy = pose.xy_px.copy()
    # 3 cm to each side at 500 px per metre
    swing = 15 * np.sin(2 * np.pi * 0.4 * pose.time_s)
    xy[:, 23, 0] += swing
    xy[:, 24, 0] += swing
    hold = Rep(side="left", start_s=1.0, deepest_s=6.0, end_s=11.0)
    trial = trial_of(pose.with_("sway", xy_px=xy), truth, reps=(hold,))
    samples = compute("sway", trial)
    assert samples.values[0] == pytest.approx(6.0, abs=0.15)
    assert compute("hold_time", trial).values == pytest.approx([10.0])


def test_longest_hold_of_each_side_counts():
    pose, truth = standing_pose(duration_s=12.0)
    reps = (
        Rep(side="left", start_s=0.0, deepest_s=1.0, end_s=2.0),
        Rep(side="left", start_s=3.0, deepest_s=5.0, end_s=8.0),
        Rep(side="right", start_s=9.0, deepest_s=10.0, end_s=11.0),
    )
    samples = compute("hold_time", trial_of(pose, truth, reps=reps))
    assert dict(zip(samples.sides, samples.values, strict=True)) == {"left": 5.0, "right": 2.0}


def test_heel_rise_fades_against_the_first_three():
    pose, truth = standing_pose(duration_s=12.0)
    heights = [100, 100, 100, 80, 50]
    xy = pose.xy_px.copy()
    reps = []
    for i, h in enumerate(heights):
        start = 1.0 + 2 * i
        u = np.clip((pose.time_s - start) / 2, 0, 1)
        for heel in (29, 30):
            xy[:, heel, 1] -= h * np.sin(np.pi * u)
        reps.append(Rep(side="both", start_s=start, deepest_s=start + 1, end_s=start + 2))
    trial = trial_of(pose.with_("rises", xy_px=xy), truth, reps=tuple(reps))
    assert compute("heel_rise_height", trial).values == pytest.approx(heights, abs=1.0)

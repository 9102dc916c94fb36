from dataclasses import replace

import numpy as np
import pytest

from formcheck.data import Given
from formcheck.fitted import load_fitted
from formcheck.fitted.leg_angles import LearnedReading, LegAngles, ReadingSpec
from formcheck.kinematics.legs import leg_signals
from formcheck.kinematics.readings import apply, inputs, kind_of, read_contacts, with_reading
from formcheck.registry import MEASURES
from formcheck.sampling import contacts
from tests.synthetic import running_pose, trial_of

SPEC = ReadingSpec(
    kind="run",
    unit="deg",
    what="the plain angle",
    signals=("thigh_deg", "shank_deg"),
    lags_s=(0.0,),
    ridge=1.0,
)
KNEE = LearnedReading(
    spec=SPEC,
    intercept=2.0,
    weights=(1.0, -1.0),
    low=(-90.0, -90.0),
    high=(90.0, 90.0),
    n_clips=10,
    n_people=8,
    left_out_rmse=1.5,
    left_out_slope=1.0,
    plain_rmse=4.0,
)

TABLE = LegAngles(readings={"run.knee_flexion_at_contact": KNEE})
GIVEN = Given(fitted=load_fitted().changed(leg_angles=TABLE))


def run(**kw):
    pose, truth = running_pose(fps=120, duration_s=3, **kw)
    return trial_of(pose, truth, protocol_id="treadmill_run", given=GIVEN)


@pytest.mark.parametrize("facing", ["left", "right"])
def test_thigh_and_shank_make_up_the_knee_and_their_lengths_the_ratio(facing):
    pose, truth = running_pose(fps=60, duration_s=3, facing=facing, roll_deg=3.0)
    signals = leg_signals(trial_of(pose, truth), facing)
    knee = truth.curves[f"{facing}_knee_flexion_deg"]
    np.testing.assert_allclose(signals["thigh_deg"] - signals["shank_deg"], knee, atol=1.0)
    joints = truth.joints_m
    length = [
        np.linalg.norm(joints[f"{facing}_{a}"] - joints[f"{facing}_{b}"], axis=1)
        for a, b in (("hip", "knee"), ("knee", "ankle"))
    ]
    ratio = 100 * np.log(length[0] / length[1])
    np.testing.assert_allclose(signals["thigh_over_shank_pct"], ratio, atol=1.5)


def test_a_reading_with_the_plain_angles_weights_gives_the_plain_angle():
    pose, truth = running_pose(fps=120, duration_s=3)
    trial = trial_of(pose, truth, protocol_id="treadmill_run", given=GIVEN)
    found = [c for c in contacts(trial) if c.side == "right"]
    read = read_contacts(trial, "knee_flexion_at_contact", found)
    curve = truth.curves["right_knee_flexion_deg"]
    plain = np.interp([c.strike_s for c in found], pose.time_s, curve)
    np.testing.assert_allclose(read, plain + 2.0, atol=0.8)


def test_inputs_outside_what_was_learned_from_count_as_its_edge():
    learned = KNEE.model_copy(update={"low": (0.0, -5.0), "high": (10.0, 5.0)})
    rows = np.array([[40.0, -30.0], [5.0, 1.0]])
    np.testing.assert_allclose(apply(learned, rows), [2.0 + 10.0 + 5.0, 2.0 + 5.0 - 1.0])


def test_the_error_of_a_late_strike_is_how_fast_the_reading_changes():
    trial = run()
    late = tuple(replace(s, strike_sd_s=0.005) for s in trial.steps)
    samples = MEASURES["knee_flexion_at_contact"].compute(replace(trial, steps=late))
    found = [c for c in contacts(trial) if c.side == "right"]
    before, after = (
        apply(KNEE, inputs(trial, found, SPEC, shift_s=shift)) for shift in (-0.005, 0.005)
    )
    np.testing.assert_allclose(samples.event_sd, np.abs(after - before) / 2, rtol=0.05)
    assert samples.clip_sd == 0.0


def test_other_movements_keep_the_plain_angle_and_its_error():
    trial = replace(run(), protocol_id="jog_on_spot")
    assert kind_of(trial) is None
    samples = MEASURES["knee_flexion_at_contact"].compute(trial)
    plain = MEASURES["knee_flexion_at_contact"].compute(replace(trial, given=trial.given.plain()))
    np.testing.assert_array_equal(samples.values, plain.values)
    assert samples.clip_sd == KNEE.plain_rmse


def test_a_leg_unseen_at_half_of_the_contacts_is_not_read_by_two_methods():
    names = ("right_knee", "right_ankle")
    trial = run(dropouts=[(0.3, 2.4, names)])
    found = [c for c in contacts(trial) if c.side == "right"]
    assert read_contacts(trial, "knee_flexion_at_contact", found) is None
    plain = MEASURES["tibia_angle_at_contact"].compute(replace(trial, given=trial.given.plain()))
    kept = with_reading(trial, "knee_flexion_at_contact", plain).values
    np.testing.assert_array_equal(kept, plain.values)


def test_shipped_readings_beat_the_plain_angle_on_people_left_out():
    table = load_fitted().leg_angles.readings
    assert "run.knee_flexion_at_contact" in table
    for name, learned in table.items():
        n = len(learned.spec.signals) * (len(learned.spec.lags_s) + len(learned.spec.shares))
        assert len(learned.weights) == len(learned.low) == len(learned.high) == n, name
        assert learned.left_out_rmse < learned.plain_rmse, name
        assert learned.n_people >= 6, name
        assert learned.date, name


def test_a_trial_is_read_with_the_table_it_was_given():
    trial = run()
    found = [c for c in contacts(trial) if c.side == "right"]
    name = "knee_flexion_at_contact"
    before = read_contacts(trial, name, found)
    other = LegAngles(readings={f"run.{name}": KNEE.model_copy(update={"intercept": 7.0})})
    given = replace(trial.given, fitted=trial.given.fitted.changed(leg_angles=other))
    read = read_contacts(replace(trial, given=given), name, found)
    np.testing.assert_allclose(read, before + 5.0)
    np.testing.assert_array_equal(read_contacts(trial, name, found), before)

from dataclasses import replace

import numpy as np
import pytest

from formcheck.data import Rep
from formcheck.fitted import load_fitted
from formcheck.registry import MEASURES
from formcheck.settings import MeasureSettings
from formcheck.settings.surface import SurfaceSettings
from tests.synthetic import SIGN, running_pose, trial_of


def mean_of(samples, side):
    mine = [v for v, s in zip(samples.values, samples.sides, strict=True) if s == side]
    return float(np.nanmean(mine))


def compute(measure_id, trial):
    return MEASURES[measure_id].compute(trial)


def per_step_truth(truth, name, side):
    mine = [s.side == side for s in truth.steps]
    return truth.values[name][mine]


LEAD_S = MeasureSettings().contact_lead_s


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("knee", [13.0, 18.0, 24.0])
def test_knee_flexion_at_contact_is_that_shortly_before_plus_the_usual_rise(facing, knee):
    pose, truth = running_pose(fps=240, duration_s=3, facing=facing, knee_at_contact_deg=knee)
    samples = compute("knee_flexion_at_contact", trial_of(pose, truth))
    assert set(samples.sides) == {facing}
    strikes = np.array([s.strike_s for s in truth.steps if s.side == facing])
    curve = truth.curves[f"{facing}_knee_flexion_deg"]
    before = np.interp(strikes - LEAD_S, pose.time_s, curve)
    # projection of a leg that is a little abducted, and interpolation between frames
    expected = before + load_fitted().corrections.contact_knee_rise.value
    np.testing.assert_allclose(samples.values, expected, atol=1.0)
    parts = samples.components
    at_strike = per_step_truth(truth, "knee_flexion_at_contact_deg", facing)
    np.testing.assert_allclose(parts["thigh_deg"] - parts["shank_deg"], at_strike, atol=0.8)


def test_a_wrong_strike_moves_the_knee_at_contact_less_than_the_curve_at_the_strike():
    pose, truth = running_pose(fps=120, duration_s=3)
    late = tuple(replace(s, strike_s=s.strike_s + 0.008) for s in truth.steps)
    right = [np.nanmean(compute("knee_flexion_at_contact", trial_of(pose, truth)).values)]
    wrong = compute("knee_flexion_at_contact", trial_of(pose, truth, steps=late))
    strikes = np.array([s.strike_s for s in truth.steps if s.side == "right"])
    curve = truth.curves["right_knee_flexion_deg"]
    moved = np.interp(strikes + 0.008, pose.time_s, curve) - np.interp(strikes, pose.time_s, curve)
    assert abs(np.nanmean(wrong.values) - right[0]) < abs(np.mean(moved))


def test_the_knee_of_a_landing_is_read_before_it_without_a_runners_rest():
    pose, truth = running_pose(fps=120, duration_s=3)
    reps = tuple(
        Rep(side="right", start_s=s.strike_s, deepest_s=s.strike_s + 0.1, end_s=s.strike_s + 0.3)
        for s in truth.steps
        if s.side == "right" and s.strike_s < 2.5
    )
    samples = compute("knee_flexion_at_contact", trial_of(pose, truth, steps=(), reps=reps))
    curve = truth.curves["right_knee_flexion_deg"]
    before = np.interp([r.start_s - LEAD_S for r in reps], pose.time_s, curve)
    np.testing.assert_allclose(samples.values, before, atol=0.8)


def test_event_error_is_the_slope_times_the_strike_error():
    pose, truth = running_pose(fps=120, duration_s=3)
    steps = tuple(
        type(s)(**{k: getattr(s, k) for k in s.__slots__} | {"strike_sd_s": 0.004})
        for s in truth.steps
    )
    trial = trial_of(pose, truth, steps=steps)
    near = [s for s in truth.steps if s.side == "right"]
    samples = compute("knee_flexion_at_contact", trial)
    curve = truth.curves["right_knee_flexion_deg"]
    slope = [
        abs(
            np.diff(np.interp(s.strike_s - LEAD_S + np.array([-0.005, 0.005]), pose.time_s, curve))[
                0
            ]
        )
        / 0.010
        for s in near
    ]
    np.testing.assert_allclose(samples.event_sd, 0.004 * np.array(slope), rtol=0.25, atol=0.05)


def test_peak_knee_flexion_is_the_stance_peak_and_not_the_swing():
    pose, truth = running_pose(fps=60, duration_s=4, knee_peak_deg=44, knee_swing_deg=100)
    samples = compute("peak_knee_flexion_stance", trial_of(pose, truth))
    expected = per_step_truth(truth, "peak_knee_flexion_stance_deg", "right")
    np.testing.assert_allclose(np.nanmean(samples.values), expected.mean(), atol=0.6)


def test_knee_range_spans_stance_to_swing():
    pose, truth = running_pose(fps=60, duration_s=4)
    samples = compute("knee_range", trial_of(pose, truth))
    curve = truth.curves["right_knee_flexion_deg"]
    assert np.nanmean(samples.values) == pytest.approx(np.ptp(curve[60:]), abs=1.5)


@pytest.mark.parametrize("lean", [2.0, 7.0, 14.0])
@pytest.mark.parametrize(("facing", "roll"), [("right", 0.0), ("left", 0.0), ("right", 6.0)])
def test_forward_lean_is_against_gravity_whatever_the_roll(lean, facing, roll):
    pose, truth = running_pose(
        fps=60, duration_s=3, trunk_lean_deg=lean, facing=facing, roll_deg=roll
    )
    samples = compute("trunk_forward_lean", trial_of(pose, truth))
    assert set(samples.sides) == {"both"}
    assert np.nanmean(samples.values) == pytest.approx(lean, abs=0.4)


@pytest.mark.parametrize("view", ["rear", "front"])
@pytest.mark.parametrize("roll", [0.0, 5.0])
def test_side_lean_is_toward_the_stance_leg_in_both_frontal_views(view, roll):
    pose, truth = running_pose(
        fps=60, duration_s=4, view=view, trunk_side_lean_deg=5.0, roll_deg=roll
    )
    samples = compute("trunk_side_lean", trial_of(pose, truth))
    for side in ("left", "right"):
        # + = left in the curve's own terms is a positive image of the stance side
        curve = -SIGN[side] * truth.curves["trunk_side_lean_deg"]
        stance = [
            curve[(pose.time_s >= s.strike_s) & (pose.time_s <= s.toe_off_s)].mean()
            for s in truth.steps
            if s.side == side and s.toe_off_s is not None
        ]
        assert mean_of(samples, side) == pytest.approx(np.mean(stance), abs=0.5)


@pytest.mark.parametrize("facing", ["left", "right"])
def test_shin_and_foot_angles_at_contact(facing):
    pose, truth = running_pose(fps=120, duration_s=4, facing=facing, strike="heel")
    trial = trial_of(pose, truth)
    joints = truth.joints_m
    strikes = [s.strike_s for s in truth.steps if s.side == facing]

    def at(name, t):
        return np.array([np.interp(t, pose.time_s, joints[name][:, i]) for i in range(3)])

    shin = []
    for t in strikes:
        v = at(f"{facing}_ankle", t) - at(f"{facing}_knee", t)
        shin.append(np.degrees(np.arctan2(v[0], -v[2])))
    samples = compute("tibia_angle_at_contact", trial)
    np.testing.assert_allclose(samples.values, shin, atol=0.8)
    # the synthetic heel striker lands with its foot 17 degrees up
    foot = compute("foot_inclination_at_contact", trial)
    assert np.nanmean(foot.values) == pytest.approx(17.0, abs=1.0)


def test_fore_foot_striker_lands_toes_first():
    pose, truth = running_pose(fps=120, duration_s=4, strike="fore")
    foot = compute("foot_inclination_at_contact", trial_of(pose, truth))
    assert np.nanmean(foot.values) < -5


def test_foot_inclination_is_free_of_camera_roll():
    values = []
    for roll in (0.0, 4.0):
        pose, truth = running_pose(fps=60, duration_s=3, roll_deg=roll)
        trial = trial_of(pose, truth)
        scene = type(truth.scene)(
            view=truth.scene.view, facing=truth.scene.facing, surface="treadmill", roll_deg=0.0
        )
        values.append(compute("foot_inclination_at_contact", trial_of(pose, truth, scene=scene)))
        assert trial.scene.roll_deg == roll
    np.testing.assert_allclose(values[0].values, values[1].values, atol=0.5)


def test_hip_extension_and_range_read_the_thigh():
    pose, truth = running_pose(fps=60, duration_s=4, roll_deg=3.0)
    trial = trial_of(pose, truth)
    v = truth.joints_m["right_knee"] - truth.joints_m["right_hip"]
    thigh = np.degrees(np.arctan2(v[:, 0], -v[:, 2]))[30:]
    extension = compute("peak_hip_extension", trial)
    assert np.nanmean(extension.values) == pytest.approx(-thigh.min(), abs=1.0)
    assert np.nanmean(compute("hip_range", trial).values) == pytest.approx(np.ptp(thigh), abs=1.0)


@pytest.mark.parametrize("rotation", [12.0, 30.0])
def test_trunk_rotation_in_side_view_reads_the_shoulders_in_the_picture(rotation):
    pose, truth = running_pose(fps=60, duration_s=4, trunk_rotation_deg=rotation)
    samples = compute("trunk_rotation", trial_of(pose, truth))
    assert set(samples.sides) == {"both"}
    # what was learned on people is not this body's: its shoulders lie half their own width off the
    # axis of the turn. Both shoulders are read, and the near one by itself; the mean is given
    j = truth.joints_m
    width_m = np.linalg.norm(j["left_shoulder"] - j["right_shoulder"], axis=1)
    trunk = sum(j[f"{s}_shoulder"] - j[f"{s}_hip"] for s in ("left", "right")) / 2
    own = np.median(width_m) / np.median(np.linalg.norm(trunk, axis=1))
    learned = load_fitted().corrections.shoulder_width.value
    near = 0.5 * own / (SurfaceSettings().near_shoulder_share * learned)
    sine = np.sin(np.radians(rotation / 2))
    expected = sum(np.degrees(np.arcsin(k * sine)) for k in (own / learned, near))
    assert np.nanmean(samples.values) == pytest.approx(expected, rel=0.04)


def test_far_leg_is_never_reported_by_a_near_leg_measure():
    pose, truth = running_pose(fps=60, duration_s=3, facing="left")
    for spec in MEASURES.values():
        if spec.near_leg_only:
            assert "right" not in spec.compute(trial_of(pose, truth)).sides, spec.id


def test_a_gap_in_the_landmarks_drops_that_step_only():
    names = ("right_knee", "right_ankle")
    pose, truth = running_pose(fps=60, duration_s=3, dropouts=[(1.0, 1.4, names)])
    samples = compute("peak_knee_flexion_stance", trial_of(pose, truth))
    assert np.isnan(samples.values).any()
    assert np.isfinite(samples.values).sum() >= 2


@pytest.mark.parametrize(("lean", "facing"), [(3.0, "left"), (9.0, "right")])
def test_peak_forward_lean_is_that_of_a_still_trunk_and_never_below_the_mean(lean, facing):
    pose, truth = running_pose(fps=60, duration_s=3, trunk_lean_deg=lean, facing=facing)
    trial = trial_of(pose, truth)
    peak = compute("trunk_forward_lean_peak", trial)
    assert set(peak.sides) == {"both"}
    assert np.nanmean(peak.values) == pytest.approx(lean, abs=0.6)
    assert np.nanmean(peak.values) >= np.nanmean(compute("trunk_forward_lean", trial).values)


@pytest.mark.parametrize("view", ["rear", "front"])
def test_peak_side_lean_is_never_below_the_mean_of_stance(view):
    pose, truth = running_pose(fps=60, duration_s=4, view=view)
    trial = trial_of(pose, truth)
    peak, mean = (compute(f"trunk_side_lean{end}", trial) for end in ("_peak", ""))
    assert peak.sides == mean.sides
    assert (peak.values >= mean.values - 1e-9).all()


def test_knee_excursion_is_from_the_bend_at_landing_to_the_deepest():
    pose, truth = running_pose(fps=60, duration_s=4, knee_peak_deg=44)
    trial = trial_of(pose, truth)
    samples = compute("knee_excursion", trial)
    deepest, landing = (
        compute(name, trial) for name in ("peak_knee_flexion_stance", "knee_flexion_at_contact")
    )
    assert set(samples.sides) == {"right"}
    n = len(samples.values)
    np.testing.assert_allclose(samples.values, deepest.values - landing.values[:n], atol=1e-9)
    assert np.nanmean(samples.values) == pytest.approx(30.0, abs=4.0)

from dataclasses import replace

import numpy as np
import pytest

from formcheck.registry import MEASURES
from tests.synthetic import running_pose, trial_of


def compute(measure_id, trial):
    return MEASURES[measure_id].compute(trial)


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("px_per_m", [300.0, 700.0])
def test_overstride_is_ankle_ahead_of_mid_hip_in_centimetres(facing, px_per_m):
    pose, truth = running_pose(fps=120, duration_s=3, facing=facing, px_per_m=px_per_m)
    j = truth.joints_m
    hip = 0.5 * (j["left_hip"] + j["right_hip"])[:, 0]
    ahead = 100 * (j[f"{facing}_ankle"][:, 0] - hip)
    strikes = [s.strike_s for s in truth.steps if s.side == facing]
    samples = compute("overstride", trial_of(pose, truth))
    np.testing.assert_allclose(samples.values, np.interp(strikes, pose.time_s, ahead), atol=0.5)


@pytest.mark.parametrize("view", ["side", "rear"])
def test_vertical_oscillation_is_the_hips_range_per_step(view):
    pose, truth = running_pose(fps=60, duration_s=4, view=view)
    samples = compute("vertical_oscillation", trial_of(pose, truth))
    expected = 100 * np.ptp(truth.curves["hip_height_m"])
    assert np.nanmean(samples.values) == pytest.approx(expected, abs=0.2)


@pytest.mark.parametrize("width_m", [0.12, 0.04, -0.03])
@pytest.mark.parametrize("view", ["rear", "front"])
def test_step_width_is_positive_apart_and_negative_crossed(width_m, view):
    pose, truth = running_pose(fps=60, duration_s=4, view=view, step_width_m=width_m, toe_out_deg=0)
    samples = compute("step_width", trial_of(pose, truth))
    assert np.nanmean(samples.values) == pytest.approx(100 * width_m, abs=0.5)


def test_step_width_is_free_of_slow_drift_across_the_belt():
    pose, truth = running_pose(fps=60, duration_s=4, view="rear", step_width_m=0.08, toe_out_deg=0)
    drift = pose.xy_px.copy()
    drift[..., 0] += 30 * pose.time_s[:, None]
    samples = compute("step_width", trial_of(pose.with_("drift", xy_px=drift), truth))
    assert np.nanmean(samples.values) == pytest.approx(8.0, abs=0.5)


@pytest.mark.parametrize(
    "measure_id", ["overstride", "vertical_oscillation", "step_width", "speed"]
)
def test_without_a_scale_lengths_are_refused_with_the_remedy(measure_id):
    view = "rear" if measure_id == "step_width" else "side"
    pose, truth = running_pose(fps=60, duration_s=3, view=view)
    trial = trial_of(pose, truth)
    bare = replace(trial, scene=replace(trial.scene, m_per_px=None))
    samples = compute(measure_id, bare)
    assert samples.sides == ()
    assert "height" in samples.reason


def test_step_width_over_ground_is_refused():
    pose, truth = running_pose(fps=60, duration_s=3, view="rear", overground=True)
    assert "treadmill" in compute("step_width", trial_of(pose, truth)).reason


@pytest.mark.parametrize("facing", ["left", "right"])
def test_speed_comes_from_the_belt_the_feet_or_the_hips(facing):
    pose, truth = running_pose(fps=60, duration_s=3, facing=facing, speed_mps=3.2)
    given = compute("speed", trial_of(pose, truth, belt_speed_mps=3.1))
    assert given.values.tolist() == [3.1]
    seen = compute("speed", trial_of(pose, truth))
    assert np.nanmedian(seen.values) == pytest.approx(3.2, abs=0.1)
    pose, truth = running_pose(fps=60, duration_s=3, facing=facing, overground=True, speed_mps=3.2)
    over = compute("speed", trial_of(pose, truth))
    assert np.nanmean(over.values) == pytest.approx(3.2, abs=0.05)


def test_speed_is_refused_from_behind():
    pose, truth = running_pose(fps=60, duration_s=3, view="rear")
    assert compute("speed", trial_of(pose, truth)).sides == ()


@pytest.mark.parametrize("width_m", [0.10, -0.03])
def test_step_width_of_the_leg_needs_no_scale(width_m):
    pose, truth = running_pose(
        fps=60, duration_s=4, view="rear", step_width_m=width_m, toe_out_deg=0
    )
    trial = trial_of(pose, truth)
    bare = replace(trial, scene=replace(trial.scene, m_per_px=None))
    samples = compute("step_width_pct_leg", bare)
    in_cm = np.nanmean(compute("step_width", trial).values)
    leg_cm = 100 * in_cm / np.nanmean(samples.values)
    assert 70 < leg_cm < 100
    assert np.sign(np.nanmean(samples.values)) == np.sign(width_m)

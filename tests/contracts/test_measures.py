"""Contract of every registered measure: ids, docstrings, emptiness, NaN, mirroring, words."""

from dataclasses import replace

import numpy as np
import pytest
from numpydoc.validate import validate

from formcheck.data import Channels, PoseSequence, Samples, Scene
from formcheck.keypoints import N_KEYPOINTS, SWAP, View
from formcheck.registry import MEASURES
from tests.synthetic import (
    clip_of,
    hop_pose,
    running_pose,
    squat_pose,
    trial_of,
)

# contract.md, the measure table
IDS_AND_UNITS = {
    "pelvic_drop": "deg",
    "pelvic_drop_excursion": "deg",
    "trunk_rotation": "deg",
    "pelvis_rotation": "deg",
    "trunk_pelvis_separation": "deg",
    "trunk_side_lean": "deg",
    "trunk_forward_lean": "deg",
    "knee_flexion_at_contact": "deg",
    "peak_knee_flexion_stance": "deg",
    "squat_valgus": "deg",
    "landing_softness": "index 0-100",
    "cadence": "steps/min",
    "contact_time": "ms",
    "flight_time": "ms",
    "step_time": "ms",
    "duty_factor": "%",
    "step_width": "cm",
    "overstride": "cm",
    "foot_inclination_at_contact": "deg",
    "tibia_angle_at_contact": "deg",
    "vertical_oscillation": "cm",
    "hip_range": "deg",
    "knee_range": "deg",
    "peak_hip_extension": "deg",
    "speed": "m/s",
    "rep_count": "count",
    "rep_time": "s",
    "squat_depth": "deg",
    "hold_time": "s",
    "sway": "cm",
    "hop_height": "cm",
    "hop_contact_time": "ms",
    "heel_rise_height": "%",
}
# what the tests of the return-to-running battery add to it
IDS_AND_UNITS |= {
    "trunk_lean_peak": "deg",
    "trunk_to_shank": "deg",
    "trunk_lean_at_landing": "deg",
    "knee_line": "deg",
    "hip_shift": "%",
    "thigh_swing": "deg",
    "hip_rise": "deg",
    "leg_raise": "deg",
    "rep_fade": "%",
    "touch_downs": "count",
    "feet_apart": "%",
}
IDS_AND_UNITS |= {  # added in version 0.2
    "trunk_side_lean_peak": "deg",
    "trunk_forward_lean_peak": "deg",
    "knee_excursion": "deg",
    "step_width_pct_leg": "%",
}
CORE = {
    "pelvic_drop",
    "trunk_rotation",
    "knee_flexion_at_contact",
    "squat_valgus",
    "landing_softness",
}
# strides from left to left strike are other strides in the mirror
RTOL = {"trunk_rotation": 0.03, "pelvis_rotation": 0.03, "trunk_pelvis_separation": 0.03}
# counted from events alone: no landmark is looked at
FROM_EVENTS = {
    "cadence",
    "contact_time",
    "flight_time",
    "step_time",
    "duty_factor",
    "rep_count",
    "rep_time",
    "hold_time",
    "hop_height",
    "hop_contact_time",
    "touch_downs",
    "rep_fade",
}


def measures():
    return [pytest.param(m, id=m.id) for m in MEASURES.values()]


def _trials():
    run_side = running_pose(fps=60, duration_s=4.5, speed_mps=2.8)
    run_rear = running_pose(fps=60, duration_s=3, view="rear")
    squat = squat_pose(fps=30)
    hop = hop_pose(fps=60, n=4)
    return {
        "side": trial_of(*run_side, belt_speed_mps=2.8),
        "rear": trial_of(*run_rear),
        "squat": trial_of(*squat),
        "hop": trial_of(*hop),
    }


TRIALS = _trials()


def test_ids_and_units_are_exactly_those_of_the_contract():
    assert {m.id: m.unit for m in MEASURES.values()} == IDS_AND_UNITS


def test_core_measures_are_the_five_of_the_mission():
    assert {m.id for m in MEASURES.values() if m.core} == CORE


@pytest.mark.parametrize("spec", measures())
def test_each_measure_tells_sign_source_and_how_to_film(spec):
    assert spec.title
    assert spec.sign
    assert spec.source
    assert spec.how_to_film.endswith(".")
    assert spec.views or spec.not_given.endswith(".")
    if spec.near_leg_only:
        assert View.SIDE in spec.views
        assert spec.sided


@pytest.mark.parametrize("spec", measures())
def test_docstring_is_complete(spec):
    wanted = {"GL08", "SS03", "PR01", "PR02", "PR04", "RT01", "RT03"}
    errors = validate(f"{spec.compute.__module__}.{spec.compute.__name__}")["errors"]
    assert not [e for e in errors if e[0] in wanted]


@pytest.mark.parametrize("spec", measures())
@pytest.mark.parametrize("name", TRIALS)
def test_without_steps_and_reps_there_is_a_reason_and_no_number(spec, name):
    trial = TRIALS[name]
    bare = trial_of(trial.pose, _Truth(trial.scene))
    samples = spec.compute(bare)
    assert samples.sides == ()
    assert samples.reason.endswith(".")


@pytest.mark.parametrize("spec", [p for p in measures() if p.values[0].id not in FROM_EVENTS])
@pytest.mark.parametrize("name", TRIALS)
def test_unseen_landmarks_give_nan_and_never_a_number(spec, name):
    trial = TRIALS[name]
    blind = _blind(trial.pose)
    samples = spec.compute(
        trial_of(
            blind,
            _Truth(trial.scene, trial.steps, trial.reps),
            channels=Channels(time_s=blind.time_s),
        )
    )
    assert not np.isfinite(samples.values).any()


@pytest.mark.parametrize("spec", measures())
@pytest.mark.parametrize("name", TRIALS)
def test_mirrored_pose_gives_the_same_values_on_the_other_side(spec, name):
    trial = TRIALS[name]
    if trial.scene.view not in spec.views:
        pytest.skip("not measured in this view")
    here, there = spec.compute(trial), spec.compute(_mirrored(trial))
    swap = {"left": "right", "right": "left", "both": "both"}
    if set(here.sides) == {"both"} and len(here.sides) != len(there.sides):
        # strides may start with the other foot, so that one more or less fits into the clip
        assert np.nanmean(there.values) == pytest.approx(np.nanmean(here.values), rel=0.03)
        return
    assert tuple(swap[s] for s in here.sides) == there.sides
    np.testing.assert_allclose(here.values, there.values, rtol=RTOL.get(spec.id, 1e-6), atol=1e-6)


@pytest.mark.parametrize("spec", measures())
@pytest.mark.parametrize("name", TRIALS)
def test_samples_are_whole(spec, name):
    samples = spec.compute(TRIALS[name])
    assert isinstance(samples, Samples)
    assert (samples.event_sd >= 0).all()
    assert np.isfinite(samples.event_sd).all()
    assert np.isfinite(samples.times_s).all()
    assert all(part.shape == samples.values.shape for part in samples.components.values())


class _Truth:
    def __init__(self, scene, steps=(), reps=()):
        self.scene, self.steps, self.reps = scene, steps, reps


def _blind(pose):
    n = pose.time_s.size
    return PoseSequence(
        time_s=pose.time_s,
        xy_px=np.full((n, N_KEYPOINTS, 2), np.nan),
        confidence=np.zeros((n, N_KEYPOINTS)),
        world_m=np.full((n, N_KEYPOINTS, 3), np.nan),
    )


def _mirrored(trial):
    """The same movement seen in a mirror: x flipped, left and right exchanged."""
    width = 1080
    swap = np.array(SWAP)
    pose = trial.pose
    xy, world = pose.xy_px[:, swap].copy(), pose.world_m[:, swap].copy()
    xy[..., 0] = width - xy[..., 0]
    world[..., 0] = -world[..., 0]
    flipped = PoseSequence(
        time_s=pose.time_s, xy_px=xy, confidence=pose.confidence[:, swap], world_m=world
    )
    scene = trial.scene
    side = {"left": "right", "right": "left", "both": "both"}
    mirrored = Scene(
        view=scene.view,
        facing={"left": "right", "right": "left"}.get(scene.facing, scene.facing),
        surface=scene.surface,
        roll_deg=-scene.roll_deg,
        m_per_px=scene.m_per_px,
        near_side=side.get(scene.near_side),
    )
    steps = tuple(_with_side(s, side[s.side]) for s in trial.steps)
    reps = tuple(_with_side(r, side[r.side]) for r in trial.reps)
    return trial_of(
        flipped,
        _Truth(mirrored, steps, reps),
        # as the app does it: a mirrored clip is turned back, and says so
        clip=replace(clip_of(flipped), mirrored=True),
        belt_speed_mps=trial.belt_speed_mps,
    )


def _with_side(item, side):
    return type(item)(**{k: getattr(item, k) for k in item.__slots__} | {"side": side})

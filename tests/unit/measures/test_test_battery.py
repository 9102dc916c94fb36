"""Measures of the movement tests against known answers, built from known points."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.data import Channels, Rep, Scene, Trial
from formcheck.keypoints import View
from formcheck.registry import MEASURES
from tests.synthetic import clip_of
from tests.unit.events.test_drills import FPS, TORSO, pose_of, standing

SIDE = Scene(view=View.SIDE, facing="right", surface="static", near_side="right")
FRONT = Scene(view=View.FRONT, facing="toward", surface="static")


def trial(t, joints, scene, side="both", reps=None):
    pose = pose_of(t, joints, noise_px=0)
    if reps is None:
        reps = (Rep(side=side, start_s=0.5, deepest_s=1.5, end_s=2.5),)
    return Trial(
        clip=clip_of(pose),
        scene=scene,
        pose=pose,
        raw=pose,
        channels=Channels(time_s=pose.time_s),
        reps=tuple(reps),
    )


def moment():
    """One repetition from 0.5 to 2.5 s, farthest at 1.5 s."""
    t = np.arange(0, 3 + 1e-9, 1 / FPS)
    d = np.where((t > 0.5) & (t < 2.5), 0.5 - 0.5 * np.cos(np.pi * (t - 0.5)), 0.0)
    return t, d


def compute(measure, a_trial):
    return MEASURES[measure].compute(a_trial)


@settings(max_examples=15, deadline=None)
@given(lean=st.floats(5, 80))
def test_the_largest_lean_is_that_of_the_deepest_moment(lean):
    t, d = moment()
    got = compute("trunk_lean_peak", trial(t, standing(t, lean=lean * d), SIDE))
    assert got.values == pytest.approx([lean], abs=0.5)


@pytest.mark.parametrize(("lean", "shank"), [(40, 25), (20, 35)])
def test_trunk_against_shin_is_their_difference(lean, shank):
    t, d = moment()
    joints = standing(t, lean=lean * d)
    angle = np.radians(shank * d)
    joints["knee"] = (
        joints["ankle"][0] + 90 * np.sin(angle),
        joints["ankle"][1] - 90 * np.cos(angle),
    )
    got = compute("trunk_to_shank", trial(t, joints, SIDE))
    assert got.values == pytest.approx([lean - shank], abs=0.5)


@pytest.mark.parametrize("swing", [40, 85])
def test_the_free_thigh_s_range_counts_for_the_leg_that_stands(swing):
    t, d = moment()
    joints = standing(t)
    joints["right_knee"] = joints.pop("knee")
    angle = np.radians(60 - swing * d)
    joints["left_knee"] = (300 + 90 * np.sin(angle), 500 + 90 * np.cos(angle))
    got = compute("thigh_swing", trial(t, joints, SIDE, side="right"))
    assert got.sides == ("right",)
    assert got.values == pytest.approx([swing], abs=0.5)


def front(t, shift=0.0, knees_in=0.0, apart=60.0):
    joints = {"shoulder": (300, 300), "hip": (300, 400)}
    for side, sign in (("left", 1), ("right", -1)):  # the left side is on the right of the picture
        joints[f"{side}_hip"] = (300 + shift + sign * 15, 400)
        joints[f"{side}_shoulder"] = (300 + shift + sign * 30, 300)
        joints[f"{side}_ankle"] = (300 + sign * apart / 2, 580)
        mid = 300 + shift / 2 + sign * (15 + apart / 2) / 2
        joints[f"{side}_knee"] = (mid - sign * knees_in, 490)
    joints.pop("hip")
    joints.pop("shoulder")
    return joints


@pytest.mark.parametrize("shift_px", [-9.0, 0.0, 6.0])
def test_a_shift_of_the_hips_is_told_in_percent_of_the_feet_s_distance(shift_px):
    t, d = moment()
    got = compute("hip_shift", trial(t, front(t, shift=shift_px * d), FRONT))
    # image-right is the runner's left in a front view
    assert got.values == pytest.approx([-100 * shift_px / 60], abs=0.3)


def test_knees_that_go_in_are_positive_on_both_sides():
    t, d = moment()
    got = compute("knee_line", trial(t, front(t, knees_in=8 * d, apart=30), FRONT))
    expected = 2 * np.degrees(np.arctan(8 / 90))
    assert got.sides == ("left", "right")
    assert got.values == pytest.approx([expected, expected], abs=0.2)


def test_feet_apart_is_told_against_the_shoulders():
    t, _ = moment()
    got = compute("feet_apart", trial(t, front(t, apart=90), FRONT))
    assert got.values == pytest.approx([150], abs=0.5)


@pytest.mark.parametrize("rise", [10, 28])
def test_the_bridge_is_the_trunk_s_rise(rise):
    t, d = moment()
    a = np.radians(rise * d)
    joints = {"shoulder": (500, 400), "hip": (500 - TORSO * np.cos(a), 400 - TORSO * np.sin(a))}
    got = compute("hip_rise", trial(t, joints, SIDE, side="left"))
    assert got.values == pytest.approx([rise], abs=0.3)


@pytest.mark.parametrize("turned", [0, 12])
@pytest.mark.parametrize("head", ["left", "right"])
def test_a_leg_raise_does_not_depend_on_how_the_body_lies(turned, head):
    t, d = moment()
    base, sign = np.radians(turned), 1 if head == "left" else -1
    a = base + np.radians(30 * d)
    joints = {
        "shoulder": (300 - sign * 100 * np.cos(base), 400 + 100 * np.sin(base)),
        "hip": (300, 400),
        "left_ankle": (300 + sign * 180 * np.cos(a), 400 - 180 * np.sin(a)),
    }
    got = compute("leg_raise", trial(t, joints, FRONT, side="left"))
    assert got.values == pytest.approx([30], abs=0.3)


def rep(n, reach, side="left", counted=True):
    return Rep(
        side=side, start_s=n, deepest_s=n + 0.5, end_s=n + 1.0, counted=counted, reach_pct=reach
    )


def test_a_fade_compares_the_last_three_with_the_first_three_and_needs_six():
    t, _ = moment()
    reps = [rep(n, r) for n, r in enumerate((100, 100, 100, 95, 90, 80, 70))]
    got = compute("rep_fade", trial(t, standing(t), SIDE, reps=reps))
    assert got.values == pytest.approx([80])
    few = compute("rep_fade", trial(t, standing(t), SIDE, reps=reps[:5]))
    assert not few.sides
    assert "six" in few.reason


def test_short_touches_are_counted_and_a_rest_on_both_feet_is_none():
    t, _ = moment()

    def hold(a, b, counted=True):
        return Rep(side="left", start_s=a, deepest_s=(a + b) / 2, end_s=b, counted=counted)

    reps = [hold(0, 4), hold(4.4, 5.2, counted=False), hold(5.6, 9), hold(20, 30)]
    got = compute("touch_downs", trial(t, standing(t), FRONT, reps=reps))
    assert got.values == pytest.approx([2])

"""Which leg works, seen from the side: told by what it does, and asked about where nobody knows."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.data import Scene
from formcheck.events.working_leg import rule_legs, with_legs_exchanged
from formcheck.keypoints import View, other
from tests.unit.events.test_drills import SIDE, lunge, pose_of, rise, standing

LEFT_NEAR = replace(SIDE, facing="left", near_side="left")


def calf_raise(side="right", seconds=12.0):
    """One foot on the floor, the other one held up."""
    t = np.arange(0, seconds, 1 / 30)
    joints = standing(t)
    for name in ("knee", "ankle", "heel", "foot_index"):
        x, y = joints.pop(name)
        joints[f"{side}_{name}"] = (x, y)
        joints[f"{other(side)}_{name}"] = (x - 40, y - 60)
    return pose_of(t, joints)


def named_wrongly(pose, spans):
    wrong = np.any([(pose.time_s >= a) & (pose.time_s < b) for a, b in spans], axis=0)
    return with_legs_exchanged(pose, wrong), wrong


def standing_foot(pose):
    """Return the side whose ankle is lower, frame by frame: +1 left."""
    return np.sign(pose.joint("left", "ankle")[:, 1] - pose.joint("right", "ankle")[:, 1])


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("scene", [SIDE, LEFT_NEAR], ids=["right near", "left near"])
def test_slips_of_the_names_are_put_right_whichever_leg_is_nearer(side, scene):
    seen, wrong = named_wrongly(calf_raise(side), [(2.0, 2.4), (5.0, 5.5), (9.0, 9.1)])
    ruling = rule_legs(seen, seen, scene, "lift")
    assert not ruling.unsure
    assert np.array_equal(ruling.exchanged, wrong)
    mended = with_legs_exchanged(seen, ruling.exchanged)
    assert set(standing_foot(mended)) == {1.0 if side == "left" else -1.0}


def test_a_repair_that_named_the_whole_clip_wrongly_is_undone():
    """The worst error there is: every number would be told of the other leg."""
    seen = calf_raise("right")
    repaired = with_legs_exchanged(seen, np.ones(seen.time_s.size, dtype=bool))
    ruling = rule_legs(seen, repaired, SIDE, "hop")
    assert ruling.exchanged.all()
    assert not ruling.unsure


@pytest.mark.parametrize("spans", [[(0.0, 5.0)], [(k, k + 0.4) for k in range(12)]])
def test_names_that_disagree_are_asked_about_and_left_as_they_are(spans):
    seen, _ = named_wrongly(calf_raise("right"), spans)
    ruling = rule_legs(seen, seen, SIDE, "lift")
    assert ruling.unsure
    assert not ruling.exchanged.any()


@pytest.mark.parametrize("said", ["left", "right"])
def test_what_the_user_says_holds(said):
    seen, _ = named_wrongly(calf_raise("right"), [(0.0, 6.0)])
    ruling = rule_legs(seen, seen, SIDE, "lift", said=said)
    assert not ruling.unsure
    mended = with_legs_exchanged(seen, ruling.exchanged)
    assert set(standing_foot(mended)) == {1.0 if said == "left" else -1.0}


@pytest.mark.parametrize(("make", "detector"), [(lunge, "lunge"), (rise, "rise")])
def test_a_test_filmed_with_the_working_leg_nearer_needs_names_that_say_so_too(make, detector):
    t, joints, _, side = make()
    seen = pose_of(t, joints)
    near = replace(SIDE, near_side=side)
    far = replace(SIDE, near_side=other(side))
    assert not rule_legs(seen, seen, near, detector).unsure
    assert rule_legs(seen, seen, far, detector).unsure


def test_other_views_and_tests_on_two_legs_are_left_alone():
    seen, _ = named_wrongly(calf_raise("right"), [(0.0, 6.0)])
    front = Scene(view=View.FRONT, facing="toward", surface="static")
    assert not rule_legs(seen, seen, front, "lift").exchanged.any()
    assert not rule_legs(seen, seen, SIDE, "hinge").unsure
    both = pose_of(seen.time_s, standing(seen.time_s))
    assert not rule_legs(both, both, SIDE, "lift").unsure


def test_a_test_on_one_leg_asks_where_no_leg_plainly_works():
    t = calf_raise("right").time_s
    both = pose_of(t, standing(t))
    assert rule_legs(both, both, SIDE, "squat").unsure
    assert not rule_legs(both, both, SIDE, "squat", said="left").unsure


def test_exchanging_twice_changes_nothing():
    seen = calf_raise("left")
    some = seen.time_s < 3
    again = with_legs_exchanged(with_legs_exchanged(seen, some), some)
    assert np.array_equal(again.xy_px, seen.xy_px, equal_nan=True)

"""Repetitions of tests that are read off a signal of their own: known counts, pauses, halves."""

import numpy as np
import pytest

from formcheck.data import PoseSequence, Scene
from formcheck.events import detect_reps
from formcheck.events.excursions import FOOT_MOVED
from formcheck.events.lying import lying_scene, stood_up
from formcheck.events.walking import WALKING, walking_mask
from formcheck.keypoints import INDEX, N_KEYPOINTS, View
from formcheck.settings.reps import RepSettings
from tests.synthetic import clip_of

FPS, TORSO = 30.0, 100.0
REP_S, PAUSE_S, START_S = 2.4, 2.5, 2.0
SHARES = (1.0, 1.0, 1.0, 0.4, 1.0, 1.0)  # the pause comes after the second, the fourth is a half
SIDE = Scene(view=View.SIDE, facing="right", surface="static", near_side="right")


def schedule(shares=SHARES):
    """Share of the movement over time: 0 at rest, raised cosines, one pause."""
    starts = [START_S + k * REP_S + (PAUSE_S if k >= 2 else 0) for k in range(len(shares))]
    t = np.arange(0, starts[-1] + REP_S + 1.5, 1 / FPS)
    d = np.zeros_like(t)
    for start, share in zip(starts, shares, strict=True):
        on = (t >= start) & (t < start + REP_S)
        d[on] = share * (0.5 - 0.5 * np.cos(2 * np.pi * (t[on] - start) / REP_S))
    return t, d, starts


def pose_of(t, joints, noise_px=0.7, seed=0):
    """Build landmarks from named joints; a joint is (x, y) per moment or fixed."""
    xy = np.full((t.size, N_KEYPOINTS, 2), np.nan)
    for name, (x, y) in joints.items():
        sides = ("left", "right") if not name.startswith(("left", "right")) else ("",)
        for side in sides:
            xy[:, INDEX[f"{side}_{name}" if side else name]] = np.stack(
                np.broadcast_arrays(np.asarray(x, float) + 0 * t, np.asarray(y, float) + 0 * t), 1
            )
    xy += np.random.default_rng(seed).normal(0, noise_px, xy.shape)
    seen = np.isfinite(xy[..., 0]).astype(float)
    return PoseSequence(
        time_s=t, xy_px=xy, confidence=seen, world_m=np.zeros((t.size, N_KEYPOINTS, 3))
    )


def standing(t, *, hip=(300.0, 500.0), lean=0.0, sink=0.0):
    hx, hy = hip
    angle = np.radians(lean)
    return {
        "hip": (hx, hy + sink),
        "shoulder": (hx + TORSO * np.sin(angle), hy + sink - TORSO * np.cos(angle)),
        "knee": (hx + 5, hy + 90 + 0.5 * sink),
        "ankle": (hx, hy + 180),
        "heel": (hx - 10, hy + 190),
        "foot_index": (hx + 35, hy + 190),
    }


def hinge():
    t, d, starts = schedule()
    return t, standing(t, lean=3 + 60 * d), starts, "both"


def lunge():
    t, d, starts = schedule()
    joints = standing(t, sink=60 * d**1.5)  # height goes with the bend squared
    for name in ("ankle", "heel", "foot_index"):
        x, y = joints.pop(name)
        joints[f"right_{name}"] = (x + 70, y)
        joints[f"left_{name}"] = (x - 80, y - 12)
    return t, joints, starts, "right"


def running_man():
    t, d, starts = schedule()
    joints = standing(t, lean=4 + 15 * d)
    for name in ("knee", "ankle", "heel", "foot_index"):
        joints[f"right_{name}"] = joints.pop(name)
    thigh = np.radians(60 - 85 * d)
    kx, ky = 300 + 90 * np.sin(thigh), 500 + 90 * np.cos(thigh)
    joints |= {"left_knee": (kx, ky)}
    for name, (dx, dy) in {"ankle": (-40, 60), "heel": (-50, 65), "foot_index": (-20, 75)}.items():
        joints[f"left_{name}"] = (kx + dx, ky + dy)
    return t, joints, starts, "right"


def rise():
    t, d, starts = schedule()
    joints = standing(t, hip=(300.0, 580.0), sink=-80 * d)
    for name in ("ankle", "heel", "foot_index"):
        x, _ = joints.pop(name)
        joints[f"right_{name}"] = (x, 680.0 if name == "ankle" else 690.0)
        joints[f"left_{name}"] = (x + 70 * (1 - d), 660.0)
    return t, joints, starts, "right"


def bridge():
    t, d, starts = schedule()
    a = np.radians(25 * d)
    hx, hy = 500 - TORSO * np.cos(a), 400 - TORSO * np.sin(a)
    joints = {
        "shoulder": (500, 400),
        "hip": (hx, hy),
        "knee": (hx - 50, hy - 60),
        "ankle": (330, 400),
        "heel": (335, 405),
        "foot_index": (320, 405),
    }
    return t, joints, starts, "left"  # head to the right of the picture: the left side is nearer


def abduct():
    t, d, starts = schedule()
    a = np.radians(35 * d)
    joints = {
        "shoulder": (200, 400),
        "hip": (300, 400),
        "right_knee": (380, 410),
        "right_ankle": (420, 430),
        "left_knee": (300 + 90 * np.cos(a), 395 - 90 * np.sin(a)),
        "left_ankle": (300 + 180 * np.cos(a), 395 - 180 * np.sin(a)),
    }
    return t, joints, starts, "left"


TESTS = {
    "hinge": hinge,
    "lunge": lunge,
    "running_man": running_man,
    "rise": rise,
    "bridge": bridge,
    "abduct": abduct,
}


def scene_of(detector, pose):
    if detector in ("bridge", "abduct"):
        return lying_scene(SIDE, pose, View.SIDE if detector == "bridge" else View.FRONT)
    return SIDE


@pytest.mark.parametrize("detector", TESTS)
@pytest.mark.parametrize("seed", [0, 1])
def test_whole_repetitions_count_over_a_pause_and_the_half_one_says_why(detector, seed):
    t, joints, starts, side = TESTS[detector]()
    pose = pose_of(t, joints, seed=seed)
    reps = detect_reps(pose, pose, scene_of(detector, pose), detector=detector)
    counted = [r for r in reps if r.counted]
    whole = [s for s, share in zip(starts, SHARES, strict=True) if share == 1.0]
    assert [r.side for r in counted] == [side] * 5
    for rep, start in zip(counted, whole, strict=True):
        assert rep.start_s == pytest.approx(start, abs=0.45)
        assert rep.deepest_s == pytest.approx(start + REP_S / 2, abs=0.1)
        assert rep.end_s == pytest.approx(start + REP_S, abs=0.45)
        assert rep.reach_pct == pytest.approx(100, abs=6)
    (half,) = (r for r in reps if not r.counted)
    assert half.deepest_s == pytest.approx(starts[3] + REP_S / 2, abs=0.15)
    assert "% as far as the first ones" in half.reason


@pytest.mark.parametrize("detector", ["hinge", "lunge", "rise"])
def test_walking_into_the_picture_is_named_and_adds_no_repetition(detector):
    t, joints, _, _ = TESTS[detector]()
    begin = 3.0
    late = t + begin
    whole = np.concatenate([np.arange(0, begin, 1 / FPS), late])
    n = whole.size - t.size
    away = np.concatenate([-400 * (1 - np.arange(n) / n), np.zeros(t.size)])
    step = 40 * np.sin(2 * np.pi * whole / 1.1) * (whole < begin)
    walked = {}
    for name, (x, y) in joints.items():
        held = [np.concatenate([np.full(n, v[0]), v]) for v in (x + 0 * t, y + 0 * t)]
        foot = name.split("_", 1)[-1] in ("ankle", "heel", "foot_index", "index")
        swing = (step if name.startswith("left") else -step) if foot else 0
        walked[name] = (held[0] + away + swing, held[1])
    pose = pose_of(whole, walked)
    reps = detect_reps(pose, pose, SIDE, detector=detector)
    counted = [r for r in reps if r.counted]
    assert len(counted) == 5
    assert min(r.start_s for r in counted) > begin
    assert any(r.reason == WALKING and r.end_s < begin + 1.2 for r in reps)


def test_legs_that_the_model_mixes_up_are_no_steps():
    t, joints, _, _ = lunge()
    pose = pose_of(t, joints)
    xy = pose.xy_px.copy()
    swap = (t > 9.0) & (t < 9.8)
    for joint in ("ankle", "heel", "foot_index"):
        left, right = INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]
        xy[np.ix_(swap, [left, right])] = xy[np.ix_(swap, [right, left])]
    mixed = pose.with_("mixed up", xy_px=xy)
    assert not walking_mask(mixed, RepSettings()).any()
    reps = detect_reps(mixed, mixed, SIDE, detector="lunge")
    assert [r.side for r in reps if r.counted] == ["right"] * 5


def test_feet_that_are_mixed_up_or_unseen_for_glimpses_have_not_moved():
    t, joints, _, _ = running_man()
    pose = pose_of(t, joints)
    xy = pose.xy_px.copy()
    between = np.zeros(t.size, dtype=bool)
    between[np.flatnonzero((t > 4.8) & (t < 5.6))[::3]] = True  # every third picture
    hidden = (t > 2.6) & (t < 3.2)
    for joint in ("ankle", "heel", "foot_index"):
        left, right = INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]
        middle = 0.5 * (xy[between, left] + xy[between, right])
        xy[between, left] = xy[between, right] = middle
        xy[hidden, right] = np.nan
    mixed = pose.with_("mixed up", xy_px=xy)
    reps = detect_reps(mixed, mixed, SIDE, detector="running_man")
    assert [r.side for r in reps if r.counted] == ["right"] * 5


def test_a_standing_foot_that_is_put_elsewhere_ends_the_repetition():
    t, joints, starts, _ = running_man()
    away = np.where((t > starts[1] + 0.8) & (t < starts[1] + 1.4), 60.0, 0.0)
    for name in ("knee", "ankle", "heel", "foot_index"):
        x, y = joints[f"right_{name}"]
        joints[f"right_{name}"] = (x + away, y)
    pose = pose_of(t, joints)
    reps = detect_reps(pose, pose, SIDE, detector="running_man")
    moved = [r for r in reps if r.reason == FOOT_MOVED]
    assert [round(r.deepest_s) for r in moved] == [round(starts[1] + REP_S / 2)]
    assert sum(r.counted for r in reps) == 4


def test_a_hidden_far_foot_hides_no_squat():
    t, d, _ = schedule()
    joints = standing(t, sink=60 * d)
    for name in ("ankle", "heel", "foot_index"):
        joints[f"right_{name}"] = joints.pop(name)
    pose = pose_of(t, joints)
    reps = detect_reps(pose, pose, SIDE, detector="squat")
    assert sum(r.counted for r in reps) == 5


def test_nobody_in_the_picture_is_no_repetition():
    t, joints, _, _ = hinge()
    pose = pose_of(t, joints)
    blank = pose.with_("blank", xy_px=np.full_like(pose.xy_px, np.nan))
    for detector in TESTS:
        assert detect_reps(blank, blank, SIDE, detector=detector) == ()


@pytest.mark.parametrize(("head_x", "near"), [(500, "left"), (100, "right")])
def test_the_nearer_side_of_somebody_on_the_back_follows_the_head(head_x, near):
    t = np.arange(0, 2, 1 / FPS)
    pose = pose_of(t, {"shoulder": (head_x, 400), "hip": (300, 400)})
    scene = lying_scene(SIDE, pose, View.SIDE)
    assert (scene.view, scene.near_side) == (View.SIDE, near)


def test_a_lying_body_is_turned_head_up_for_checks_made_for_people_who_stand():
    t = np.arange(0, 1, 1 / FPS)
    pose = pose_of(t, {"shoulder": (500, 400), "hip": (300, 390)}, noise_px=0)
    clip, turned = stood_up(clip_of(pose, width_px=640, height_px=480), pose)
    assert (clip.width_px, clip.height_px) == (480, 640)
    assert turned.mid("shoulder")[0].tolist() == [400, 140]
    assert turned.mid("hip")[0].tolist() == [390, 340]

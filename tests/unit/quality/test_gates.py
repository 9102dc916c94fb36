from dataclasses import replace

import numpy as np
import pytest

from formcheck.data import Channels, ClipPart
from formcheck.keypoints import View
from formcheck.quality import (
    QUALITY_TEXTS,
    check_clip,
    check_steps,
    check_view,
    clip_stats,
    finding,
    relevant,
)
from formcheck.registry import PROTOCOLS
from tests.synthetic import clip_of, running_pose

POSE, TRUTH = running_pose(fps=60, duration_s=4)
CLIP = clip_of(POSE)
NONE = Channels(time_s=POSE.time_s)


def codes(clip=CLIP, scene=TRUTH.scene, pose=POSE, channels=NONE, **stats):
    measured = replace(clip_stats(clip, scene, pose, channels), **stats)
    return {f.code: f for f in check_clip(clip, scene, measured)}


def shifted(dx=0.0, dy=0.0, zoom=1.0, about=(540, 960)):
    about = np.array(about, float)
    return POSE.with_("moved", xy_px=(POSE.xy_px - about) * zoom + about + [dx, dy])


def test_a_good_clip_raises_nothing():
    assert codes() == {}


def test_feet_below_the_picture_stop_the_measures_of_the_feet():
    lowest = float(np.nanmax(POSE.xy_px[..., 1]))
    found = codes(pose=shifted(dy=1920 - lowest + 40))
    assert found["FEET_CUT_OFF"].severity == "stop"
    assert "contact_time" in found["FEET_CUT_OFF"].measure_ids
    assert "cadence" not in found["FEET_CUT_OFF"].measure_ids


def test_feet_that_leave_the_picture_now_and_then_do_not_stop():
    pose = POSE.xy_px.copy()
    pose[:20, 29:, 1] = 1950
    assert "FEET_CUT_OFF" not in codes(pose=POSE.with_("short", xy_px=pose))


def test_head_above_the_picture_is_told():
    top = float(np.nanmin(POSE.xy_px[..., 1]))
    assert codes(pose=shifted(dy=-top - 10))["HEAD_CUT_OFF"].severity == "watch"


@pytest.mark.parametrize(
    ("zoom", "code"), [(0.7, "PERSON_SMALL"), (0.3, "PERSON_TOO_SMALL"), (1.0, None)]
)
def test_small_people_are_told_and_tiny_ones_stop(zoom, code):
    small = {c for c in codes(pose=shifted(zoom=zoom)) if c.startswith("PERSON_")}
    assert small == ({code} if code else set())


def test_body_height_is_that_of_the_person():
    stats = clip_stats(CLIP, TRUTH.scene, POSE, NONE)
    # synthetic person of about 1.65 m at 500 px per metre, knees bent while running
    assert stats.body_px == pytest.approx(1.6 * 500, rel=0.08)
    assert stats.body_share == pytest.approx(stats.body_px / 1920)


@pytest.mark.parametrize(
    ("luma", "code"), [(30.0, "TOO_DARK"), (120.0, None), (230.0, "TOO_BRIGHT")]
)
def test_light(luma, code):
    channels = Channels(time_s=POSE.time_s, values={"luma_mean": np.full(POSE.time_s.size, luma)})
    found = {c for c in codes(channels=channels) if c.startswith("TOO_")}
    assert found == ({code} if code else set())


def test_black_bars_are_no_dark_room():
    n = POSE.time_s.size
    values = {"luma_mean": np.full(n, 28.0), "luma_dark_pct": np.full(n, 77.0)}
    assert codes(channels=Channels(time_s=POSE.time_s, values=values)) == {}


def test_a_hand_held_camera_stops_softness_and_lengths():
    t = POSE.time_s
    still = np.random.default_rng(0).normal(0, 0.3, t.size)
    moving = np.gradient(40 * np.sin(2 * np.pi * 0.7 * t))

    def of(x):
        values = {"camera_shift_x_px": x, "camera_shift_y_px": np.zeros(t.size)}
        return codes(channels=Channels(time_s=t, values=values))

    assert "CAMERA_MOVES" not in of(still)
    assert "landing_softness" in of(still + moving)["CAMERA_MOVES"].measure_ids


@pytest.mark.parametrize(
    ("yaw", "code"), [(8.0, None), (-20.0, "VIEW_OBLIQUE"), (40.0, "VIEW_TOO_OBLIQUE")]
)
def test_oblique_views(yaw, code):
    found = codes(scene=replace(TRUTH.scene, yaw_deg=yaw))
    assert set(found) == ({code} if code else set())


@pytest.mark.parametrize(("yaw", "stopped"), [(12.0, False), (-33.0, True), (33.0, True)])
def test_somebody_who_stands_turned_has_no_knee_line(yaw, stopped):
    front = replace(TRUTH.scene, view=View.FRONT, facing="toward", yaw_deg=yaw)
    found = codes(scene=front)
    assert ("TURNED_AWAY" in found) == stopped
    if stopped:
        assert found["TURNED_AWAY"].severity == "stop"
        assert set(found["TURNED_AWAY"].measure_ids) == {"squat_valgus", "knee_line", "hip_shift"}
        assert "Face the phone" in found["TURNED_AWAY"].suggestion


def test_tilt_is_told_as_information():
    found = codes(scene=replace(TRUTH.scene, roll_deg=-4.0))
    assert found["CAMERA_TILTED"].severity == "info"
    assert "4 degrees" in found["CAMERA_TILTED"].message


def test_unsure_view_and_direction():
    assert "VIEW_UNSURE" in codes(scene=replace(TRUTH.scene, ambiguous=("view", "facing")))
    assert "FACING_UNSURE" in codes(scene=replace(TRUTH.scene, ambiguous=("facing",)))
    assert "LEG_UNSURE" in codes(scene=replace(TRUTH.scene, ambiguous=("leg",)))


@pytest.mark.parametrize(
    ("fps", "code"),
    [(15, "FPS_TOO_LOW"), (25, "FPS_LOW"), (29.97, "FPS_LOW"), (59.94, None), (240, None)],
)
def test_frame_rates(fps, code):
    clip = clip_of(POSE).with_(file_time_s=np.arange(round(4 * fps)) / fps)
    found = {c for c in codes(clip=clip) if c.startswith("FPS")}
    assert found == ({code} if code else set())


def test_file_notes():
    clip = CLIP.with_(vfr=True, rotation_deg=90, slow_motion_factor=8.0, mirrored=True)
    found = codes(clip=clip)
    assert {"VARIABLE_FRAME_RATE", "VIDEO_ROTATED", "SLOW_MOTION", "MIRRORED"} <= set(found)
    # 4 s of file at 8 x are half a second of running
    assert "CLIP_SHORT" in found
    assert found["VIDEO_ROTATED"].severity == "info"


def test_lost_and_second_people():
    pose = POSE.xy_px.copy()
    pose[::2] = np.nan
    lost = codes(pose=POSE.with_("lost", xy_px=pose))
    assert lost["PERSON_LOST"].severity == "stop"
    assert codes(two_people_share=0.3)["TWO_PEOPLE"].severity == "watch"
    assert "TWO_PEOPLE" not in codes(two_people_share=0.05)


def test_somebody_who_walks_past_is_told_and_more_than_that_is_a_second_person():
    found = codes(two_people_share=0.05)
    assert found["PASSER_BY"].severity == "info"
    assert "TWO_PEOPLE" not in found
    assert "PASSER_BY" not in codes(two_people_share=0.3)
    assert "PASSER_BY" not in codes(two_people_share=0.0)


@pytest.mark.parametrize(
    ("view", "left", "right", "told"),
    [
        ("rear", 0.5, 0.0, "left"),
        ("rear", 0.0, 0.5, "right"),
        ("rear", 0.5, 0.5, None),  # dark, not a rail
        ("side", 0.0, 0.9, None),  # the far leg
        ("side", 0.5, 0.9, "left"),
    ],
)
def test_a_rail_before_one_leg_is_told(view, left, right, told):
    facing = {"side": "left", "rear": "away"}[view]
    near = "left" if view == "side" else None
    scene = replace(TRUTH.scene, view=View(view), facing=facing, near_side=near)
    found = codes(scene=scene, left_leg_hidden_share=left, right_leg_hidden_share=right)
    hidden = found.get("LEG_HIDDEN")
    assert (hidden is not None) == (told is not None)
    if told:
        assert told in hidden.message


def test_a_long_clip_is_told_by_the_length_of_the_file():
    n = 300 * 30
    clip = CLIP.with_(file_time_s=np.arange(n) / 30, slow_motion_factor=8.0)
    assert "5 minutes" in codes(clip=clip)["CLIP_LONG"].message


def test_a_test_filmed_from_another_view_is_told():
    squat = PROTOCOLS["single_leg_squat"]
    (told,) = check_view(replace(TRUTH.scene, view=View.REAR, facing="away"), squat)
    assert "behind" in told.message
    assert "in front of you" in told.message
    assert check_view(replace(TRUTH.scene, view=View.FRONT), squat) == ()
    unsure = replace(TRUTH.scene, view=View.REAR, ambiguous=("view",))
    assert check_view(unsure, squat) == ()


def test_hidden_hips_matter_from_behind_and_one_hidden_hip_not_from_the_side():
    confidence = POSE.confidence.copy()
    confidence[:, 23] = 0.4
    pose = POSE.with_("hidden", confidence=confidence)
    assert "HIPS_HIDDEN" not in codes(pose=pose)
    rear = replace(TRUTH.scene, view="rear", facing="away")
    assert "pelvic_drop" in codes(pose=pose, scene=rear)["HIPS_HIDDEN"].measure_ids


def test_a_picture_on_its_side_stops():
    turned = POSE.xy_px[..., ::-1].copy()
    found = codes(pose=POSE.with_("turned", xy_px=turned))
    assert found["LYING_PICTURE"].severity == "stop"


def test_swapped_legs_are_told():
    assert codes(n_swaps=12, swap_share=0.05)["LEGS_SWAPPED"].severity == "info"


def test_stops_come_first():
    scene = replace(TRUTH.scene, roll_deg=5.0, yaw_deg=50.0)
    measured = clip_stats(CLIP, scene, POSE, NONE)
    assert [f.severity for f in check_clip(CLIP, scene, measured)] == ["stop", "info"]


def test_few_steps_are_told_per_side():
    steps = TRUTH.steps
    left = [s for s in steps if s.side == "left"][:4]
    right = [s for s in steps if s.side == "right"]
    found = check_steps((*left, *right, *right))
    assert [f.code for f in found] == ["FEW_STEPS"]
    assert "4 steps on the left" in found[0].message


@pytest.mark.parametrize("code", list(QUALITY_TEXTS))
def test_every_text_can_be_filled(code):
    values = dict.fromkeys(
        (
            "share",
            "px",
            "start",
            "end",
            "rest",
            "speed",
            "kmh",
            "luma",
            "yaw",
            "roll",
            "sd",
            "seconds",
            "fps",
            "frame_ms",
            "factor",
            "minutes",
        ),
        1.0,
    )
    made = finding(
        code,
        "watch",
        n=3,
        side="left",
        wanted=7,
        what="view",
        rotation=90,
        angle=80.0,
        far=2,
        all=9,
        seen="behind",
        why="a cut",
        **values,
    )
    assert "{" not in made.message + made.clinical


def test_findings_that_touch_none_of_a_tests_measures_are_left_out():
    slow = finding("FPS_LOW", "watch", ("contact_time",), fps=30.0, frame_ms=33.0)
    short = finding("CLIP_SHORT", "watch", seconds=2.0)
    assert relevant((slow, short), ("squat_valgus",)) == (short,)
    assert relevant((slow, short), ("contact_time",)) == (slow, short)


def test_what_was_left_out_of_a_broken_clip_is_said():
    parts = (ClipPart(0.0, 3.5, "start", False), ClipPart(3.6, 12.0, "cut", True))
    found = codes(clip=CLIP.with_(parts=parts, n_repeated=40))
    assert "a cut" in found["CLIP_BREAKS"].message
    assert "3.6 to 12.0 s" in found["CLIP_BREAKS"].message
    assert "other 3.5 s" in found["CLIP_BREAKS"].message
    assert "40 pictures" in found["REPEATED_PICTURES"].message

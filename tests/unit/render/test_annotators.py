import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.keypoints import index_of
from formcheck.render.annotators.face_blur import FaceBlur
from formcheck.render.annotators.knee_angle import KneeAngle, bend_arc
from formcheck.render.annotators.knee_line import KneeLine, mid_foot
from formcheck.render.annotators.label import Label
from formcheck.render.annotators.pelvic_drop import PelvicDrop, pelvic_lines
from formcheck.render.annotators.skeleton import Skeleton
from formcheck.render.annotators.softness import SoftnessInset, inset_box
from formcheck.render.annotators.stamps import Stamps
from formcheck.render.annotators.trunk import Trunk, TurnFromAbove
from formcheck.render.context import ANNOTATORS, Reading
from formcheck.render.draw import text_size, wrap
from formcheck.render.palette import GREY, ON_VIDEO, PLATE
from tests.unit.render.builders import blank, context, measured, placed

HIPS = {"left_hip": (400.0, 300.0), "right_hip": (500.0, 300.0)}


def reading(measure_id="pelvic_drop", side="right", this=7.0, verdict=None, **changes):
    m = measured(measure_id, side, [7.0] * 12, **changes)
    return Reading(measurement=placed(m, verdict), this_step=this)


def coloured(image, color, near=40):
    return np.abs(image.astype(int) - np.array(color)).sum(axis=2) < near


@given(
    drop=st.floats(-15, 15),
    roll=st.floats(-10, 10),
    side=st.sampled_from(["left", "right"]),
    view=st.sampled_from(["rear", "front"]),
)
def test_pelvic_line_stands_at_the_measured_angle_from_gravity_whatever_the_roll(
    drop, roll, side, view
):
    flip = {"left_hip": HIPS["right_hip"], "right_hip": HIPS["left_hip"]}
    ctx = context(HIPS if view == "rear" else flip, view=view, side=side, roll_deg=roll)
    hip, level_end, pelvis_end, _, _ = pelvic_lines(ctx, side, drop, 100)
    r = np.radians(roll)
    level = np.array([[np.cos(r), -np.sin(r)], [np.sin(r), np.cos(r)]])  # undo the roll
    a, b = level @ (level_end - hip), level @ (pelvis_end - hip)
    assert a[1] == pytest.approx(0, abs=1e-6)  # the reference is level with gravity
    toward_swing = HIPS["left_hip"][0] < HIPS["right_hip"][0]
    swing_is_image_left = (side == "right") == (view == "rear")
    assert toward_swing
    assert (b[0] < 0) == swing_is_image_left
    assert np.degrees(np.arctan2(b[1], abs(b[0]))) == pytest.approx(drop, abs=1e-6)


def test_wedge_is_filled_between_level_and_pelvic_line_below_the_swing_hip():
    ctx = context(HIPS, readings=[reading(this=20.0, verdict="outside")])
    out = PelvicDrop().annotate(blank(), ctx)
    red = out[..., 0].astype(int) - out[..., 1]
    # swing side is image-left of the right hip; 20 degrees over 100 px is 36 px down
    assert red[300 + 18, 400] > 30
    assert red[300 - 18, 400] == 0
    assert red[300 + 60, 400] == 0
    assert red[300 + 18, 600] == 0


def test_the_models_own_hip_line_is_not_drawn_where_the_pelvic_line_is():
    names = {"left_shoulder": (400.0, 100.0), "right_shoulder": (500.0, 100.0)}
    without = Skeleton().annotate(blank(), context(HIPS | names))
    with_drop = Skeleton().annotate(blank(), context(HIPS | names, readings=[reading()]))
    assert (without[300, 450] > 200).all()
    assert (with_drop[300, 450] == 120).all()


def test_uncertain_value_is_grey_even_if_a_verdict_is_given():
    unsure = reading(this=15.0, verdict="outside", status="uncertain", reason="few steps")
    out = PelvicDrop().annotate(blank(), context(HIPS, readings=[unsure]))
    assert not coloured(out, ON_VIDEO["outside"]).any()
    assert coloured(out, GREY).any()
    label = Label().annotate(blank(), context(HIPS, readings=[unsure]))
    assert not coloured(label, ON_VIDEO["outside"]).any()


@pytest.mark.parametrize("name", sorted(ANNOTATORS))
def test_no_annotator_changes_the_picture_it_is_given(name):
    image = blank()
    ANNOTATORS[name].annotate(image, context(HIPS, readings=[reading()], stamp=("x",)))
    assert (image == 120).all()


@pytest.mark.parametrize("name", sorted(set(ANNOTATORS) - {"stamps", "face_blur"}))
def test_nothing_is_drawn_of_a_body_that_was_not_seen_and_not_measured(name):
    out = ANNOTATORS[name].annotate(blank(), context({}))
    assert (out == 120).all()


@given(thigh=st.floats(-60, 60), flexion=st.floats(1, 120), facing=st.sampled_from([-1, 1]))
def test_knee_arc_spans_exactly_the_bend(thigh, flexion, facing):
    hip = np.array([0.0, 0.0])
    t, s = np.radians(thigh) * facing, np.radians(thigh - flexion) * facing
    knee = hip + 100 * np.array([np.sin(t), np.cos(t)])
    ankle = knee + 100 * np.array([np.sin(s), np.cos(s)])
    a, b = bend_arc(hip, knee, ankle)
    assert abs(np.degrees(b - a)) == pytest.approx(flexion, abs=1e-6)


def test_knee_angle_colours_only_the_measured_leg():
    leg = {
        "right_hip": (450.0, 200.0),
        "right_knee": (450.0, 400.0),
        "right_ankle": (330.0, 560.0),
        "left_hip": (470.0, 200.0),
        "left_knee": (600.0, 400.0),
    }
    r = reading("knee_flexion_at_contact", verdict="watch")
    out = KneeAngle().annotate(blank(), context(leg, view="side", readings=[r]))
    amber = coloured(out, ON_VIDEO["watch"], 60)
    assert amber[300, 450]
    assert amber[480, 390]
    assert not amber[:, 560:].any()


def test_knee_line_has_a_plumb_line_through_mid_foot():
    leg = {
        "left_hip": (450.0, 200.0),
        "left_knee": (430.0, 400.0),
        "left_ankle": (450.0, 600.0),
        "left_heel": (440.0, 640.0),
        "left_foot_index": (480.0, 650.0),
    }
    ctx = context(leg, view="front", side="left", readings=[reading("squat_valgus", "left")])
    assert mid_foot(ctx, "left") == pytest.approx([460.0, 645.0])
    out = KneeLine().annotate(blank(), ctx)
    column = (out[210:640, 460] > 200).all(axis=1)
    assert 0.3 < column.mean() < 0.9  # dashed


def test_trunk_line_leaves_the_plumb_line_toward_the_lean():
    body = HIPS | {"left_shoulder": (440.0, 100.0), "right_shoulder": (540.0, 100.0)}
    r = reading("trunk_side_lean", verdict="usual")
    out = Trunk().annotate(blank(), context(body, readings=[r]))
    blue = coloured(out, ON_VIDEO["usual"], 60)
    assert blue[200, 460:480].any()  # half way from (450, 300) to (490, 100)
    assert not blue[200, 420:445].any()


def test_turn_from_above_needs_a_measured_rotation():
    ctx = context(HIPS)
    assert TurnFromAbove().annotate(blank(), ctx) is not None
    assert (TurnFromAbove().annotate(blank(), ctx) == 120).all()
    turned = context(HIPS, readings=[reading("trunk_rotation", "both")])
    assert (TurnFromAbove().annotate(blank(), turned) != 120).any()


@pytest.mark.parametrize("verdict", ["usual", "watch", "outside"])
def test_label_says_value_and_shows_the_verdicts_colour_on_a_dark_plate(verdict):
    ctx = context(HIPS, readings=[reading(verdict=verdict)])
    out = Label().annotate(blank(value=255), ctx)
    plate = np.rint(255 * 0.25 + np.array(PLATE) * 0.75)
    assert coloured(out, plate, 3).sum() > 3000
    assert coloured(out, ON_VIDEO[verdict], 20).sum() > 30
    assert (out > 235).all(axis=2).sum() > 200  # light text on it, and the untouched picture


@settings(deadline=None, max_examples=30)
@given(
    x=st.floats(100, 800),
    y=st.floats(80, 500),
    width=st.integers(360, 1600),
    height=st.integers(480, 1280),
)
def test_label_stays_inside_any_picture(x, y, width, height):
    hips = {"left_hip": (x * width / 900, y), "right_hip": (x * width / 900 + 60, y)}
    out = Label().annotate(blank(height, width), context(hips, readings=[reading()]))
    changed = (out != 120).any(axis=2)
    assert changed.any()
    assert not changed[:, -1].any()
    assert not changed[-1].any()


def test_stamps_say_moment_and_notice_on_plates():
    ctx = context(HIPS, stamp=("Rear view", "R mid-stance", "00:03.217", "frame 193"))
    out = Stamps().annotate(blank(), ctx)
    dark = (out < 60).all(axis=2)
    assert dark[5, 5]
    assert dark[-5, 5]
    assert not dark[300, 300]


@given(size=st.floats(8, 40), width=st.floats(150, 900))
def test_long_stamp_wraps_to_lines_that_fit_and_loses_no_word(size, width):
    words = ("Rear view", "R mid-stance", "00:03.217", "frame 193", "enlarged")
    lines = wrap(words, size, width, " · ")
    assert " · ".join(lines) == " · ".join(words)
    assert all(text_size(x, size)[0] <= width or " · " not in x for x in lines)


def test_unsure_landmark_is_hollow_and_sure_one_filled():
    points = {"left_knee": (300.0, 300.0), "right_knee": (600.0, 300.0)}
    confidence = np.ones(33)
    confidence[index_of("left", "knee")] = 0.2
    out = Skeleton().annotate(blank(), context(points, confidence=confidence))
    assert (out[300, 300] < 60).all()
    assert (out[300, 600] > 200).all()


def test_left_joints_are_round_and_right_joints_square():
    points = {"left_knee": (300.0, 300.0), "right_knee": (600.0, 300.0)}
    out = Skeleton().annotate(blank(1440, 1440), context(points))
    light = (out > 200).all(axis=2)
    half = int(np.flatnonzero(light[300, 280:321]).max()) - 20
    corner = half - 1
    assert not light[300 + corner, 300 + corner]
    assert light[300 + corner, 600 + corner]


def noise(height=400, width=400):
    return np.random.default_rng(0).integers(0, 255, (height, width, 3), dtype=np.uint8)


def test_face_is_pixelated_and_the_rest_untouched():
    image = noise()
    ctx = context({}, head_px=np.array([[200.0, 150.0, 90.0]]))
    out = FaceBlur().annotate(image, ctx)
    head = np.s_[120:180, 175:225]
    assert (out[250:] == image[250:]).all()
    assert (out[:, :100] == image[:, :100]).all()
    # blocks of 15 px: neighbours inside a block are equal, so fine detail is gone
    steps = np.abs(np.diff(out[head].astype(int), axis=1)).sum(axis=2)
    assert (steps == 0).mean() > 0.85
    assert out[head].std() < 0.4 * image[head].std()


def test_every_place_the_head_may_be_is_blurred():
    image = noise()
    ctx = context({}, head_px=np.array([[100.0, 100.0, 60.0], [300.0, 300.0, 60.0]]))
    out = FaceBlur().annotate(image, ctx)
    for x, y in ((100, 100), (300, 300)):
        assert (
            out[y - 10 : y + 10, x - 10 : x + 10] != image[y - 10 : y + 10, x - 10 : x + 10]
        ).any()


def test_whole_picture_is_pixelated_where_nobody_was_found():
    image = noise()
    out = FaceBlur().annotate(image, context({}, head_px=np.full((2, 3), np.nan)))
    assert out.std() < 0.3 * image.std()


def test_softness_inset_stands_free_of_the_leg_and_marks_the_frame():
    leg = {"left_hip": (200.0, 200.0), "left_knee": (190.0, 400.0), "left_ankle": (180.0, 620.0)}
    r = reading("landing_softness", "left")
    t = np.linspace(0, 0.2, 41)
    ctx = context(
        leg,
        view="side",
        side="left",
        readings=[r],
        trace_s=t,
        trace_deg=15 + 100 * t,
        trace_now_s=0.1,
    )
    image = blank()
    box = inset_box(image, ctx)
    assert box is not None
    assert not (box[0] < 200 < box[2] and box[1] < 620 < box[3])
    out = SoftnessInset().annotate(image, ctx)
    assert (out[int(box[1]) : int(box[3]), int(box[0]) : int(box[2])] != 120).any()

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.keypoints import View
from formcheck.settings.signals import SceneSettings
from formcheck.signals.view import (
    ViewSigns,
    judge_facing,
    judge_view,
    view_signs,
    yaw_off_square_deg,
)
from tests.synthetic import running_pose, squat_pose, walking_pose

SETTINGS = SceneSettings()
CLEAR = {
    "width": 0.08,
    "nose_ahead": 0.3,
    "foot_ahead": 0.35,
    "left_of_right": 0.0,
    "toe_below": 0.15,
    "nose_far": 0.0,
}


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("build", [running_pose, walking_pose])
def test_side_view_and_facing(build, facing):
    pose, _ = build(view="side", facing=facing, noise_px=3, fps=30, duration_s=3)
    signs = view_signs(pose)
    assert judge_view(signs, SETTINGS) == (View.SIDE, False)
    assert judge_facing(signs, View.SIDE) == (facing, False)


@pytest.mark.parametrize(("view", "facing"), [(View.REAR, "away"), (View.FRONT, "toward")])
def test_frontal_views_of_a_runner(view, facing):
    pose, _ = running_pose(view=view.value, noise_px=3, pitch_deg=3, fps=30, duration_s=3)
    signs = view_signs(pose)
    assert judge_view(signs, SETTINGS)[0] == view
    assert judge_facing(signs, view) == (facing, False)


@settings(max_examples=6, deadline=None)
@given(
    zoom=st.floats(100, 900),
    yaw=st.floats(-12, 12),
    view=st.sampled_from(["side", "front", "rear"]),
)
def test_view_survives_zoom_and_a_camera_somewhat_off_square(zoom, yaw, view):
    pose, _ = squat_pose(view=view, yaw_deg=yaw, px_per_m=zoom, reps=(60.0,))
    assert judge_view(view_signs(pose), SETTINGS)[0] == View(view)


def test_narrow_shoulders_without_nose_or_feet_pointing_sideways_are_ambiguous():
    unclear = ViewSigns(**(CLEAR | {"nose_ahead": 0.05, "foot_ahead": -0.04}))
    assert judge_view(unclear, SETTINGS) == (View.SIDE, True)


@pytest.mark.parametrize(
    ("signs", "view", "ambiguous"),
    [
        ({"left_of_right": 0.5, "toe_below": 0.26}, View.FRONT, False),
        ({"left_of_right": -0.5, "toe_below": 0.02}, View.REAR, False),
        ({"left_of_right": 0.5, "toe_below": 0.02}, View.FRONT, True),
        ({"left_of_right": -0.5, "toe_below": 0.26}, View.REAR, True),
        ({"left_of_right": 0.5, "toe_below": 0.12, "nose_far": -0.1}, View.FRONT, False),
        ({"left_of_right": 0.5, "toe_below": 0.12, "nose_far": 0.1}, View.FRONT, True),
        ({"left_of_right": 0.35, "toe_below": 0.26, "width": 0.36}, View.FRONT, True),
    ],
)
def test_shoulders_and_feet_must_agree_on_front_or_rear(signs, view, ambiguous):
    frontal = CLEAR | {"width": 0.5} | signs
    if frontal["width"] > 0.4:
        frontal |= {"nose_ahead": 0.0, "foot_ahead": 0.02}
    assert judge_view(ViewSigns(**frontal), SETTINGS) == (view, ambiguous)


def test_nose_and_feet_must_agree_on_the_facing():
    crossed = ViewSigns(**(CLEAR | {"foot_ahead": -0.3}))
    assert judge_facing(crossed, View.SIDE) == ("right", True)


@pytest.mark.parametrize(
    ("view", "facing"), [("side", "left"), ("side", "right"), ("front", "toward"), ("rear", "away")]
)
@pytest.mark.parametrize("yaw", [-20.0, 0.0, 15.0])
def test_yaw_is_read_from_the_shoulder_line(view, facing, yaw):
    camera_facing = {"facing": facing} if view == "side" else {}
    pose, _ = running_pose(view=view, yaw_deg=yaw, fps=60, duration_s=3, **camera_facing)
    assert yaw_off_square_deg(pose, View(view), facing) == pytest.approx(yaw, abs=3)

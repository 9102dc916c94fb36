import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.data import Scene
from formcheck.keypoints import INDEX, N_KEYPOINTS, View
from formcheck.signals import geometry as g

ANGLES = st.floats(-80, 80)


def leg(thigh_deg, shank_deg, sign, zoom=1.0, shift=(0.0, 0.0)):
    """Hip, knee, ankle in a picture from segment angles (+ = distal end toward sign)."""

    def below(angle):
        a = np.radians(angle)
        return np.array([sign * np.sin(a), np.cos(a)])

    hip = np.asarray(shift, float)
    knee = hip + zoom * 100 * below(thigh_deg)
    return hip, knee, knee + zoom * 90 * below(shank_deg)


@given(ANGLES, ANGLES, st.sampled_from([-1, 1]), st.floats(0.1, 10), st.floats(-2000, 2000))
def test_knee_flexion_survives_zoom_shift_and_direction(thigh, shank, sign, zoom, shift):
    points = leg(thigh, shank, sign, zoom, (shift, -shift))
    assert g.knee_flexion_deg(*points, sign) == pytest.approx(thigh - shank, abs=1e-6)


@given(ANGLES, ANGLES, st.floats(-30, 30))
def test_knee_flexion_does_not_feel_camera_roll(thigh, shank, roll):
    points = [g.level(p, roll) for p in leg(thigh, shank, 1)]
    assert g.knee_flexion_deg(*points, 1) == pytest.approx(thigh - shank, abs=1e-6)


def test_level_turns_clockwise_in_a_picture_with_y_down():
    assert g.level([1.0, 0.0], 90.0) == pytest.approx([0.0, 1.0])


def test_tilt_is_positive_when_the_second_point_is_lower():
    assert g.tilt_deg([0, 0], [10, 10]) == pytest.approx(45)
    assert g.tilt_deg([0, 0], [-10, 10]) == pytest.approx(45)


def test_lean_is_positive_toward_the_sign():
    assert g.lean_deg([10, -10], [0, 0], 1) == pytest.approx(45)
    assert g.lean_deg([10, -10], [0, 0], -1) == pytest.approx(-45)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("view", "facing"), [("front", "toward"), ("rear", "away")])
def test_knee_toward_the_middle_is_positive_for_both_legs_and_views(side, view, facing):
    scene = Scene(view=View(view), facing=facing, surface="static")
    medial = g.medial_sign(scene, side)
    # in a front view the runner's right leg is on the left of the picture: the middle lies to +x
    if view == "front":
        assert medial == (1 if side == "right" else -1)
    hip, ankle = np.array([0.0, 0.0]), np.array([0.0, 200.0])
    knee = np.array([10.0 * medial, 100.0])
    expected = 2 * np.degrees(np.arctan(0.1))
    assert g.fppa_deg(hip, knee, ankle, medial) == pytest.approx(expected)


def test_unseen_point_gives_nan_not_zero():
    assert np.isnan(g.knee_flexion_deg([0, 0], [np.nan, np.nan], [0, 2], 1))


def test_included_flexion_of_a_straight_and_a_square_leg():
    assert g.included_flexion_deg([0, 0, 0], [0, 1, 0], [0, 2, 0]) == pytest.approx(0)
    assert g.included_flexion_deg([0, 0, 0], [0, 1, 0], [1, 1, 0]) == pytest.approx(90)


@pytest.mark.parametrize("facing", ["left", "right", "toward", "away"])
@pytest.mark.parametrize("turn", [-25.0, 0.0, 25.0])
def test_world_yaw_is_positive_to_the_runners_left_whatever_the_view(facing, turn):
    # camera axes x right, z away; the runner's left and forward in them
    forward = {"right": (1, 0), "left": (-1, 0), "away": (0, 1), "toward": (0, -1)}[facing]
    left = np.array([-forward[1], forward[0]], float)
    fwd = np.array(forward, float)
    a = np.radians(turn)
    # turned to the left: the left shoulder goes backward
    line = np.cos(a) * left - np.sin(a) * fwd
    world = np.zeros((1, N_KEYPOINTS, 3))
    world[0, INDEX["left_shoulder"], [0, 2]] = 0.17 * line
    world[0, INDEX["right_shoulder"], [0, 2]] = -0.17 * line
    view = View.SIDE if facing in ("left", "right") else View.REAR
    scene = Scene(view=view, facing=facing, surface="treadmill")
    assert g.world_yaw_deg(world, scene, "shoulder") == pytest.approx([turn])


def test_a_runner_who_faces_right_shows_the_right_side():
    scene = Scene(view=View.SIDE, facing="right", surface="treadmill")
    assert g.near_side(scene) == "right"
    assert g.near_side(Scene(view=View.REAR, facing="away", surface="treadmill")) is None

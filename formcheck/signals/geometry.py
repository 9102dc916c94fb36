"""Angles of the body in the picture: pure functions of points in pixels.

Pictures have x to the right and y down. Every function that refers to gravity expects points that
were turned level first (:func:`level`). A sign argument is the image-x direction (+1 or -1) that
counts as positive: the runner's direction of travel in side view, the runner's middle or stance
side in frontal views.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from formcheck.data import FloatArray, PoseSequence, Scene
from formcheck.keypoints import Side, View, index_of
from formcheck.signals.facing import bend_by_length_deg


def level(xy_px: ArrayLike, roll_deg: float) -> FloatArray:
    """Turn points clockwise by the camera's roll, so that gravity points along +y.

    Parameters
    ----------
    xy_px : array_like, shape (..., 2)
        Pixels, y down. The turn is about the picture's origin: only differences have a meaning.
    roll_deg : float
        As :attr:`formcheck.data.Scene.roll_deg`: + = the picture must be turned clockwise.

    Returns
    -------
    ndarray of float, shape (..., 2)
    """
    xy = np.asarray(xy_px, dtype=np.float64)
    c, s = np.cos(np.deg2rad(roll_deg)), np.sin(np.deg2rad(roll_deg))
    x, y = xy[..., 0], xy[..., 1]
    return np.stack([c * x - s * y, s * x + c * y], axis=-1)


def angle_from_vertical_deg(vector_px: ArrayLike, sign: float = 1.0) -> FloatArray:
    """Angle between a vector that hangs down and the vertical.

    Parameters
    ----------
    vector_px : array_like, shape (..., 2)
        Distal minus proximal point, pixels, y down.
    sign : float
        Image-x direction that counts as positive.

    Returns
    -------
    ndarray of float, shape (...)
        Degrees in (-180, 180], + = distal end toward `sign`; NaN where a point is unseen.
    """
    v = np.asarray(vector_px, dtype=np.float64)
    return np.asarray(np.rad2deg(np.arctan2(v[..., 0] * sign, v[..., 1])))


def segment_deg(proximal_px: ArrayLike, distal_px: ArrayLike, sign: float = 1.0) -> FloatArray:
    """Angle of a segment (thigh, shank) to the vertical, + = distal end toward `sign`."""
    p, d = np.asarray(proximal_px, dtype=np.float64), np.asarray(distal_px, dtype=np.float64)
    return angle_from_vertical_deg(d - p, sign)


def lean_deg(upper_px: ArrayLike, lower_px: ArrayLike, sign: float = 1.0) -> FloatArray:
    """Angle of a segment that stands up (trunk) to the vertical, + = upper end toward `sign`."""
    u, w = np.asarray(upper_px, dtype=np.float64), np.asarray(lower_px, dtype=np.float64)
    v = u - w
    return np.asarray(np.rad2deg(np.arctan2(v[..., 0] * sign, -v[..., 1])))


def tilt_deg(a_px: ArrayLike, b_px: ArrayLike) -> FloatArray:
    """Angle of the line from `a` to `b` to the horizontal, + = `b` lower, in (-90, 90]."""
    v = np.asarray(b_px, dtype=np.float64) - np.asarray(a_px, dtype=np.float64)
    return np.asarray(np.rad2deg(np.arctan2(v[..., 1], np.abs(v[..., 0]))))


def wrap_deg(angle_deg: ArrayLike) -> FloatArray:
    """Return angles brought into [-180, 180)."""
    return np.asarray((np.asarray(angle_deg, dtype=np.float64) + 180.0) % 360.0 - 180.0)


def knee_flexion_deg(
    hip_px: ArrayLike, knee_px: ArrayLike, ankle_px: ArrayLike, forward_sign: float
) -> FloatArray:
    """Knee flexion in side view: thigh angle minus shank angle, 0 = straight, + = bent.

    Camera roll cancels, so the points need not be level.

    Parameters
    ----------
    hip_px, knee_px, ankle_px : array_like, shape (..., 2)
    forward_sign : float
        +1 if the runner faces image-right, -1 if image-left.

    Returns
    -------
    ndarray of float, shape (...)
        Degrees.
    """
    thigh = segment_deg(hip_px, knee_px, forward_sign)
    shank = segment_deg(knee_px, ankle_px, forward_sign)
    return wrap_deg(thigh - shank)


def fppa_deg(
    hip_px: ArrayLike, knee_px: ArrayLike, ankle_px: ArrayLike, medial_sign: float
) -> FloatArray:
    """Frontal plane projection angle: thigh line against shank line, + = knee toward the middle.

    Parameters
    ----------
    hip_px, knee_px, ankle_px : array_like, shape (..., 2)
    medial_sign : float
        Image-x direction that points to the body's middle line from this leg.

    Returns
    -------
    ndarray of float, shape (...)
        Degrees. Camera roll cancels; a turned foot or camera does not.
    """
    thigh = segment_deg(hip_px, knee_px, medial_sign)
    shank = segment_deg(knee_px, ankle_px, medial_sign)
    return wrap_deg(thigh - shank)


def included_flexion_deg(hip: ArrayLike, knee: ArrayLike, ankle: ArrayLike) -> FloatArray:
    """180 degrees minus the angle hip-knee-ankle, in two or three dimensions: 0 = straight."""
    u = np.asarray(knee, dtype=np.float64) - np.asarray(hip, dtype=np.float64)
    v = np.asarray(ankle, dtype=np.float64) - np.asarray(knee, dtype=np.float64)
    dot = np.sum(u * v, axis=-1)
    norm = np.linalg.norm(u, axis=-1) * np.linalg.norm(v, axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.rad2deg(np.arccos(np.clip(dot / norm, -1.0, 1.0))))


def medial_sign(scene: Scene, side: Side) -> int:
    """Image-x direction from the leg of `side` to the body's middle; 0 in side view."""
    return -scene.lateral_sign(side)


def near_side(scene: Scene) -> Side | None:
    """Return the leg nearer the camera in side view, None in frontal views.

    A runner who faces image-right shows the camera the right side.
    """
    if scene.view != View.SIDE:
        return None
    if scene.near_side is not None:
        return scene.near_side
    return "right" if scene.forward_sign > 0 else "left"


def knee_flexion_series_deg(pose: PoseSequence, scene: Scene, side: Side) -> FloatArray:
    """Knee flexion over time, shape (T,), degrees, 0 = straight.

    From the picture: the angle itself in side view, the shortening of thigh and shank in frontal
    views, where the angle does not show (:func:`formcheck.signals.facing.bend_by_length_deg`).
    """
    if scene.view == View.SIDE:
        return knee_flexion_deg(
            pose.joint(side, "hip"),
            pose.joint(side, "knee"),
            pose.joint(side, "ankle"),
            scene.forward_sign,
        )
    return bend_by_length_deg(pose, side)


def world_yaw_deg(
    world_m: FloatArray, scene: Scene, joint: Literal["shoulder", "hip"]
) -> FloatArray:
    """Axial rotation of the shoulder or hip line from the model's metric guess.

    Parameters
    ----------
    world_m : ndarray of float, shape (T, 33, 3)
        x right, y down, z away from the camera.
    scene : Scene
        Gives the runner's forward direction.
    joint : {"shoulder", "hip"}

    Returns
    -------
    ndarray of float, shape (T,)
        Degrees about the vertical, + = turned to the runner's left (right side forward). Unwrapped
        around the runner's own zero; NaN where a landmark is unseen.
    """
    v = world_m[:, index_of("left", joint)] - world_m[:, index_of("right", joint)]
    left, forward = _runner_axes(scene)
    horizontal = v[:, [0, 2]]
    return np.asarray(np.rad2deg(np.arctan2(-(horizontal @ forward), horizontal @ left)))


def _runner_axes(scene: Scene) -> tuple[FloatArray, FloatArray]:
    """Return the runner's left and forward directions in the camera's (x, z) plane."""
    forward = {
        "right": (1.0, 0.0),
        "left": (-1.0, 0.0),
        "away": (0.0, 1.0),
        "toward": (0.0, -1.0),
    }[scene.facing]
    fx, fz = forward
    # left = up x forward with up = -y in the right-handed frame (x right, y down, z away)
    return np.array([-fz, fx]), np.array([fx, fz])


def leg_length_px(pose: PoseSequence, side: Side) -> float:
    """Return the 90th percentile of thigh plus shank length: the stretched leg, pixels."""
    hip, knee, ankle = (pose.joint(side, j) for j in ("hip", "knee", "ankle"))
    length = np.linalg.norm(knee - hip, axis=-1) + np.linalg.norm(ankle - knee, axis=-1)
    length = length[np.isfinite(length)]
    return float(np.percentile(length, 90)) if length.size else float("nan")


def thigh_series_deg(pose: PoseSequence, scene: Scene, side: Side) -> FloatArray:
    """Thigh to the vertical in side view, shape (T,), + = knee ahead of the hip; roll-corrected."""
    return _leg_segment_deg(pose, scene, side, ("hip", "knee"))


def shank_series_deg(pose: PoseSequence, scene: Scene, side: Side) -> FloatArray:
    """Shank to the vertical in side view, shape (T,), + = ankle ahead of the knee; level."""
    return _leg_segment_deg(pose, scene, side, ("knee", "ankle"))


def _leg_segment_deg(
    pose: PoseSequence, scene: Scene, side: Side, joints: tuple[str, str]
) -> FloatArray:
    a, b = (level(pose.joint(side, joint), scene.roll_deg) for joint in joints)
    return segment_deg(a, b, scene.forward_sign)


def foot_pitch_series_deg(pose: PoseSequence, scene: Scene, side: Side) -> FloatArray:
    """Line from heel to toes against the horizontal, shape (T,), + = toes up; roll-corrected."""
    heel, toe = (level(pose.joint(side, joint), scene.roll_deg) for joint in ("heel", "foot_index"))
    return tilt_deg(toe, heel)


def fppa_series_deg(pose: PoseSequence, scene: Scene, side: Side) -> FloatArray:
    """Frontal plane projection angle over time, shape (T,), + = knee toward the middle."""
    hip, knee, ankle = (pose.joint(side, joint) for joint in ("hip", "knee", "ankle"))
    return fppa_deg(hip, knee, ankle, medial_sign(scene, side))


def trunk_series_deg(pose: PoseSequence, scene: Scene, sign: float) -> FloatArray:
    """Mid-hip to mid-shoulder against the vertical, shape (T,), + = shoulders toward `sign`."""
    shoulder, hip = (level(pose.mid(joint), scene.roll_deg) for joint in ("shoulder", "hip"))
    return lean_deg(shoulder, hip, sign)


def mid_hip_level_px(pose: PoseSequence, scene: Scene) -> FloatArray:
    """Mid-hip in level pixels, shape (T, 2), y down."""
    return level(pose.mid("hip"), scene.roll_deg)

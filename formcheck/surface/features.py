"""The features of a clip that the model explains, as drift-free signals on the frames' times."""

from dataclasses import dataclass

import numpy as np

from formcheck.data import FloatArray, PoseSequence, Trial
from formcheck.fitted.strip_loadings import Feature
from formcheck.keypoints import Side, View, index_of
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.series import (
    StrideClock,
    covered,
    integrate,
    low_pass,
    remove_stride_mean,
)
from formcheck.surface.strip_probe import TORSO_NAME, drop_name, roll_name, shift_name

_LEFT_SHOULDER, _RIGHT_SHOULDER = index_of("left", "shoulder"), index_of("right", "shoulder")


def picture_sign(view: View) -> int:
    """Return +1 if the runner's right is at the right of the picture (rear), -1 in front view."""
    return -1 if view == View.FRONT else 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FeatureSet:
    """Signals of one clip.

    Attributes
    ----------
    time_s : ndarray of float, shape (T,)
    seen : ndarray of float, shape (T, N)
        Degrees or percent of the torso length; zero mean over a stride; 0 where `covered` is 0.
    covered : ndarray of float, shape (T, N)
        1 where the feature was measured.
    """

    time_s: FloatArray
    seen: FloatArray
    covered: FloatArray


def shoulder_yaw_deg(world_m: FloatArray, forward: tuple[int, int]) -> FloatArray:
    """Return the yaw of the world landmarks' shoulder line, degrees, + = turned left.

    Parameters
    ----------
    world_m : ndarray of float, shape (T, 33, 3)
        x right, y down, z away from the camera.
    forward : tuple of int
        Components (x, z) of the running direction: (0, 1) seen from behind.

    Returns
    -------
    ndarray of float, shape (T,)
        Unwrapped around its median, NaN where unseen.
    """
    line = world_m[:, _LEFT_SHOULDER] - world_m[:, _RIGHT_SHOULDER]
    fx, fz = forward
    ahead = fx * line[:, 0] + fz * line[:, 2]
    # the left of the running direction, seen from above with x right and z away
    left = -fz * line[:, 0] + fx * line[:, 2]
    return np.asarray(np.degrees(np.arctan2(-ahead, left)))


def shoulders_apart(pose: PoseSequence, forward_sign: int) -> FloatArray:
    """Return left minus right shoulder along the running direction in side view, shape (T,).

    In torso lengths (median of shoulder to hip midpoint): by the sine of the turn times the
    shoulders' width, + = turned right. The metric landmarks exaggerate the turn of some runners by
    half; the picture does not.

    Parameters
    ----------
    pose : PoseSequence
        Side view, unfiltered.
    forward_sign : {1, -1}
        Picture's x of the running direction.
    """
    torso: FloatArray = np.linalg.norm(pose.mid("shoulder") - pose.mid("hip"), axis=1)
    seen = torso[np.isfinite(torso)]
    if not seen.size:
        return np.full(pose.time_s.size, np.nan)
    apart = (pose.joint("left", "shoulder") - pose.joint("right", "shoulder"))[:, 0]
    return np.asarray(forward_sign * apart / float(np.median(seen)))


def near_shoulder_ahead(pose: PoseSequence, forward_sign: int, near: Side) -> FloatArray:
    """Return how far the near shoulder lies before the ears' middle in side view, shape (T,).

    In torso lengths, + = turned right, as in :func:`shoulders_apart`. The far shoulder is hidden by
    the body and guessed by the model; this asks the near one only, against the head, which looks
    where it runs.
    """
    torso: FloatArray = np.linalg.norm(pose.mid("shoulder") - pose.mid("hip"), axis=1)
    seen = torso[np.isfinite(torso)]
    if not seen.size:
        return np.full(pose.time_s.size, np.nan)
    ahead = (pose.joint(near, "shoulder") - pose.mid("ear"))[:, 0]
    turned_right = forward_sign if near == "left" else -forward_sign
    return np.asarray(turned_right * ahead / float(np.median(seen)))


def _tilt_deg(trial: Trial) -> FloatArray:
    """Tilt of the shoulder landmarks' line, + = left shoulder higher."""
    sign = picture_sign(trial.scene.view)
    line = sign * (trial.raw.joint("right", "shoulder") - trial.raw.joint("left", "shoulder"))
    return np.asarray(sign * np.degrees(np.arctan2(line[:, 1], line[:, 0])))


def feature_steps(trial: Trial, feature: Feature) -> FloatArray:
    """Per-frame increments of a feature, in the sense of the rear view."""
    sign = picture_sign(trial.scene.view)
    if feature.kind in {"roll", "shift"}:
        name = (roll_name if feature.kind == "roll" else shift_name)(feature.strip)
        missing = np.full(trial.channels.time_s.size, np.nan)
        return np.asarray(sign * trial.channels.values.get(name, missing))
    if feature.kind == "shoulder_x":
        # in torso lengths of the moment, as the strips' shifts: a runner may come nearer
        x = sign * trial.raw.mid("shoulder")[:, 0]
        torso = trial.channels.values.get(TORSO_NAME, np.full(x.size, np.nan))
        return np.asarray(100.0 * np.diff(x, prepend=np.nan) / torso)
    if feature.kind == "shoulder_tilt":
        return np.diff(_tilt_deg(trial), prepend=np.nan)
    away = (0, 1) if trial.scene.view == View.REAR else (0, -1)
    return np.diff(shoulder_yaw_deg(trial.raw.world_m, away), prepend=np.nan)


def hidden_strips(trial: Trial, clock: StrideClock, settings: SurfaceSettings) -> frozenset[int]:
    """Return the strips that do not go up and down with the body: something stands before them."""
    time_s = trial.channels.time_s
    torso = trial.channels.values.get(TORSO_NAME, np.full(time_s.size, np.nan))
    middle = 0.5 * (trial.raw.mid("hip") + trial.raw.mid("shoulder"))[:, 1]

    def bounce(step: FloatArray) -> FloatArray:
        smooth = low_pass(time_s, integrate(step), settings.low_pass_hz)
        return remove_stride_mean(time_s, smooth, clock.stride_s)

    body = bounce(100.0 * np.diff(middle, prepend=np.nan) / torso)
    use = np.isfinite(body)
    power = float(np.square(body[use]).mean()) if use.any() else 0.0
    if power < settings.min_bounce_pct**2:
        return frozenset()
    hidden = set()
    for strip in range(settings.n_strips):
        step = trial.channels.values.get(drop_name(strip))
        if step is None:
            continue
        follows = float((bounce(step)[use] * body[use]).mean()) / power
        if follows < settings.min_bounce_share:
            hidden.add(strip)
    return frozenset(hidden)


def collect(
    trial: Trial, features: tuple[Feature, ...], clock: StrideClock, settings: SurfaceSettings
) -> FeatureSet:
    """Return the drift-free signals of all features."""
    time_s = trial.channels.time_s
    hidden = hidden_strips(trial, clock, settings)
    seen = np.zeros((time_s.size, len(features)))
    cover = np.zeros_like(seen)
    for i, feature in enumerate(features):
        step = feature_steps(trial, feature)
        smooth = low_pass(time_s, integrate(step), settings.low_pass_hz)
        centred = remove_stride_mean(time_s, smooth, clock.stride_s)
        cover[:, i] = covered(time_s, step, settings.max_gap_s) * np.isfinite(centred)
        if feature.kind in {"roll", "shift"} and feature.strip in hidden:
            cover[:, i] = 0.0
        seen[:, i] = np.where(cover[:, i] > 0, np.nan_to_num(centred), 0.0)
    return FeatureSet(time_s=time_s, seen=seen, covered=cover)

"""Landmarks and joint angles as motion data: the common ground of the TRC, MOT and C3D exports."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.data import FloatArray, Trial, readonly, sample_at
from formcheck.keypoints import NAMES, SIDES, View
from formcheck.signals.geometry import (
    fppa_series_deg,
    knee_flexion_series_deg,
    level,
    near_side,
    shank_series_deg,
    thigh_series_deg,
    trunk_series_deg,
)

MARKERS: Final = NAMES


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MotionData:
    """Marker paths on an even grid.

    Attributes
    ----------
    time_s : ndarray of float, shape (T,)
        Even steps.
    xyz_m : ndarray of float, shape (T, 33, 3)
        x forward, y up, z to the runner's right (OpenSim's axes); metres, NaN where unseen. The
        direction into the picture is the landmark model's guess about mid-hip; the origin is below
        the first mid-hip, on the ground.
    metric : bool
        True if lengths come from a measured scale; else from the model's guess of body size.
    """

    time_s: FloatArray
    xyz_m: FloatArray
    metric: bool

    @property
    def rate_hz(self) -> float:
        """Samples per second."""
        return (self.time_s.size - 1) / float(self.time_s[-1] - self.time_s[0])


def motion_of(trial: Trial) -> MotionData:
    """Return markers in metres: the picture plane from the picture, depth from the model.

    Camera roll is undone. Where the clip gives no scale, the torso's length in the model's metric
    guess sets it; the file then says so.
    """
    pose = trial.pose
    grid = _even_grid(pose.time_s)
    xy = np.stack([sample_at(pose.time_s, pose.xy_px[:, k], grid) for k in range(len(NAMES))], 1)
    depth = np.stack(
        [sample_at(pose.time_s, pose.world_m[:, k, 2], grid) for k in range(len(NAMES))], 1
    )
    flat = level(xy, trial.scene.roll_deg)
    scale, metric = _scale(trial)
    first = flat[np.isfinite(flat).all(axis=(1, 2))]
    origin = (
        np.array([first[0, 23:25, 0].mean(), np.percentile(first[..., 1].max(axis=1), 95)])
        if first.size
        else np.zeros(2)
    )
    right, up = (flat[..., 0] - origin[0]) * scale, (origin[1] - flat[..., 1]) * scale
    toward = -depth
    forward, side = {
        "right": (right, toward),
        "left": (-right, -toward),
        "away": (-toward, right),
        "toward": (toward, -right),
    }[trial.scene.facing]
    xyz = np.stack([forward, up, side], axis=-1)
    return MotionData(time_s=readonly(grid), xyz_m=readonly(xyz), metric=metric)


def _even_grid(time_s: FloatArray) -> FloatArray:
    if time_s.size < 2:
        msg = f"motion exports need at least 2 samples, got {time_s.size}"
        raise ValueError(msg)
    return np.linspace(time_s[0], time_s[-1], time_s.size)


def _scale(trial: Trial) -> tuple[float, bool]:
    if trial.scene.m_per_px is not None:
        return trial.scene.m_per_px, True
    torso_px = np.hypot(*(trial.pose.mid("shoulder") - trial.pose.mid("hip")).T)
    world = trial.pose.world_m
    torso_m = np.linalg.norm(
        world[:, [11, 12]].mean(axis=1) - world[:, [23, 24]].mean(axis=1), axis=1
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = torso_m / torso_px
    ok = ratio[np.isfinite(ratio)]
    return (float(np.median(ok)) if ok.size else 1e-3), False


def angles_deg(trial: Trial, grid_s: FloatArray) -> dict[str, FloatArray]:
    """Return the angles that this view carries, by name, degrees.

    Side view, near leg: ``knee_angle_*`` (flexion +), ``thigh_angle_*`` and ``shank_angle_*`` to
    the vertical (forward +), and ``trunk_lean`` (forward +). Rear and front: ``knee_line_*`` (knee
    toward the middle +) and ``trunk_side_lean`` (to the runner's right +).
    """
    pose, scene = trial.pose, trial.scene
    series: dict[str, FloatArray] = {}
    near = near_side(scene)
    for side in SIDES:
        if near is None:
            series[f"knee_line_{side[0]}"] = fppa_series_deg(pose, scene, side)
        elif side == near:
            series[f"knee_angle_{side[0]}"] = knee_flexion_series_deg(pose, scene, side)
            series[f"thigh_angle_{side[0]}"] = thigh_series_deg(pose, scene, side)
            series[f"shank_angle_{side[0]}"] = shank_series_deg(pose, scene, side)
    sign = scene.forward_sign if scene.view == View.SIDE else scene.lateral_sign("right")
    name = "trunk_lean" if scene.view == View.SIDE else "trunk_side_lean"
    series[name] = trunk_series_deg(pose, scene, sign)
    return {k: sample_at(pose.time_s, v, grid_s) for k, v in series.items()}

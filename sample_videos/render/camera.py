"""Pinhole camera, with an optional slow sway as of a hand-held phone."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sample_videos.render.meshes import FloatArray
from sample_videos.render.rotations import DEG

#: Direction in which the camera looks, as a turn about Z from the world's X axis.
VIEW_YAW_DEG = {"rear": 0.0, "front": 180.0, "left": -90.0, "right": 90.0}


@dataclass(frozen=True)
class CameraSpec:
    """Where the camera stands and how it is turned.

    Parameters
    ----------
    view : {'rear', 'front', 'left', 'right'}
        Side of the person on which the camera stands.
    distance_m, height_m : float
        From the person's place, and above the belt or floor.
    focal_mm : float
        35 mm equivalent along the longer side of the picture.
    azimuth_deg : float
        How far the camera has walked round the person, anticlockwise seen from above; it keeps
        looking at the person.
    yaw_deg, pitch_deg, roll_deg : float
        Turn to the camera's left, up, and clockwise (the picture turns anticlockwise).
    offset_m : float
        Sideways step of the camera, to its right.
    sway : float
        Hand-held sway; 1 is a calm hand (about 0.4 deg and 4 mm).
    """

    view: str = "rear"
    distance_m: float = 2.6
    height_m: float = 1.0
    focal_mm: float = 28.0
    azimuth_deg: float = 0.0
    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    offset_m: float = 0.0
    sway: float = 0.0


class Camera:
    """Camera at one moment: x_cam = R (X - C), image x right and y down, u = f x / z + cx.

    Parameters
    ----------
    spec : CameraSpec
        Placement.
    width_px, height_px : int
        Size of the upright picture.
    t_s : float
        Moment, for the sway.
    """

    def __init__(self, spec: CameraSpec, width_px: int, height_px: int, t_s: float = 0.0) -> None:
        self.spec, self.width_px, self.height_px = spec, width_px, height_px
        self.f_px = spec.focal_mm / 36 * max(width_px, height_px)
        self.cx, self.cy = width_px / 2, height_px / 2
        w = 2 * np.pi * t_s
        sway = spec.sway * np.array(
            [
                0.30 * np.sin(0.31 * w + 0.4)
                + 0.16 * np.sin(0.83 * w + 2.0)
                + 0.05 * np.sin(2.9 * w),
                0.25 * np.sin(0.27 * w + 1.7)
                + 0.14 * np.sin(0.71 * w)
                + 0.05 * np.sin(3.3 * w + 1.0),
                0.25 * np.sin(0.19 * w + 3.0) + 0.10 * np.sin(0.59 * w + 1.1),
            ]
        )
        a = (VIEW_YAW_DEG[spec.view] + spec.azimuth_deg) * DEG
        d = np.array([np.cos(a), np.sin(a), 0])
        right = np.cross(d, [0, 0, 1])
        shift = (
            0.004
            * spec.sway
            * np.array([np.sin(0.37 * w), np.sin(0.43 * w + 2.0), np.sin(0.29 * w + 1.0)])
        )
        self.C = (
            np.array([0, 0, spec.height_m]) - d * spec.distance_m + right * spec.offset_m + shift
        )
        yaw, pit, roll = (np.array([spec.yaw_deg, spec.pitch_deg, spec.roll_deg]) + sway) * DEG
        a = a + yaw
        d = np.array([np.cos(a), np.sin(a), 0])
        right = np.cross(d, [0, 0, 1])
        look = d * np.cos(pit) + np.array([0, 0, 1]) * np.sin(pit)
        up = np.cross(right, look)
        x_axis = right * np.cos(roll) - up * np.sin(roll)
        y_axis = up * np.cos(roll) + right * np.sin(roll)
        self.R = np.stack([x_axis, -y_axis, look])

    def project(self, points_m: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Project world points to pixels, shape (..., 2), and depth in metres, shape (...)."""
        x = (np.asarray(points_m) - self.C) @ self.R.T
        u = self.f_px * x[..., 0] / x[..., 2] + self.cx
        v = self.f_px * x[..., 1] / x[..., 2] + self.cy
        return np.stack([u, v], -1), x[..., 2]

    def gl_matrix(self, near_m: float = 0.2, far_m: float = 40.0) -> FloatArray:
        """World to clip coordinates of OpenGL."""
        view = np.eye(4)
        view[:3, :3] = np.diag([1, -1, -1]) @ self.R
        view[:3, 3] = -view[:3, :3] @ self.C
        p = np.zeros((4, 4))
        p[0, 0], p[1, 1] = 2 * self.f_px / self.width_px, 2 * self.f_px / self.height_px
        p[0, 2] = 1 - 2 * self.cx / self.width_px
        p[1, 2] = 2 * self.cy / self.height_px - 1
        p[2, 2] = -(far_m + near_m) / (far_m - near_m)
        p[2, 3] = -2 * far_m * near_m / (far_m - near_m)
        p[3, 2] = -1
        return p @ view

    def dump(self) -> dict[str, Any]:
        """Plain numbers for the truth file."""
        return {
            "view": self.spec.view,
            "f_px": round(self.f_px, 4),
            "cx": self.cx,
            "cy": self.cy,
            "C": np.round(self.C, 6).tolist(),
            "R": np.round(self.R, 8).tolist(),
            "width": self.width_px,
            "height": self.height_px,
            "moving": self.spec.sway > 0,
        }

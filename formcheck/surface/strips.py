"""Horizontal strips of the trunk: where they lie.

The trunk is cut into strips across the body axis (mid-hip to mid-shoulder). Heights and half-widths
are in torso lengths above the mid-hip, so they mean the same place on every body: 0 is the hip
joints, about 0.2 the PSIS, 0.3 the iliac crest, 1 the shoulders.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from formcheck.data import BoolArray, FloatArray
from formcheck.keypoints import SIDES, index_of
from formcheck.settings.surface import SurfaceSettings

_HIPS = tuple(index_of(s, "hip") for s in SIDES)
_SHOULDERS = tuple(index_of(s, "shoulder") for s in SIDES)
_FOREARM = ("elbow", "wrist", "index")
_ARM_BEGINS = [index_of(side, joint) for side in SIDES for joint in _FOREARM[:-1]]
_ARM_ENDS = [index_of(side, joint) for side in SIDES for joint in _FOREARM[1:]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Torso:
    """The body axis in the picture.

    Attributes
    ----------
    hip_px, shoulder_px : ndarray of float, shape (2,)
        Midpoints of the two pairs of landmarks: they do not care which side is called left.
    """

    hip_px: FloatArray
    shoulder_px: FloatArray

    @property
    def length_px(self) -> float:
        """Distance from mid-hip to mid-shoulder."""
        return float(np.linalg.norm(self.shoulder_px - self.hip_px))

    @property
    def centre_px(self) -> FloatArray:
        """Middle of the torso."""
        return 0.5 * (self.hip_px + self.shoulder_px)


def torso_of(xy_px: FloatArray) -> Torso | None:
    """Return the body axis of one frame's landmarks, or None where it cannot be told.

    Parameters
    ----------
    xy_px : ndarray of float, shape (33, 2)
    """
    hip, shoulder = xy_px[list(_HIPS)].mean(axis=0), xy_px[list(_SHOULDERS)].mean(axis=0)
    if not (np.isfinite(hip).all() and np.isfinite(shoulder).all()):
        return None
    torso = Torso(hip_px=hip, shoulder_px=shoulder)
    # leaning over or upside down: the strips would not be across the trunk any more
    upright = hip[1] - shoulder[1] > 0.7 * torso.length_px
    return torso if upright and torso.length_px > 1.0 else None


def shoulder_share(xy_px: FloatArray, torso: Torso) -> float:
    """Return how wide apart the shoulders stand in the picture, in torso lengths."""
    left, right = xy_px[list(_SHOULDERS)]
    return float(abs(left[0] - right[0]) / torso.length_px)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lattice:
    """Points that are tracked: their place on the body and in the picture.

    Attributes
    ----------
    strip : ndarray of int, shape (N,)
        Which strip each point belongs to, 0 = lowest.
    across : ndarray of float, shape (N,)
        Distance from the body axis in torso lengths, + = image-right.
    xy_px : ndarray of float, shape (N, 2)
    """

    strip: NDArray[np.int64]
    across: FloatArray
    xy_px: FloatArray


def half_width(height: FloatArray, settings: SurfaceSettings) -> FloatArray:
    """Return how far from the axis a strip is looked at, in torso lengths."""
    return np.asarray(np.interp(height, settings.width_heights, settings.half_widths))


def lattice(torso: Torso, settings: SurfaceSettings) -> Lattice:
    """Return a regular grid of points over the trunk, in body coordinates and pixels."""
    strip, height, across = _body_grid(settings)
    up = (torso.shoulder_px - torso.hip_px) / torso.length_px
    right = np.array([-up[1], up[0]])
    offset = height[:, None] * up + across[:, None] * right
    return Lattice(strip=strip, across=across, xy_px=torso.hip_px + torso.length_px * offset)


@cache
def _body_grid(settings: SurfaceSettings) -> tuple[NDArray[np.int64], FloatArray, FloatArray]:
    """Return strip, height and distance across of each point; the same for every frame."""
    edges = settings.strip_edges
    step = settings.point_spacing
    heights = np.arange(edges[0] + 0.5 * step, edges[-1], step)
    counts = (half_width(heights, settings) / step).astype(int)
    height = np.repeat(heights, 2 * counts + 1)
    across = np.concatenate([step * np.arange(-n, n + 1) for n in counts])
    strip = np.searchsorted(np.asarray(edges), height, side="right") - 1
    for array in (strip, height, across):
        array.setflags(write=False)
    return strip, height, across


def off_the_arms(points_px: FloatArray, xy_px: FloatArray, radius_px: float) -> BoolArray:
    """Tell which points are farther than `radius_px` from both forearms and hands."""
    begin, end = xy_px[_ARM_BEGINS], xy_px[_ARM_ENDS]
    seen = np.isfinite(begin).all(axis=1) & np.isfinite(end).all(axis=1)
    begin, along = begin[seen, None], (end - begin)[seen, None]
    from_begin = points_px - begin
    length2 = np.maximum((along * along).sum(axis=-1), 1e-9)
    share = np.clip((from_begin * along).sum(axis=-1) / length2, 0.0, 1.0)
    away = from_begin - share[..., None] * along
    return np.asarray(((away * away).sum(axis=-1) > radius_px**2).all(axis=0))

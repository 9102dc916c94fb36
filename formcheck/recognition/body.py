"""A person on a uniform clock, in leg lengths: what all features are read from."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.signal import savgol_filter

from formcheck.data import FloatArray, PoseSequence
from formcheck.keypoints import INDEX, SIDES

RATE_HZ: Final = 25.0
"""Everything is brought to this rate: what is told apart here lasts a tenth of a second or more."""
MIN_SEEN_S: Final = 1.0
_MAX_GAP_S: Final = 0.4
_SMOOTH: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Body:
    """A person on a uniform clock, in leg lengths, the unseen moments left out.

    Attributes
    ----------
    time_s : ndarray of float, shape (T,)
        Uniform; jumps where nobody was seen.
    at : ndarray of float, shape (T, 33, 2)
        Landmarks, x right, y up.
    world : ndarray of float, shape (T, 33, 3)
    unit_px : ndarray of float, shape (T,)
        Leg length in pixels.
    """

    time_s: FloatArray
    at: FloatArray
    world: FloatArray
    unit_px: FloatArray

    def pair(self, joint: str) -> FloatArray:
        """Return left and right, shape (T, 2, 2): time, side, x and y."""
        return self.at[:, [INDEX[f"{s}_{joint}"] for s in SIDES]]

    def mid(self, joint: str) -> FloatArray:
        """Return the midpoint of a pair, shape (T, 2)."""
        return np.asarray(self.pair(joint).mean(axis=1))

    def space(self, joint: str) -> FloatArray:
        """Return left and right in the model's space, shape (T, 2, 3)."""
        return self.world[:, [INDEX[f"{s}_{joint}"] for s in SIDES]]


def body_of(raw: PoseSequence) -> Body | None:
    """Return the person of a clip on a uniform clock; None where too little is seen of anybody."""
    t = raw.time_s
    seen = np.isfinite(raw.mid("hip")[:, 0] + raw.mid("shoulder")[:, 0])
    if seen.sum() < 8:
        return None
    grid = np.arange(t[seen][0], t[seen][-1] + 1e-9, 1.0 / RATE_HZ)
    near = np.searchsorted(t[seen], grid).clip(1, int(seen.sum()) - 1)
    grid = grid[t[seen][near] - t[seen][near - 1] <= _MAX_GAP_S]
    if grid.size < MIN_SEEN_S * RATE_HZ:
        return None
    xy = _on_grid(t, raw.xy_px, grid)
    world = _on_grid(t, raw.world_m, grid)
    unit = _leg_px(xy)
    at = xy * [1.0, -1.0] / unit[:, None, None]
    return Body(time_s=grid, at=at, world=world, unit_px=unit)


def _on_grid(t: FloatArray, values: FloatArray, grid: FloatArray) -> FloatArray:
    """Interpolate and smooth every column over the moments at which it was seen."""
    flat = values.reshape(t.size, -1)
    out = np.zeros((grid.size, flat.shape[1]))
    for column in range(flat.shape[1]):
        seen = np.isfinite(flat[:, column])
        if seen.sum() > 1:
            out[:, column] = np.interp(grid, t[seen], flat[seen, column])
    smooth = np.asarray(savgol_filter(out, _SMOOTH, 2, axis=0), dtype=np.float64)
    return smooth.reshape(grid.size, *values.shape[1:])


def _leg_px(xy: FloatArray) -> FloatArray:
    """Return the leg's length in pixels: what it is when it is seen at its longest, 2 s around."""
    leg = np.zeros(xy.shape[0])
    for side in SIDES:
        hip, knee, ankle = (xy[:, INDEX[f"{side}_{j}"]] for j in ("hip", "knee", "ankle"))
        both = np.linalg.norm(hip - knee, axis=1) + np.linalg.norm(knee - ankle, axis=1)
        leg = np.maximum(leg, both)
    trunk = np.linalg.norm(
        xy[:, [INDEX["left_shoulder"], INDEX["right_shoulder"]]].mean(axis=1)
        - xy[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1),
        axis=1,
    )
    longest = np.maximum(leg, 1.4 * trunk)
    half = int(2 * RATE_HZ)
    at = np.arange(0, longest.size, 10)
    level = [float(np.quantile(longest[max(0, k - half) : k + half + 1], 0.8)) for k in at]
    return np.asarray(np.maximum(np.interp(np.arange(longest.size), at, level), 1.0))

"""Rigid motion of strips between two frames, fitted to tracked points: all strips at once.

A strip has about 20 points: one strip after the other, the time would go into calling numpy.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.data import BoolArray, FloatArray
from formcheck.robust import masked_median
from formcheck.settings.surface import SurfaceSettings

_RIDGE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class StripMotion:
    """Motion of one strip between two frames.

    Attributes
    ----------
    shift_pct : float
        Sideways shift at the body axis, + = image-right, percent of the torso length.
    roll_deg : float
        Slope of the vertical motion over the width, + = clockwise in the picture.
    drop_pct : float
        Downward motion at the body axis, percent of the torso length.
    n_points : float
        Effective number of points behind it.
    """

    shift_pct: float
    drop_pct: float
    roll_deg: float
    n_points: float


def fit_strips(
    strip: NDArray[np.int64],
    across: FloatArray,
    motion: FloatArray,
    weight: FloatArray,
    settings: SurfaceSettings,
) -> dict[int, StripMotion]:
    """Fit ``u = u0 + ux x, v = v0 + vx x`` per strip to tracked points, robustly (Cauchy weights).

    Only ``v`` gives the rotation: ``u`` over the height of a strip is shear of the trunk, and
    ``ux`` is breathing, yaw and scale.

    Parameters
    ----------
    strip : ndarray of int, shape (N,)
        Which strip each point belongs to.
    across : ndarray of float, shape (N,)
        Distance from the body axis, torso lengths.
    motion : ndarray of float, shape (N, 2)
        Torso lengths.
    weight : ndarray of float, shape (N,)
        Trackability, 0 = not tracked.

    Returns
    -------
    dict of int to StripMotion
        Without the strips that have too few points or too narrow a spread of them.
    """
    names, table, x, f, base = _tables(strip, across, motion, weight)
    counts = table.sum(axis=1)
    spread = _ptp(x, table)
    good = (counts >= settings.min_strip_points) & (spread >= settings.min_strip_width)
    if not good.any():
        return {}
    names, table, x, f, base = (a[good] for a in (names, table, x, f, base))
    solution = np.zeros((len(names), 2, 2))
    # begin from the common shift: a least-squares line would follow an arm at the strip's end
    solution[:, 0] = np.stack([masked_median(f[..., k], table) for k in (0, 1)], axis=-1)
    w = base
    for _ in range(settings.robust_iterations):
        misfit = f - solution[:, None, 0] - x[..., None] * solution[:, None, 1]
        error = np.sqrt((misfit**2).sum(axis=-1))
        scale = settings.robust_scale * (1.4826 * masked_median(error, table) + 1e-4)
        w = base / (1.0 + (error / scale[:, None]) ** 2)
        solution = _lines(x, f, w)
    n_points = w.sum(axis=1) ** 2 / np.maximum((w**2).sum(axis=1), 1e-12)
    roll_deg = np.degrees(solution[:, 1, 1])
    return {
        int(name): StripMotion(
            shift_pct=100.0 * float(at[0, 0]),
            drop_pct=100.0 * float(at[0, 1]),
            roll_deg=float(roll),
            n_points=float(n),
        )
        for name, at, roll, n in zip(names, solution, roll_deg, n_points, strict=True)
    }


def _tables(
    strip: NDArray[np.int64], across: FloatArray, motion: FloatArray, weight: FloatArray
) -> tuple[NDArray[np.int64], BoolArray, FloatArray, FloatArray, FloatArray]:
    """Return the tracked points as one row per strip, filled up with weightless ones."""
    use = np.flatnonzero(weight > 0)
    use = use[np.argsort(strip[use], kind="stable")]
    names, first, counts = np.unique(strip[use], return_index=True, return_counts=True)
    width = int(counts.max(initial=0))
    row = np.repeat(np.arange(len(names)), counts)
    column = np.arange(use.size) - np.repeat(first, counts)
    table = np.zeros((len(names), width), dtype=bool)
    x, base = np.zeros(table.shape), np.zeros(table.shape)
    f = np.zeros((*table.shape, 2))
    table[row, column] = True
    x[row, column], base[row, column], f[row, column] = across[use], weight[use], motion[use]
    return names, table, x, f, base


def _ptp(x: FloatArray, table: BoolArray) -> FloatArray:
    high = np.where(table, x, -np.inf).max(axis=1, initial=-np.inf)
    return np.asarray(high - np.where(table, x, np.inf).min(axis=1, initial=np.inf))


def _lines(x: FloatArray, f: FloatArray, w: FloatArray) -> FloatArray:
    """Return weighted straight lines, shape (S, 2, 2): at the axis and slope, of u and v."""
    s0, s1, s2 = w.sum(axis=1) + _RIDGE, (w * x).sum(axis=1), (w * x * x).sum(axis=1) + _RIDGE
    t0 = (w[..., None] * f).sum(axis=1)
    t1 = ((w * x)[..., None] * f).sum(axis=1)
    det = s0 * s2 - s1**2
    at = (s2[:, None] * t0 - s1[:, None] * t1) / det[:, None]
    slope = (s0[:, None] * t1 - s1[:, None] * t0) / det[:, None]
    return np.stack([at, slope], axis=1)

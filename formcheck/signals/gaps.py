"""Bridging short gaps and bringing everything to a uniform grid, without inventing motion."""

import numpy as np
from scipy.interpolate import PchipInterpolator

from formcheck.data import FloatArray


def uniform_grid(time_s: FloatArray, max_rate_hz: float) -> FloatArray:
    """Return equally spaced times from the first to the last sample.

    The step is the median one (a dropped frame does not change it), stretched so that the grid ends
    on the last sample; for a clip of constant rate the grid is the frames' own times.
    """
    n = int(time_s.size)
    if n < 2:
        return np.array(time_s)
    span_s = float(time_s[-1] - time_s[0])
    step_s = max(float(np.median(np.diff(time_s))), 1 / max_rate_hz)
    return np.linspace(time_s[0], time_s[-1], max(2, round(span_s / step_s) + 1))


def resampled(
    time_s: FloatArray, values: FloatArray, grid_s: FloatArray, max_gap_s: float
) -> FloatArray:
    """Return values on a grid, shape-preserving (PCHIP), leaving longer gaps unseen.

    Parameters
    ----------
    time_s : ndarray of float, shape (T,)
    values : ndarray of float, shape (T, D)
        A row counts as unseen where any of its D columns is NaN.
    grid_s : ndarray of float, shape (N,)
    max_gap_s : float
        Longest unseen time that is bridged: the time between two seen samples beyond the usual
        step between frames.

    Returns
    -------
    ndarray of float, shape (N, D)
        NaN in longer gaps and outside the first and last seen sample. PCHIP never overshoots.
    """
    out = np.full((grid_s.size, values.shape[1]), np.nan)
    seen = np.isfinite(values).all(axis=1)
    at = time_s[seen]
    if at.size < 2:
        return out
    step_s = float(np.median(np.diff(time_s)))
    inside = (grid_s >= at[0] - 1e-9) & (grid_s <= at[-1] + 1e-9)
    right = np.clip(np.searchsorted(at, grid_s - 1e-9), 1, at.size - 1)
    unseen_s = at[right] - at[right - 1] - step_s
    on_sample = np.minimum(np.abs(at[right] - grid_s), np.abs(at[right - 1] - grid_s)) < 1e-6
    keep = inside & (on_sample | (unseen_s <= max_gap_s + 1e-6))
    out[keep] = PchipInterpolator(at, values[seen], axis=0)(np.clip(grid_s[keep], at[0], at[-1]))
    return out

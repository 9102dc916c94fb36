"""What a probe's channels are on the frames between those that it was fed."""

import numpy as np

from formcheck.data import FloatArray

_SAME_S = 1e-5


def spread(time_s: FloatArray, step: FloatArray, since_s: FloatArray) -> FloatArray:
    """Give the frames between those that were looked at their share of the steps.

    Each unbroken run of steps is summed, and a cubic spline through the sums says how the motion
    went in between.

    Parameters
    ----------
    time_s, step : ndarray of float, shape (T,)
        NaN where nothing was measured.
    since_s : ndarray of float, shape (T,)
        How long each step took; NaN where not told.

    Returns
    -------
    ndarray of float, shape (T,)
        Steps since the frame before; NaN in and around breaks.
    """
    from scipy.interpolate import CubicSpline  # noqa: PLC0415 (workers load this module, not scipy)

    ends = np.flatnonzero(np.isfinite(step) & np.isfinite(since_s))
    # the picture shown when the step began: a repeat of it may have been left out since
    began_s = time_s[ends] - since_s[ends] + _SAME_S
    starts = np.searchsorted(time_s, began_s, side="right") - 1
    if (starts < 0).any():  # a step from before the part that is left
        step = np.where(np.isin(np.arange(step.size), ends[starts < 0]), np.nan, step)
        ends, starts = ends[starts >= 0], starts[starts >= 0]
    if np.array_equal(starts, ends - 1):
        return step
    out = np.full(time_s.size, np.nan)
    breaks = np.flatnonzero(starts[1:] != ends[:-1]) + 1
    for own in np.split(np.arange(ends.size), breaks):
        knots = np.concatenate([starts[own[:1]], ends[own]])
        sums = np.concatenate([[0.0], np.cumsum(step[ends[own]])])
        rows = np.arange(knots[0], knots[-1] + 1)
        out[rows[1:]] = np.diff(CubicSpline(time_s[knots], sums)(time_s[rows]))
    return out


def held(time_s: FloatArray, values: FloatArray, steps: FloatArray) -> FloatArray:
    """Give the frames that have a share of a step what was told of the step.

    Parameters
    ----------
    time_s, values : ndarray of float, shape (T,)
        NaN where nothing was told.
    steps : ndarray of float, shape (T,)
        From :func:`spread`.

    Returns
    -------
    ndarray of float, shape (T,)
        The next value told; NaN where `steps` is.
    """
    told = np.flatnonzero(np.isfinite(values))
    if not told.size:
        return values
    following = told[np.minimum(np.searchsorted(told, np.arange(time_s.size)), told.size - 1)]
    return np.where(np.isfinite(steps), values[following], np.nan)


def bridged(time_s: FloatArray, values: FloatArray, longest_s: float) -> FloatArray:
    """Interpolate between frames at most `longest_s` apart, linearly.

    Parameters
    ----------
    time_s, values : ndarray of float, shape (T,)
        NaN where nothing was seen.
    longest_s : float
    """
    seen = np.flatnonzero(np.isfinite(values))
    if seen.size < 2:
        return values
    following = np.clip(np.searchsorted(seen, np.arange(time_s.size)), 1, seen.size - 1)
    gap = time_s[seen[following]] - time_s[seen[following - 1]]
    inside = (np.arange(time_s.size) >= seen[0]) & (np.arange(time_s.size) <= seen[-1])
    near = inside & (gap <= longest_s)
    return np.where(near, np.interp(time_s, time_s[seen], values[seen]), values)

"""Zero-lag smoothing on true frame times: local polynomial regression with a Gaussian window.

Works on unevenly timed and gappy samples, has no delay, and needs no padding at the ends.
"""

import numpy as np
from scipy.linalg import solve

from formcheck.data import BoolArray, FloatArray

_REACH = 3.0  # the window is cut at this many widths


def local_fit(
    time_s: FloatArray,
    values: FloatArray,
    at_s: FloatArray,
    width_s: float,
    order: int = 2,
) -> tuple[FloatArray, FloatArray]:
    """Fit a local polynomial around every time and return its value and slope.

    Parameters
    ----------
    time_s : ndarray of float, shape (T,)
        Strictly rising times.
    values : ndarray of float, shape (T,)
        NaN where unseen.
    at_s : ndarray of float, shape (N,)
        Where to evaluate.
    width_s : float
        SD of the Gaussian window, seconds.
    order : {1, 2, 3}
        Order of the polynomial.

    Returns
    -------
    value, slope : ndarray of float, shape (N,)
        NaN where fewer than ``order + 1`` samples (plus one) lie in the window or all of them lie
        on one side further than half a window away.
    """
    ok = np.isfinite(values)
    t, v = time_s[ok], values[ok]
    out = np.full((2, at_s.size), np.nan)
    lo = np.searchsorted(t, at_s - _REACH * width_s)
    hi = np.searchsorted(t, at_s + _REACH * width_s)
    for n in np.flatnonzero(hi - lo >= order + 1):
        u = (t[lo[n] : hi[n]] - at_s[n]) / width_s
        if np.abs(u).min() > 1.0:
            continue
        w = np.exp(-0.5 * u * u)
        basis = u[:, None] ** np.arange(order + 1)
        gram = basis.T @ (basis * w[:, None]) + 1e-9 * np.eye(order + 1)
        c = solve(gram, basis.T @ (w * v[lo[n] : hi[n]]), assume_a="pos")
        out[:, n] = c[0], c[1] / width_s
    return out[0], out[1]


def fill(time_s: FloatArray, values: FloatArray) -> FloatArray:
    """Interpolate over unseen samples, shape (T,); all zeros where nothing was seen."""
    ok = np.isfinite(values)
    if not ok.any():
        return np.zeros_like(values)
    return np.asarray(np.interp(time_s, time_s[ok], values[ok]))


def trend(time_s: FloatArray, values: FloatArray, width_s: float) -> FloatArray:
    """Return the slow part of a signal: a local line over `width_s`, gaps bridged, shape (T,)."""
    line, _ = local_fit(time_s, values, time_s, width_s, order=1)
    return fill(time_s, line)


def runs(mask: BoolArray) -> list[tuple[int, int]]:
    """Return the half-open index ranges in which `mask` is true."""
    edge = np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8))
    starts, ends = np.flatnonzero(edge == 1), np.flatnonzero(edge == -1)
    return [(int(a), int(b)) for a, b in zip(starts, ends, strict=True)]

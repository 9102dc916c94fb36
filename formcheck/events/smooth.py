"""Zero-lag smoothing on true frame times: local polynomial regression with a Gaussian window.

Works on unevenly timed and gappy samples, has no delay, and needs no padding at the ends.
"""

import numpy as np

from formcheck.data import BoolArray, FloatArray, IntArray

_REACH = 3.0  # the window is cut at this many widths
_CHUNK_VALUES = 500_000  # window samples held at once


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
    wanted = np.flatnonzero(hi - lo >= order + 1)
    if not wanted.size:
        return out[0], out[1]
    chunk = max(1, _CHUNK_VALUES // int((hi - lo)[wanted].max()))
    for start in range(0, wanted.size, chunk):
        n = wanted[start : start + chunk]
        out[:, n] = _fits(t, v, (lo[n], hi[n]), at_s[n], width_s, order)
    return out[0], out[1]


def _fits(
    t: FloatArray,
    v: FloatArray,
    span: tuple[IntArray, IntArray],
    at_s: FloatArray,
    width_s: float,
    order: int,
) -> FloatArray:
    """Solve many small weighted fits at once; return values and slopes, shape (2, N)."""
    lo, hi = span
    index = lo[:, None] + np.arange(int((hi - lo).max()))
    inside = index < hi[:, None]
    index = np.minimum(index, t.size - 1)
    u = (t[index] - at_s[:, None]) / width_s
    w = np.where(inside, np.exp(-0.5 * u * u), 0.0)
    near = np.abs(np.where(inside, u, np.inf)).min(axis=1) <= 1.0
    seen = v[index]
    moments, right = np.empty((2 * order + 1, len(w))), np.empty((order + 1, len(w)))
    term = w  # sums of w u^k and w u^k v: cheaper than the products of whole design matrices
    for k in range(2 * order + 1):
        moments[k] = term.sum(axis=1)
        if k <= order:
            right[k] = np.einsum("nm,nm->n", term, seen)
        term = term * u
    hankel = np.add.outer(np.arange(order + 1), np.arange(order + 1))
    gram = np.moveaxis(moments[hankel], -1, 0) + 1e-9 * np.eye(order + 1)
    c = np.linalg.solve(gram, right.T[:, :, None])[:, :, 0]
    return np.where(near, np.stack([c[:, 0], c[:, 1] / width_s]), np.nan)


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

"""Single wild points: elsewhere than before and after.

The usual Hampel test compares a point with the median of its window. At 30 frames a second a knee
that bends and straightens within four frames is itself "far from the median", and the test shaves
8 to 10 degrees off real peaks. Here a point (or two in a row) is compared with the cubic through
the two neighbours on either side, which follows a peak, and must be the worst near it.
"""

import numpy as np
from scipy.ndimage import maximum_filter1d

from formcheck.data import BoolArray, FloatArray
from formcheck.settings.signals import OutlierSettings

_MAD_TO_SD = 1.4826
_REFERENCE_HEIGHT_M = 1.7
_FAINT, _PLAIN = 0.5, 0.9


def outlying_points(
    time_s: FloatArray,
    xy_px: FloatArray,
    body_px: float,
    settings: OutlierSettings,
    visibility: FloatArray | None = None,
) -> BoolArray:
    """Return which points are outliers, shape (T, K).

    Parameters
    ----------
    time_s : ndarray of float, shape (T,)
    xy_px : ndarray of float, shape (T, K, 2)
        NaN where unseen.
    body_px : float
        Body height, pixels.
    settings : OutlierSettings
    visibility : ndarray of float, shape (T, K), optional
        A well seen point must depart twice as far: losing a true peak is worse than keeping noise.
    """
    wild = _too_fast(time_s, xy_px, body_px, settings)
    kept = np.where(wild[..., None], np.nan, xy_px)
    trust = np.ones(kept.shape[:2])
    if visibility is not None:
        trust += np.clip((visibility - _FAINT) / (_PLAIN - _FAINT), 0, 1)
    single, pair = (departures_px(time_s, kept, m) / trust for m in (1, 2))
    # beside a wild pair its good neighbours depart by half as much, and beside a wild single point
    # pairs of good ones by a third: whichever departs most is the wild one
    pairs = _worst(pair, settings.floor_body[1] * body_px, settings)
    pairs &= np.nan_to_num(pair) >= _highest_near(single, settings.window_frames)
    pairs[1:] |= pairs[:-1].copy()
    single = departures_px(time_s, np.where(pairs[..., None], np.nan, kept)) / trust
    return wild | pairs | _worst(single, settings.floor_body[0] * body_px, settings)


def _worst(off: FloatArray, floor_px: float, settings: OutlierSettings) -> BoolArray:
    """Return departures beyond the limit that are the highest in their neighbourhood."""
    limit = np.maximum(settings.sigmas * _MAD_TO_SD * _nanmedian(off), floor_px)
    finite = np.nan_to_num(off)
    return np.asarray((finite > limit) & (finite >= _highest_near(off, settings.window_frames)))


def _highest_near(off: FloatArray, window: int) -> FloatArray:
    return np.asarray(maximum_filter1d(np.nan_to_num(off), window, axis=0, mode="nearest"))


def departures_px(time_s: FloatArray, xy_px: FloatArray, m: int = 1) -> FloatArray:
    """Return how far `m` points in a row are from the cubic through their four neighbours.

    Parameters
    ----------
    time_s : ndarray of float, shape (T,)
    xy_px : ndarray of float, shape (T, K, 2)
    m : int
        How many are judged together: the smallest departure among them counts.

    Returns
    -------
    ndarray of float, shape (T, K)
        At the first of the `m`; NaN near the ends and beside unseen points.
    """
    n = int(time_s.size)
    out = np.full(xy_px.shape[:2], np.nan)
    if n < m + 4:
        return out
    span = n - m - 3
    around = (0, 1, m + 2, m + 3)
    apart = np.full((span, xy_px.shape[1]), np.inf)
    for inner in range(2, m + 2):
        now = time_s[inner : inner + span]
        predicted = np.zeros((span, *xy_px.shape[1:]))
        for i in around:
            at = time_s[i : i + span] - now
            weight = np.ones(span)
            for j in around:
                if i != j:
                    other = time_s[j : j + span] - now
                    weight *= -other / (at - other)  # Lagrange's basis at 0
            predicted += weight[:, None, None] * xy_px[i : i + span]
        off = np.linalg.norm(xy_px[inner : inner + span] - predicted, axis=2)
        apart = np.minimum(apart, off)
    out[2 : 2 + span] = apart
    return out


def _nanmedian(values: FloatArray) -> FloatArray:
    """Return the median over time without a warning for points never seen, shape (K,)."""
    columns = [v[np.isfinite(v)] for v in values.T]
    return np.array([np.median(v) if v.size else 0.0 for v in columns])


def _too_fast(
    time_s: FloatArray, xy_px: FloatArray, body_px: float, settings: OutlierSettings
) -> BoolArray:
    """Return points that both came and went faster than a foot can move."""
    limit_px_s = settings.max_speed_mps * body_px / _REFERENCE_HEIGHT_M
    speed = np.linalg.norm(np.diff(xy_px, axis=0), axis=2) / np.diff(time_s)[:, None]
    with np.errstate(invalid="ignore"):
        fast = speed > limit_px_s
    out = np.zeros(xy_px.shape[:2], dtype=np.bool_)
    out[1:-1] = fast[:-1] & fast[1:]
    return out

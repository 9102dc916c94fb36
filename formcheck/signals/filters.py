"""Zero-lag low-pass filters whose cut-off fits the joint and the frame rate."""

from functools import lru_cache

import numpy as np
from scipy.signal import butter, sosfiltfilt

from formcheck.data import BoolArray, FloatArray, IntArray
from formcheck.keypoints import NAMES
from formcheck.settings.signals import FilterSettings

_FOOT = ("heel", "foot_index")
_LIMB = ("knee", "ankle", "elbow", "wrist", "pinky", "index", "thumb")


def low_pass(
    values: FloatArray, rate_hz: float, cutoff_hz: float, settings: FilterSettings
) -> FloatArray:
    """Filter columns there and back, each run between gaps by itself.

    Parameters
    ----------
    values : ndarray of float, shape (T, ...)
        On a uniform grid; a time with any NaN in its row is a gap for the whole row.
    rate_hz, cutoff_hz : float
        The cut-off of the result: both passes together halve the power there, so each pass has
        its own set higher (by 1 / 0.802 for order 2, D. A. Winter, Biomechanics and Motor Control
        of Human Movement, section 3.4.4).
    settings : FilterSettings

    Returns
    -------
    ndarray of float
        Same shape; short runs come back as they were. A symmetric pulse keeps its centre.
    """
    flat = np.asarray(values, dtype=np.float64).reshape(len(values), -1)
    out = flat.copy()
    each = settings.order // 2
    correction = float((2**0.5 - 1) ** (1 / (2 * each)))
    share = cutoff_hz / correction / (0.5 * rate_hz)
    if share >= 1:
        return out.reshape(values.shape)
    sos = _sections(each, share)
    for start, stop in runs(np.asarray(np.isfinite(flat).all(axis=1))):
        if stop - start >= settings.min_run_samples:
            pad = min(stop - start - 1, max(6, round(rate_hz / cutoff_hz)))
            out[start:stop] = sosfiltfilt(sos, flat[start:stop], axis=0, padlen=pad)
    return np.asarray(out.reshape(values.shape))


@lru_cache(maxsize=32)
def _sections(order: int, share: float) -> FloatArray:
    """Design a filter once: the channels of a clip share a few."""
    return np.asarray(butter(order, share, output="sos"))


def runs(present: BoolArray) -> list[tuple[int, int]]:
    """Return half-open index ranges in which `present` is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], present.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def cutoff_hz(joint: str, rate_hz: float, settings: FilterSettings) -> float:
    """Return the cut-off for a landmark (``left_knee``, ``nose``, ...) at a frame rate."""
    name = joint.removeprefix("left_").removeprefix("right_")
    table = settings.trunk_hz
    if name in _FOOT:
        table = settings.foot_hz
    elif name in _LIMB:
        table = settings.leg_hz
    wanted = float(np.interp(rate_hz, settings.rates_hz, table))
    return min(wanted, settings.max_nyquist * 0.5 * rate_hz)


def landmarks_by_cutoff(rate_hz: float, settings: FilterSettings) -> dict[float, IntArray]:
    """Return landmark indices grouped by cut-off."""
    groups: dict[float, list[int]] = {}
    for i, name in enumerate(NAMES):
        groups.setdefault(cutoff_hz(name, rate_hz, settings), []).append(i)
    return {cut: np.array(rows, dtype=np.int64) for cut, rows in groups.items()}

"""Which leg is which, decided by continuity over time.

In side view the pose model exchanges the legs for a frame or two just at foot strike, or lays both
on one leg, with visibility as high as ever. Legs, however, move steadily: a frame labelled wrongly
makes both feet jump and jump back. The labelling of all frames together that needs the least jumping is
found by dynamic programming, so past and future count alike.
"""

import numpy as np

from formcheck.data import BoolArray, FloatArray
from formcheck.keypoints import SIDES, index_of
from formcheck.settings.signals import LegSettings

CHAIN = ("knee", "ankle", "heel", "foot_index")
LEFT_CHAIN = [index_of("left", joint) for joint in CHAIN]
RIGHT_CHAIN = [index_of("right", joint) for joint in CHAIN]
_WEIGHTS = np.array([0.2, 0.4, 0.2, 0.2])


def leg_length_px(xy_px: FloatArray) -> float:
    """Return the median of thigh plus shank over both legs, pixels (NaN if never seen)."""
    lengths = []
    for side in SIDES:
        hip, knee, ankle = (xy_px[:, index_of(side, j)] for j in ("hip", "knee", "ankle"))
        lengths.append(np.linalg.norm(knee - hip, axis=1) + np.linalg.norm(ankle - knee, axis=1))
    values = np.concatenate(lengths)
    values = values[np.isfinite(values)]
    return float(np.percentile(values, 75)) if values.size else float("nan")


def exchanged_frames(time_s: FloatArray, xy_px: FloatArray, settings: LegSettings) -> BoolArray:
    """Return the frames in which left and right leg carry each other's name, shape (T,).

    Parameters
    ----------
    time_s : ndarray of float, shape (T,)
    xy_px : ndarray of float, shape (T, 33, 2)
        NaN where unseen.
    settings : LegSettings

    Notes
    -----
    The pair of labels of two neighbouring frames is a state; the cost of three neighbouring frames
    is the capped departure of knee, ankle, heel and toe from steady motion between them.
    """
    n = int(time_s.size)
    exchanged = np.zeros(n, dtype=np.bool_)
    length = leg_length_px(xy_px)
    if n < 5 or not np.isfinite(length):
        return exchanged
    hips = 0.5 * (xy_px[:, index_of("left", "hip")] + xy_px[:, index_of("right", "hip")])
    legs = np.stack([xy_px[:, LEFT_CHAIN], xy_px[:, RIGHT_CHAIN]], axis=1) - hips[:, None, None]
    legs = legs / length
    rate_hz = (n - 1) / float(time_s[-1] - time_s[0])
    stride = max(1, round(rate_hz / settings.decide_hz))
    for first in range(stride):
        rows = np.arange(first, n, stride)
        seen = rows[np.isfinite(legs[rows]).all(axis=(1, 2, 3))]
        if seen.size >= 5:
            exchanged[seen] = _labels(time_s[seen], legs[seen], settings)
    return exchanged


def _labels(time_s: FloatArray, legs: FloatArray, settings: LegSettings) -> BoolArray:
    """Return the cheapest labelling of legs, shape (T, 2, J, 2): True = exchanged."""
    n = int(time_s.size)
    best = np.zeros((2, 2))
    best[1, 0] = best[0, 1] = settings.exchange_cost
    came_from = np.zeros((n, 2, 2), dtype=np.int8)
    for k in range(2, n):
        cost = _jump(time_s[k - 2 : k + 1], legs[k - 2 : k + 1], settings.jump_cap)
        change = np.array([[0.0, settings.exchange_cost], [settings.exchange_cost, 0.0]])
        frame = np.array([0.0, settings.exchanged_frame_cost])
        # total[a, b, c]: labels of the three frames
        total = best[:, :, None] + cost + change[None] + frame[None, None]
        came_from[k] = total.argmin(axis=0)
        best = total.min(axis=0)
    labels = np.zeros(n, dtype=np.int64)
    labels[n - 2], labels[n - 1] = np.unravel_index(int(best.argmin()), best.shape)
    for k in range(n - 1, 1, -1):
        labels[k - 2] = came_from[k, labels[k - 1], labels[k]]
    return labels.astype(np.bool_)


def _jump(time_s: FloatArray, legs: FloatArray, cap: float) -> FloatArray:
    """Return the capped unsteadiness of three frames for every labelling, shape (2, 2, 2)."""
    step_0, step_1 = float(time_s[1] - time_s[0]), float(time_s[2] - time_s[1])
    named = np.stack([legs, legs[:, ::-1]])  # label, frame, leg, joint, xy
    before, now, after = named[:, 0], named[:, 1], named[:, 2]
    slope_0 = (now[None, :] - before[:, None]) / step_0
    slope_1 = (after[None, :] - now[:, None]) / step_1
    step = 2 * step_0 * step_1 / (step_0 + step_1)
    off = (slope_1[None] - slope_0[:, :, None]) * step
    size = np.minimum(np.linalg.norm(off, axis=-1), cap)  # a, b, c, leg, joint
    return np.asarray((size * _WEIGHTS).sum(axis=-1).sum(axis=-1))


def exchange(values: FloatArray, frames: BoolArray) -> FloatArray:
    """Return a copy of values, shape (T, 33, ...), with the legs exchanged in `frames`."""
    out = np.array(values)
    rows = np.flatnonzero(frames)
    for left, right in zip(LEFT_CHAIN, RIGHT_CHAIN, strict=True):
        out[rows, left], out[rows, right] = values[rows, right], values[rows, left]
    return out

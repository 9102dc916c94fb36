"""Frames in which the whole body is named the wrong way round, in front or rear view.

The pose model sometimes takes a back for a chest for a few frames; shoulders and hips then change
places at once. A runner who really turns round does not turn back within a fifth of a second.
"""

import numpy as np

from formcheck.data import BoolArray, FloatArray
from formcheck.keypoints import index_of
from formcheck.signals.filters import runs

_MAX_FLIP_S = 0.2
_MIN_SHARE = 0.5


def flipped_frames(time_s: FloatArray, xy_px: FloatArray) -> BoolArray:
    """Return frames in which left and right are exchanged as a whole, shape (T,).

    Parameters
    ----------
    time_s : ndarray of float, shape (T,)
    xy_px : ndarray of float, shape (T, 33, 2)
    """
    widths = np.stack(
        [
            xy_px[:, index_of("left", joint), 0] - xy_px[:, index_of("right", joint), 0]
            for joint in ("shoulder", "hip")
        ]
    )
    flipped = np.zeros(time_s.size, dtype=np.bool_)
    finite = np.isfinite(widths).all(axis=0)
    if not finite.any():
        return flipped
    usual = np.median(np.abs(widths[:, finite]), axis=1, keepdims=True)
    clear = finite & (np.abs(widths) > _MIN_SHARE * usual).all(axis=0)
    sign = np.where(clear & (widths[0] * widths[1] > 0), np.sign(widths[0]), 0.0)
    for wanted in (1.0, -1.0):
        for a, b in runs(sign == wanted):
            before, after = sign[:a][sign[:a] != 0], sign[b:][sign[b:] != 0]
            if before.size == 0 or after.size == 0:
                continue
            short = time_s[min(b, time_s.size - 1)] - time_s[a] <= _MAX_FLIP_S
            if short and before[-1] == -wanted and after[0] == -wanted:
                flipped[a:b] = True
    return flipped

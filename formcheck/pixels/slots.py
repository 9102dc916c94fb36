"""Which frames something is looked at in that does not need every one of them.

Chosen by time, not by counting: a phone's frames come at uneven distances. Chosen for the whole
clip before the pass, so that neither the borders of segments nor the number of workers play a part.
"""

import numpy as np

from formcheck.data import BoolArray, Clip, FloatArray


def frames_apart(time_s: FloatArray, least_s: float) -> BoolArray:
    """Mark the first frame, and each that comes at least `least_s` after the last one marked.

    Parameters
    ----------
    time_s : ndarray of float, shape (T,)
        Rising.
    least_s : float
        0 marks every frame.

    Returns
    -------
    ndarray of bool, shape (T,)
    """
    chosen = np.zeros(time_s.size, dtype=bool)
    at = 0
    while at < time_s.size:
        chosen[at] = True
        at = max(at + 1, int(np.searchsorted(time_s, time_s[at] + least_s)))
    return chosen


def true_time_s(clip: Clip) -> FloatArray:
    """Return the true time of each frame, seconds, shape (T,)."""
    return np.asarray(clip.file_time_s / clip.slow_motion_factor)


def first_needed(chosen: BoolArray, start: int, n_before: int) -> int:
    """Return the frame from which on `n_before` chosen frames lie before `start` (0 at least).

    Parameters
    ----------
    chosen : ndarray of bool, shape (T,)
    start : int
    n_before : int
    """
    before = np.flatnonzero(chosen[:start])
    if n_before == 0:
        return start
    return int(before[-n_before]) if before.size >= n_before else 0

"""From per-frame steps to drift-free signals, and the phase of the stride they belong to."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, sosfiltfilt

from formcheck.data import FloatArray, Step


def integrate(step: FloatArray) -> FloatArray:
    """Sum per-frame steps; a missing step counts as no motion.

    Parameters
    ----------
    step : ndarray of float, shape (T,)
        NaN where the frame could not be compared with the one before.

    Returns
    -------
    ndarray of float, shape (T,)
    """
    return np.asarray(np.cumsum(np.nan_to_num(step, nan=0.0)))


def low_pass(time_s: FloatArray, values: FloatArray, cut_hz: float) -> FloatArray:
    """Filter without lag (second-order Butterworth, forwards and backwards).

    Frame times may be irregular: the signal is filtered on a uniform grid at the median rate and
    read back at the given times. Clips too slow for the cut-off come back unchanged.
    """
    rate = 1.0 / float(np.median(np.diff(time_s)))
    if cut_hz >= 0.45 * rate or time_s.size < 16:
        return values
    n = round((time_s[-1] - time_s[0]) * rate) + 1
    grid = np.linspace(time_s[0], time_s[-1], n)
    sos = butter(2, cut_hz / (0.5 * rate), output="sos")
    smooth = sosfiltfilt(sos, np.interp(grid, time_s, values), padlen=min(n - 1, 12))
    return np.asarray(np.interp(time_s, grid, smooth))


def remove_stride_mean(time_s: FloatArray, values: FloatArray, stride_s: float) -> FloatArray:
    """Subtract the mean over one stride around each moment.

    The mean over exactly one period of what repeats every stride is constant, and that of a linear
    drift is the drift: what stays is the movement within the stride, undistorted.

    Returns
    -------
    ndarray of float, shape (T,)
        NaN within half a stride of the ends.
    """
    mid = 0.5 * (values[1:] + values[:-1]) * np.diff(time_s)
    area = np.concatenate([[0.0], np.cumsum(mid)])
    lo, hi = time_s - 0.5 * stride_s, time_s + 0.5 * stride_s
    mean = (_at(time_s, values, area, hi) - _at(time_s, values, area, lo)) / stride_s
    inside = (lo >= time_s[0] - 1e-9) & (hi <= time_s[-1] + 1e-9)
    return np.where(inside, values - mean, np.nan)


def _at(time_s: FloatArray, values: FloatArray, area: FloatArray, at_s: FloatArray) -> FloatArray:
    """Integral of a piecewise linear signal up to `at_s`."""
    i = np.clip(np.searchsorted(time_s, at_s, side="right") - 1, 0, time_s.size - 2)
    dt = at_s - time_s[i]
    slope = (values[i + 1] - values[i]) / (time_s[i + 1] - time_s[i])
    return np.asarray(area[i] + values[i] * dt + 0.5 * slope * dt * dt)


def covered(time_s: FloatArray, step: FloatArray, max_gap_s: float) -> FloatArray:
    """Return 1 where a step or a neighbour within `max_gap_s` was measured, 0 elsewhere."""
    seen = np.flatnonzero(np.isfinite(step))
    if seen.size == 0:
        return np.zeros(time_s.size)
    t = time_s[seen]
    right = np.clip(np.searchsorted(t, time_s), 0, t.size - 1)
    left = np.clip(right - 1, 0, t.size - 1)
    gap = np.minimum(np.abs(t[right] - time_s), np.abs(t[left] - time_s))
    return (gap <= max_gap_s).astype(np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StrideClock:
    """Phase of the stride: whole numbers at the middle of each left stance.

    Attributes
    ----------
    anchor_s : ndarray of float, shape (K,)
        Middles of the stances, rising.
    anchor_phase : ndarray of float, shape (K,)
    stride_s : float
        Median stride time.
    """

    anchor_s: FloatArray
    anchor_phase: FloatArray
    stride_s: float

    def phase(self, time_s: FloatArray) -> FloatArray:
        """Return the phase at some times; NaN before the first and after the last stance."""
        return np.asarray(
            np.interp(time_s, self.anchor_s, self.anchor_phase, left=np.nan, right=np.nan)
        )

    def time(self, phase: FloatArray) -> FloatArray:
        """Return the time at some phases; NaN outside."""
        return np.asarray(
            np.interp(phase, self.anchor_phase, self.anchor_s, left=np.nan, right=np.nan)
        )


def stride_clock(steps: tuple[Step, ...]) -> StrideClock | None:
    """Return the clock of a run, or None with fewer than three steps or no strides.

    A missed step leaves the phase right: half a stride is counted per typical step time, and the
    side decides between odd and even.
    """
    if len(steps) < 3:
        return None
    contact = [s.toe_off_s - s.strike_s for s in steps if s.toe_off_s is not None]
    strides = [s.stride_end_s - s.strike_s for s in steps if s.stride_end_s is not None]
    if not strides:
        return None
    stride = float(np.median(strides))
    half_contact = 0.5 * (float(np.median(contact)) if contact else 0.35 * stride)
    # toe-offs are the less certain events: the clip's own contact time steadies the middle
    middle = [s.strike_s + half_contact for s in steps]
    phase = [0.0 if steps[0].side == "left" else 0.5]
    for before, after, a, b in zip(steps, steps[1:], middle, middle[1:], strict=False):
        halves = 2.0 * (b - a) / stride
        odd = before.side != after.side
        n = 2 * round((halves - odd) / 2) + odd
        phase.append(phase[-1] + 0.5 * max(n, 1 if odd else 2))
    return StrideClock(anchor_s=np.asarray(middle), anchor_phase=np.asarray(phase), stride_s=stride)

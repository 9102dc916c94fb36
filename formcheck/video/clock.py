"""What the timestamps of a clip say: pure functions over lists of times."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.data import FloatArray
from formcheck.settings.video import VideoSettings

_LOG = logging.getLogger(__name__)

# Decoders put pictures in order over a few frames; a larger step back is a new clock.
_MAX_REORDER_S = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """The frame times of a file.

    Attributes
    ----------
    start_s : float
        The file's own timestamp of the first frame.
    file_time_s : ndarray of float, shape (T,)
        Strictly rising, first frame at 0.
    seekable : bool
        Whether a frame can be told by its timestamp.
    """

    start_s: float
    file_time_s: FloatArray
    seekable: bool


def settle(times_s: Sequence[float | None], rate_hz: float, *, indexed: bool) -> Clock:
    """Turn the timestamps of decoded pictures into a clock that rises strictly.

    Rising times stand as they are and a repeated time drops the later picture. Where a container
    stores no presentation times, pictures come in the right order under times that are shuffled
    over a few frames: these are sorted. Anything worse is replaced by the file's mean rate.

    Parameters
    ----------
    times_s : sequence of float or None, length N
        In the order the decoder gave the pictures.
    rate_hz : float
        The file's mean frame rate, for clips whose times are missing or senseless.
    indexed : bool
        Whether the container stores presentation times and seeks by them.

    Returns
    -------
    Clock
    """
    known = np.array([np.nan if t is None else t for t in times_s], dtype=np.float64)
    if known.size == 0:
        return Clock(0.0, known, seekable=False)
    steps = np.diff(known)
    if indexed and np.isfinite(known).all() and (steps >= 0).all():
        rising = np.unique(known)
        if rising.size * 2 > known.size:
            _note(known.size - rising.size)
            return Clock(float(rising[0]), rising - rising[0], seekable=True)
    return Clock(0.0, _by_order(known, steps, rate_hz), seekable=False)


def _note(n_repeated: int) -> None:
    if n_repeated:
        _LOG.warning(
            "%d picture(s) repeat the time of the one before and were left out", n_repeated
        )


def _by_order(known: FloatArray, steps: FloatArray, rate_hz: float) -> FloatArray:
    ordered = np.sort(known)
    sane = np.isfinite(known).all() and (steps > -_MAX_REORDER_S).all()
    if sane and (np.diff(ordered) > 0).all():
        return np.asarray(ordered - ordered[0])
    _LOG.warning("the clip's timestamps are unusable; its mean rate %.3f/s stands in", rate_hz)
    return np.asarray(np.arange(known.size) / (rate_hz if rate_hz > 0 else 30.0))


def usual_rate_hz(file_time_s: FloatArray) -> float:
    """Return the rate of the usual gap between frames, which dropped frames do not lower."""
    if file_time_s.size < 2:
        return 0.0
    return 1.0 / float(np.median(np.diff(file_time_s)))


def is_variable(file_time_s: FloatArray, tick_s: float, settings: VideoSettings) -> bool:
    """Return whether any gap differs from the usual one by more than rounding.

    Parameters
    ----------
    file_time_s : ndarray of float, shape (T,)
    tick_s : float
        One unit of the file's clock, seconds.
    settings : VideoSettings
    """
    if file_time_s.size < 3:
        return False
    gaps = np.diff(file_time_s)
    usual = float(np.median(gaps))
    allowed = usual * settings.vfr_gap_pct / 100 + tick_s
    return bool((np.abs(gaps - usual) > allowed).any())


def slow_motion_factor(
    file_rate_hz: float, given_hz: float | None, tagged_hz: float | None, settings: VideoSettings
) -> float:
    """Return file seconds per true second.

    Parameters
    ----------
    file_rate_hz : float
        Frames per second by the file's clock.
    given_hz : float or None
        Capture rate the user gave; it wins over the tag.
    tagged_hz : float or None
        Capture rate that the file's metadata state.
    settings : VideoSettings

    Returns
    -------
    float
        1 for a clip in true time.
    """
    if file_rate_hz <= 0:
        return 1.0
    if given_hz is not None:
        ratio = given_hz / file_rate_hz
        return 1.0 if abs(ratio - 1) <= settings.capture_snap_pct / 100 else ratio
    if tagged_hz is None or tagged_hz <= 0:
        return 1.0
    ratio = tagged_hz / file_rate_hz
    is_retimed = max(ratio, 1 / ratio) >= settings.tag_min_ratio
    return ratio if is_retimed else 1.0

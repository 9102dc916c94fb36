"""Does the clip's clock tell true time? Re-timed slow motion has no tag; the cadence shows it."""

from dataclasses import dataclass

import numpy as np

from formcheck.settings.video import VideoSettings


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """A cadence that nobody runs at, and the most likely reason.

    Attributes
    ----------
    message : str
        For the user, a question in plain words.
    capture_fps : float or None
        The capture rate to offer as the answer, frames/s; None where nothing fits.
    cadence_spm : float or None
        The cadence that this rate would give, steps/min.
    """

    message: str
    capture_fps: float | None
    cadence_spm: float | None


def judge_cadence(
    cadence_spm: float,
    file_fps: float,
    slow_motion_factor: float = 1.0,
    settings: VideoSettings | None = None,
) -> ClockDoubt | None:
    """Return a doubt about the clock if nobody runs at this cadence, else None.

    Parameters
    ----------
    cadence_spm : float
        Steps per minute on the clip's present clock.
    file_fps : float
        Frames per second by the file's own clock.
    slow_motion_factor : float
        File seconds per true second assumed so far.
    settings : VideoSettings, optional

    Returns
    -------
    ClockDoubt or None
        None too for a cadence that is not finite or not positive: no steps, no doubt.
    """
    settings = settings if settings is not None else VideoSettings()
    if not (np.isfinite(cadence_spm) and cadence_spm > 0 and file_fps > 0):
        return None
    if settings.slow_cadence_spm <= cadence_spm <= settings.fast_cadence_spm:
        return None
    rate_hz = _likely_rate_hz(cadence_spm / slow_motion_factor, file_fps, settings)
    seen = f"{cadence_spm:.0f} steps a minute"
    if cadence_spm < settings.slow_cadence_spm:
        what = f"This looks like slow motion: the clip's clock gives {seen}."
    else:
        what = f"The clip's clock gives {seen}, which is faster than anyone runs."
    if rate_hz is None:
        return ClockDoubt(f"{what} At how many frames per second was it filmed?", None, None)
    true_spm = cadence_spm / slow_motion_factor * rate_hz / file_fps
    ask = f"Was it filmed at {rate_hz:g} frames per second? That would be {true_spm:.0f}."
    return ClockDoubt(f"{what} {ask}", rate_hz, true_spm)


def _likely_rate_hz(
    file_cadence_spm: float, file_fps: float, settings: VideoSettings
) -> float | None:
    """Return the capture rate that makes the cadence most usual, None if none does."""
    low, high = settings.usual_cadence_spm
    middle = (low * high) ** 0.5
    usual = {
        rate: abs(float(np.log(file_cadence_spm * rate / file_fps / middle)))
        for rate in (*settings.capture_rates_hz, round(file_fps, 3))
        if low <= file_cadence_spm * rate / file_fps <= high
    }
    return min(usual, key=lambda rate: usual[rate]) if usual else None

"""Pelvic obliquity from two stickers on the waistband, when a clip shows them reliably."""

from dataclasses import dataclass

import numpy as np

from formcheck.data import BoolArray, FloatArray, Trial
from formcheck.keypoints import View
from formcheck.settings.stickers import StickerSettings
from formcheck.surface.series import (
    StrideClock,
    covered,
    low_pass,
    remove_stride_mean,
    stride_clock,
)
from formcheck.surface.sticker_probe import ALIKE, COLOUR, DIAMETER, PLACES

SOURCE = "stickers"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StickerMotion:
    """Obliquity over the clip.

    Attributes
    ----------
    time_s, obliquity_deg : ndarray of float, shape (T,)
        Zero mean over a stride; + = left side higher; NaN where the pair was not seen.
    clock : StrideClock
    tracked : float
        Share of the frames, 0..1.
    """

    time_s: FloatArray
    obliquity_deg: FloatArray
    clock: StrideClock
    tracked: float


def sticker_motion(trial: Trial) -> StickerMotion | None:
    """Return the pelvis' tilt from stickers, or None where there are none to be relied on.

    The line through both stickers is read in every frame; the mean over one stride around each
    moment is subtracted, which takes out how evenly they were stuck and the camera's roll.

    Parameters
    ----------
    trial : Trial
        Rear view of running, with the channels of the sticker probe.
    """
    settings = trial.given.stickers
    clock = stride_clock(trial.steps)
    if trial.scene.view != View.REAR or clock is None:
        return None
    values = trial.channels.values
    if any(name not in values for name in (*PLACES, DIAMETER, ALIKE, *COLOUR)):
        return None  # a result from before stickers were looked for
    pair = np.column_stack([values[name] for name in PLACES])
    seen = _same_pair(trial, pair, settings)
    time_s = trial.channels.time_s
    inside = np.isfinite(clock.phase(time_s))
    if not inside.any() or float(seen[inside].mean()) < settings.min_share:
        return None
    if not _believable(trial, pair, seen & inside, settings):
        return None
    line = pair[:, 2:] - pair[:, :2]
    tilt = np.degrees(np.arctan2(line[:, 1], line[:, 0]))
    whole = np.interp(time_s, time_s[seen], tilt[seen])
    centred = remove_stride_mean(
        time_s, low_pass(time_s, whole, settings.low_pass_hz), clock.stride_s
    )
    near = covered(time_s, np.where(seen, tilt, np.nan), settings.max_gap_s) > 0
    return StickerMotion(
        time_s=time_s,
        obliquity_deg=np.where(near, centred, np.nan),
        clock=clock,
        tracked=float(seen[inside].mean()),
    )


def _same_pair(trial: Trial, pair: FloatArray, settings: StickerSettings) -> BoolArray:
    """Tell in which frames the pair is as far apart, as large and of the colour it usually is."""
    values = trial.channels.values
    seen = np.array(np.isfinite(pair).all(axis=1), dtype=np.bool_)
    if seen.sum() < 2:
        return seen
    apart = np.linalg.norm(pair[:, 2:] - pair[:, :2], axis=1)
    # a runner may come nearer: distances are judged against those around them
    usual = _running_median(trial.channels.time_s, np.where(seen, apart, np.nan))
    colour = np.column_stack([values[name] for name in COLOUR])
    off = np.linalg.norm(colour - np.median(colour[seen], axis=0), axis=1)
    size = values[DIAMETER] / float(np.median(values[DIAMETER][seen]))
    ratio = settings.max_diameter_ratio
    steady = np.abs(apart / usual - 1.0) <= settings.max_apart_off
    alike = (off <= settings.max_colour_off) & (size <= ratio) & (size >= 1.0 / ratio)
    return np.asarray(seen & steady & alike, dtype=np.bool_)


def _running_median(time_s: FloatArray, values: FloatArray, half_s: float = 0.5) -> FloatArray:
    lo = np.searchsorted(time_s, time_s - half_s)
    hi = np.searchsorted(time_s, time_s + half_s, side="right")
    whole = float(np.nanmedian(values))
    out = np.full(values.size, whole)
    for i, (a, b) in enumerate(zip(lo, hi, strict=True)):
        part = values[a:b]
        if np.isfinite(part).any():
            out[i] = float(np.nanmedian(part))
    return out


def _believable(trial: Trial, pair: FloatArray, seen: BoolArray, settings: StickerSettings) -> bool:
    """Tell a pair of stickers from two spots of a pattern that happen to lie alike."""
    values = trial.channels.values
    apart = np.linalg.norm(pair[seen, 2:] - pair[seen, :2], axis=1)
    usual = _running_median(trial.channels.time_s[seen], apart)
    return bool(
        float(np.median(values[ALIKE][seen])) <= settings.max_alike
        and float(np.std(apart / usual)) <= settings.max_apart_sd
    )

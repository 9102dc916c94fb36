"""Repair of raw landmarks: names of the legs, guessed legs, wild points; every change is logged."""

from dataclasses import dataclass

import numpy as np

from formcheck.data import BoolArray, FloatArray, PoseSequence
from formcheck.keypoints import NAMES, SWAP
from formcheck.settings.signals import SignalSettings
from formcheck.signals.body import body_height_px
from formcheck.signals.doubt import guessed_points
from formcheck.signals.filters import runs
from formcheck.signals.flips import flipped_frames
from formcheck.signals.legs import exchange, exchanged_frames
from formcheck.signals.outliers import outlying_points

_LEG_JOINTS = ("knee", "ankle", "heel", "foot_index")
LEG_POINTS = [i for i, name in enumerate(NAMES) if name.split("_", 1)[-1] in _LEG_JOINTS]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairLog:
    """What was done to the landmarks.

    Attributes
    ----------
    swaps_repaired : int
        Frames in which left and right were exchanged back.
    collapsed_frames : int
        Frames in which both legs lay on one and the fainter was dropped.
    frames_dropped : int
        Frames in which a leg point was dropped for any reason.
    entries : tuple of str
        One line per run of frames: what, when.
    """

    swaps_repaired: int = 0
    collapsed_frames: int = 0
    frames_dropped: int = 0
    entries: tuple[str, ...] = ()


def repair(
    raw: PoseSequence, settings: SignalSettings, *, is_side: bool
) -> tuple[PoseSequence, RepairLog]:
    """Return repaired landmarks, dropped points as NaN with confidence 0, and the log.

    Parameters
    ----------
    raw : PoseSequence
        One row per frame, as detected.
    settings : SignalSettings
    is_side : bool
        Legs are only renamed or dropped in side view: from front and rear the model keeps them
        apart, and what looks odd there is foreshortening.
    """
    if raw.time_s.size == 0:
        return raw, RepairLog()
    xy_px, confidence, world_m = raw.xy_px, raw.confidence, raw.world_m
    collapsed = np.zeros(raw.time_s.size, dtype=np.bool_)
    drop = np.zeros(confidence.shape, dtype=np.bool_)
    if is_side:
        renamed = exchanged_frames(raw.time_s, xy_px, confidence, settings.legs)
        xy_px, confidence, world_m = (exchange(v, renamed) for v in (xy_px, confidence, world_m))
        drop, collapsed = guessed_points(xy_px, confidence, settings.legs)
    else:
        renamed = flipped_frames(raw.time_s, xy_px)
        xy_px, confidence, world_m = (_flip(v, renamed) for v in (xy_px, confidence, world_m))
    seen_px = np.where(drop[..., None], np.nan, xy_px)
    drop |= outlying_points(raw.time_s, seen_px, body_height_px(raw), settings.outliers, confidence)
    repaired = raw.with_(
        "repaired",
        xy_px=np.where(drop[..., None], np.nan, xy_px),
        confidence=np.where(drop, 0.0, confidence),
        world_m=np.where(drop[..., None], np.nan, world_m),
    )
    return repaired, _log(raw.time_s, renamed, collapsed, drop)


def _flip(values: FloatArray, frames: BoolArray) -> FloatArray:
    out = np.array(values)
    out[frames] = values[frames][:, list(SWAP)]
    return out


def _log(
    time_s: FloatArray, renamed: BoolArray, collapsed: BoolArray, drop: BoolArray
) -> RepairLog:
    dropped = drop[:, LEG_POINTS].any(axis=1)
    entries = []
    for what, frames in (
        ("left and right exchanged back", renamed),
        ("both legs on one: the fainter dropped", collapsed),
        ("leg points dropped", dropped & ~collapsed),
    ):
        entries += [
            (float(time_s[a]), f"{time_s[a]:.3f}-{time_s[b - 1]:.3f} s ({b - a} frames): {what}")
            for a, b in runs(frames)
        ]
    return RepairLog(
        swaps_repaired=int(renamed.sum()),
        collapsed_frames=int(collapsed.sum()),
        frames_dropped=int(dropped.sum()),
        entries=tuple(text for _, text in sorted(entries)),
    )

"""From raw landmarks to signals: repair, outliers, uniform time, gaps, zero-lag filter."""

from dataclasses import dataclass

import numpy as np

from formcheck.data import BoolArray, FloatArray, PoseSequence
from formcheck.keypoints import NAMES, SWAP
from formcheck.settings.signals import GapSettings, SignalSettings
from formcheck.signals.body import body_height_px, frontal_width
from formcheck.signals.doubt import guessed_points
from formcheck.signals.filters import landmarks_by_cutoff, low_pass, runs
from formcheck.signals.flips import flipped_frames
from formcheck.signals.gaps import resampled, uniform_grid
from formcheck.signals.legs import exchange, exchanged_frames
from formcheck.signals.outliers import outlying_points

_LEG_JOINTS = ("knee", "ankle", "heel", "foot_index")
_LEG_POINTS = [i for i, name in enumerate(NAMES) if name.split("_", 1)[-1] in _LEG_JOINTS]


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """Landmarks fit for measuring.

    Attributes
    ----------
    raw : PoseSequence
        One row per frame, repaired, unfiltered; dropped points are NaN with confidence 0.
    pose : PoseSequence
        Gaps bridged, zero-lag filtered, on a uniform grid.
    log : RepairLog
    """

    raw: PoseSequence
    pose: PoseSequence
    log: RepairLog


def prepare(raw: PoseSequence, settings: SignalSettings | None = None) -> Prepared:
    """Repair and filter the landmarks of a clip.

    Legs are only renamed or dropped in side view: from front and rear the model keeps them apart,
    and what looks odd there is foreshortening.

    Parameters
    ----------
    raw : PoseSequence
        One row per frame, as detected.
    settings : SignalSettings, optional
    """
    settings = settings if settings is not None else SignalSettings()
    is_side = frontal_width(raw) < settings.scene.side_width_max
    repaired, log = _repair(raw, settings, is_side=is_side)
    return Prepared(raw=repaired, pose=filtered(repaired, settings), log=log)


def _repair(
    raw: PoseSequence, settings: SignalSettings, *, is_side: bool
) -> tuple[PoseSequence, RepairLog]:
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
    drop |= outlying_points(raw.time_s, seen_px, body_height_px(raw), settings.outliers)
    repaired = raw.with_(
        "repaired",
        xy_px=np.where(drop[..., None], np.nan, xy_px),
        confidence=np.where(drop, 0.0, confidence),
        world_m=np.where(drop[..., None], np.nan, world_m),
    )
    return repaired, _log(raw.time_s, renamed, collapsed, drop)


def filtered(repaired: PoseSequence, settings: SignalSettings) -> PoseSequence:
    """Bring repaired landmarks to a uniform grid, bridge short gaps and filter without lag."""
    if repaired.time_s.size < 2:
        return repaired.with_("too short to filter")
    grid_s = uniform_grid(repaired.time_s, settings.filters.max_rate_hz)
    xy_px = _bridged(repaired, repaired.xy_px, grid_s, settings.gaps)
    world_m = _bridged(repaired, repaired.world_m, grid_s, settings.gaps)
    rate_hz = (grid_s.size - 1) / float(grid_s[-1] - grid_s[0])
    for cut_hz, rows in landmarks_by_cutoff(rate_hz, settings.filters).items():
        for row in rows:
            xy_px[:, row] = low_pass(xy_px[:, row], rate_hz, cut_hz, settings.filters)
            world_m[:, row] = low_pass(world_m[:, row], rate_hz, cut_hz, settings.filters)
    return repaired.with_(
        "filtered",
        time_s=grid_s,
        xy_px=xy_px,
        confidence=_confidence(repaired, grid_s, xy_px),
        world_m=world_m,
    )


def _bridged(
    pose: PoseSequence, values: FloatArray, grid_s: FloatArray, gaps: GapSettings
) -> FloatArray:
    out = np.full((grid_s.size, *values.shape[1:]), np.nan)
    for row in range(values.shape[1]):
        max_gap_s = gaps.foot_s if row in _LEG_POINTS else gaps.trunk_s
        out[:, row] = resampled(pose.time_s, values[:, row], grid_s, max_gap_s)
    return out


def _confidence(pose: PoseSequence, grid_s: FloatArray, xy_px: FloatArray) -> FloatArray:
    """Return confidence on the grid: low where a point was bridged, 0 where it stays unseen."""
    columns = [np.interp(grid_s, pose.time_s, column) for column in pose.confidence.T]
    confidence = np.column_stack(columns)
    return np.where(np.isfinite(xy_px).all(axis=2), confidence, 0.0)


def _flip(values: FloatArray, frames: BoolArray) -> FloatArray:
    out = np.array(values)
    out[frames] = values[frames][:, list(SWAP)]
    return out


def _log(
    time_s: FloatArray, renamed: BoolArray, collapsed: BoolArray, drop: BoolArray
) -> RepairLog:
    dropped = drop[:, _LEG_POINTS].any(axis=1)
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

"""From raw landmarks to signals: repair, outliers, uniform time, gaps, zero-lag filter."""

from dataclasses import dataclass

import numpy as np

from formcheck.data import FloatArray, PoseSequence
from formcheck.settings.signals import GapSettings, SignalSettings
from formcheck.signals.body import frontal_width
from formcheck.signals.filters import landmarks_by_cutoff, low_pass
from formcheck.signals.gaps import resampled, uniform_grid
from formcheck.signals.repair import LEG_POINTS, RepairLog, repair

__all__ = ["Prepared", "RepairLog", "filtered", "prepare"]


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

    Parameters
    ----------
    raw : PoseSequence
        One row per frame, as detected.
    settings : SignalSettings, optional
    """
    settings = settings if settings is not None else SignalSettings()
    is_side = frontal_width(raw) < settings.scene.side_width_max
    repaired, log = repair(raw, settings, is_side=is_side)
    return Prepared(raw=repaired, pose=filtered(repaired, settings), log=log)


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
        max_gap_s = gaps.foot_s if row in LEG_POINTS else gaps.trunk_s
        out[:, row] = resampled(pose.time_s, values[:, row], grid_s, max_gap_s)
    return out


def _confidence(pose: PoseSequence, grid_s: FloatArray, xy_px: FloatArray) -> FloatArray:
    """Return confidence on the grid: low where a point was bridged, 0 where it stays unseen."""
    columns = [np.interp(grid_s, pose.time_s, column) for column in pose.confidence.T]
    confidence = np.column_stack(columns)
    return np.where(np.isfinite(xy_px).all(axis=2), confidence, 0.0)

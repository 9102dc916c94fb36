"""Angle curves over time, for plots and insets: the drawn twin of what the measures read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.data import FloatArray, Trial, readonly, sample_at
from formcheck.keypoints import SIDES, Side, View
from formcheck.signals.geometry import fppa_series_deg, knee_flexion_series_deg, near_side


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CycleCurve:
    """One angle over the normalised cycle of one side.

    Attributes
    ----------
    percent : ndarray of float, shape (P,)
        0 to 100, from foot strike to the next strike of the same foot (or start to end of a rep).
    mean, sd : ndarray of float, shape (P,)
        Over the cycles; NaN where fewer than two cycles were seen (sd) or none (mean).
    """

    key: str
    title: str
    unit: str
    side: Side
    percent: FloatArray
    mean: FloatArray
    sd: FloatArray
    n: int
    contact_end_pct: float = float("nan")


def knee_flexion_deg(trial: Trial, side: Side, t_s: FloatArray) -> FloatArray:
    """Return knee flexion at times `t_s`, shape (N,), as the measures read it."""
    series = knee_flexion_series_deg(trial.pose, trial.scene, side)
    return sample_at(trial.pose.time_s, series, t_s)


def frontal_knee_deg(trial: Trial, side: Side, t_s: FloatArray) -> FloatArray:
    """Return the frontal plane projection angle at times `t_s`; + = knee toward the middle."""
    series = fppa_series_deg(trial.pose, trial.scene, side)
    return sample_at(trial.pose.time_s, series, t_s)


def hip_drop_pct(trial: Trial, side: Side, t_s: FloatArray) -> FloatArray:
    """Return how far the mid-hip has sunk since the first time, % of hip-to-ankle length."""
    hip = trial.pose.mid_at(t_s, "hip")
    ankle = trial.pose.at(t_s, side, "ankle")
    leg = np.abs(ankle[0, 1] - hip[0, 1])
    return np.asarray(100 * ((hip[:, 1] - hip[0, 1]) - (ankle[:, 1] - ankle[0, 1])) / leg)


def channel(trial: Trial, name: str, t_s: FloatArray) -> FloatArray:
    """Return a pixel channel at times `t_s`, linear between frames; NaN where absent."""
    values = trial.channels.values.get(name)
    if values is None or trial.channels.time_s.size < 2:
        return np.full(np.shape(t_s), np.nan)
    seen = np.isfinite(values)
    if seen.sum() < 2:
        return np.full(np.shape(t_s), np.nan)
    return np.interp(t_s, trial.channels.time_s[seen], values[seen], left=np.nan, right=np.nan)


Reader = Callable[[Trial, Side, FloatArray], FloatArray]
_SIDE_VIEW: Final[tuple[tuple[str, str, str, Reader], ...]] = (
    ("knee_flexion", "Knee bend", "deg", knee_flexion_deg),
)
_SQUAT: Final[tuple[tuple[str, str, str, Reader], ...]] = (
    ("knee_line", "Knee line, + = inward", "deg", frontal_knee_deg),
    ("squat_depth", "Hip lowering", "% of leg length", hip_drop_pct),
)


def cycle_curves(trial: Trial, points: int = 101) -> tuple[CycleCurve, ...]:
    """Return the curves worth plotting for this clip: mean and SD over the cycles of each side.

    Parameters
    ----------
    points : int
        Points from 0 to 100 % of the cycle.
    """
    out = []
    near = near_side(trial.scene)
    for key, title, unit, read in _wanted(trial):
        for side in SIDES:
            if near is not None and side != near:
                continue
            spans = _spans(trial, side)
            rows = [read(trial, side, np.linspace(a, b, points)) for a, b in spans]
            rows = [r for r in rows if np.isfinite(r).mean() > 0.9]
            if rows:
                out.append(_summary(trial, side, (key, title, unit), np.array(rows)))
    return tuple(out)


def _wanted(trial: Trial) -> tuple[tuple[str, str, str, Reader], ...]:
    if trial.reps:
        return _SQUAT if trial.scene.view != View.SIDE else _SIDE_VIEW
    return _SIDE_VIEW if trial.scene.view == View.SIDE else ()


def _spans(trial: Trial, side: Side) -> list[tuple[float, float]]:
    if trial.reps:
        return [(r.start_s, r.end_s) for r in trial.reps if r.side in (side, "both") and r.counted]
    return [
        (s.strike_s, s.stride_end_s) for s in trial.steps_of(side) if s.stride_end_s is not None
    ]


def _summary(trial: Trial, side: Side, names: tuple[str, str, str], rows: FloatArray) -> CycleCurve:
    n = rows.shape[0]
    sd = rows.std(axis=0, ddof=1) if n > 1 else np.full(rows.shape[1], np.nan)
    duty = [
        100 * (s.toe_off_s - s.strike_s) / (s.stride_end_s - s.strike_s)
        for s in trial.steps_of(side)
        if s.toe_off_s is not None and s.stride_end_s is not None
    ]
    return CycleCurve(
        key=names[0],
        title=names[1],
        unit=names[2],
        side=side,
        percent=readonly(np.linspace(0, 100, rows.shape[1])),
        mean=readonly(rows.mean(axis=0)),
        sd=readonly(sd),
        n=n,
        contact_end_pct=float(np.median(duty)) if duty and not trial.reps else float("nan"),
    )

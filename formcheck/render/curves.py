"""Angle curves over time, for plots and insets: the drawn twin of what the measures read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal

import numpy as np

from formcheck.data import FloatArray, SampleSide, Trial, readonly, sample_at
from formcheck.keypoints import SIDES, Side, View
from formcheck.render.through import led_through, numbers_of, shifted, stretched
from formcheck.signals.geometry import fppa_series_deg, knee_flexion_series_deg, near_side
from formcheck.surface.waveforms import (
    Waveforms,
    pelvis_obliquity_waveform,
    pelvis_rotation_per_stride,
    shoulder_rotation_per_stride,
)

Over = Literal["stride", "stance", "repetition"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CycleCurve:
    """One angle over the normalised cycle of one side.

    Attributes
    ----------
    key : str
        Curves of one key belong into one plot.
    label : str
        What is written at the curve's end: ``L``, ``R``, or a part of the body.
    over : {"stride", "stance", "repetition"}
        What 0 to 100 % is.
    percent : ndarray of float, shape (P,)
        0 to 100, from foot strike to the next strike of the same foot, from strike to toe-off, or
        from start to end of a repetition.
    mean, sd : ndarray of float, shape (P,)
        Over the cycles; NaN where fewer than two cycles were seen (sd) or none (mean).
    """

    key: str
    title: str
    unit: str
    side: SampleSide
    label: str
    over: Over
    percent: FloatArray
    mean: FloatArray
    sd: FloatArray
    n: int
    contact_end_pct: float = float("nan")


def knee_flexion_deg(trial: Trial, side: Side, t_s: FloatArray) -> FloatArray:
    """Return knee flexion at times `t_s`, shape (N,), plain: not yet led through its numbers."""
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
    out = [] if trial.reps else _trunk_curves(trial, points)
    near = near_side(trial.scene)
    for key, title, unit, read in _wanted(trial):
        numbers = numbers_of(trial, key)
        for side in SIDES:
            if near is not None and side != near:
                continue
            angle = led_through(numbers, side, partial(read, trial, side))
            rows = [angle(np.linspace(a, b, points)) for a, b in _spans(trial, side)]
            rows = [r for r in rows if np.isfinite(r).mean() > 0.9]
            if rows:
                out.append(_of_leg(trial, side, (key, title, unit), np.array(rows)))
    return tuple(out)


def _trunk_curves(trial: Trial, points: int) -> list[CycleCurve]:
    """Return pelvic drop over each side's stance, shoulders and pelvis turning over the stride."""
    if not trial.steps:
        return []
    out = []
    drop = drop_waveform(trial)
    for side in SIDES:
        rows = _rows(drop, side, points)
        if rows.size:
            letter = side[0].upper()
            title = "Pelvic drop, + = other side lower"
            out.append(_summary(("pelvic_drop", title, "deg"), side, letter, "stance", rows))
    turns = numbers_of(trial, "shoulders")
    parts = (
        ("shoulders", stretched(shoulder_rotation_per_stride(trial), turns)),
        ("pelvis", pelvis_rotation_per_stride(trial)),
    )
    for label, waves in parts:
        rows = _rows(waves, "both", points)
        if rows.size:
            title = "Turn to the left"
            out.append(_summary(("rotation", title, "deg"), "both", label, "stride", rows))
    return out


def drop_waveform(trial: Trial) -> Waveforms:
    """Return pelvic drop over each stance, as high as the number says."""
    return shifted(pelvis_obliquity_waveform(trial), numbers_of(trial, "pelvic_drop"))


def _rows(waves: Waveforms, side: SampleSide, points: int) -> FloatArray:
    """Return the whole curves of a side, resampled to `points`, shape (N, points)."""
    own = [
        c
        for c, s in zip(waves.curves_deg, waves.sides, strict=True)
        if s == side and np.isfinite(c).all()
    ]
    at = np.linspace(waves.phase[0], waves.phase[-1], points)
    return np.array([np.interp(at, waves.phase, c) for c in own]).reshape(-1, points)


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


def _of_leg(trial: Trial, side: Side, names: tuple[str, str, str], rows: FloatArray) -> CycleCurve:
    duty = [
        100 * (s.toe_off_s - s.strike_s) / (s.stride_end_s - s.strike_s)
        for s in trial.steps_of(side)
        if s.toe_off_s is not None and s.stride_end_s is not None
    ]
    over: Over = "repetition" if trial.reps else "stride"
    curve = _summary(names, side, side[0].upper(), over, rows)
    if not duty or trial.reps:
        return curve
    return replace(curve, contact_end_pct=float(np.median(duty)))


def _summary(
    names: tuple[str, str, str], side: SampleSide, label: str, over: Over, rows: FloatArray
) -> CycleCurve:
    n = rows.shape[0]
    sd = rows.std(axis=0, ddof=1) if n > 1 else np.full(rows.shape[1], np.nan)
    return CycleCurve(
        key=names[0],
        title=names[1],
        unit=names[2],
        side=side,
        label=label,
        over=over,
        percent=readonly(np.linspace(0, 100, rows.shape[1])),
        mean=readonly(rows.mean(axis=0)),
        sd=readonly(sd),
        n=n,
    )

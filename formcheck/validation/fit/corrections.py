"""Learns the small corrections anew (``fitted/corrections.json``)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import numpy as np

from formcheck.data import FloatArray
from formcheck.fitted.corrections import Corrections, Learned
from formcheck.fitted.header import Header
from formcheck.pipeline.measure import AnalysisRun
from formcheck.registry import MEASURES
from formcheck.signals.facing import turned_deg
from formcheck.uncertainty.fitting import huber_mean
from formcheck.validation.run import asked_values
from formcheck.validation.softness import true_softness
from formcheck.validation.truth import Truth

WIDTHS: Final = np.arange(0.50, 1.001, 0.01)
MIN_CLIPS: Final = 6
Pair = tuple[Truth, AnalysisRun]
Fit = Callable[[FloatArray], float]


def left_out_sd(rows: FloatArray, fit: Fit, errors: Callable[[FloatArray, float], float]) -> float:
    """Return the spread of the errors of rows that took no part in the fit.

    Parameters
    ----------
    rows : ndarray of float, shape (N, K)
        One row per clip.
    fit : callable
        Rows to the learned value.
    errors : callable
        A row and a value to the error that stays.
    """
    left = [errors(row, fit(np.delete(rows, i, axis=0))) for i, row in enumerate(rows)]
    return float(np.std(left, ddof=1))


def _learned(
    old: Learned, rows: FloatArray, fit: Fit, errors: Callable[[FloatArray, float], float]
) -> Learned:
    if rows.shape[0] < MIN_CLIPS:
        return old
    return Learned(
        value=round(fit(rows), 3),
        unit=old.unit,
        what=old.what,
        n_clips=int(rows.shape[0]),
        left_out_sd=round(left_out_sd(rows, fit, errors), 2),
        date=datetime.now(tz=UTC).date().isoformat(),
    )


def front_yaw_zero(pairs: Sequence[Pair], old: Learned) -> Learned:
    """Learn what the shoulder line reads when the camera stands square, from squats."""
    rows = []
    for truth, run in pairs:
        if truth.protocol != "single_leg_squat" or run.trial.scene.view != "front":
            continue
        turned = turned_deg(
            run.trial.pose, run.trial.reps, old.value, mirrored=run.trial.clip.mirrored
        )
        if turned is not None:
            # a camera that has walked round anticlockwise sees a body turned to its own right
            truly = -float(truth.spec["camera"]["azimuth_deg"])
            rows.append([turned + old.value - truly])
    return _learned(
        old, np.array(rows), lambda r: huber_mean(r[:, 0]), lambda row, value: float(row[0] - value)
    )


def shoulder_width(pairs: Sequence[Pair], old: Learned) -> Learned:
    """Learn the shoulders' width that gives the true range of their turn in side view."""
    rows = []
    for truth, run in pairs:
        true = asked_values(truth).get(("trunk_rotation", "both"))
        if truth.view != "side" or true is None or not run.trial.steps:
            continue
        read = MEASURES["trunk_rotation"].compute(run.trial).values
        if read.size and np.isfinite(read).any():
            rows.append([float(np.nanmean(read)), true])

    def error(row: FloatArray, width: float) -> float:
        sine = np.sin(np.radians(row[0] / 2)) * old.value / width
        return float(2 * np.degrees(np.arcsin(np.clip(sine, -1, 1))) - row[1])

    def fit(seen: FloatArray) -> float:
        cost = [sum(error(row, w) ** 2 for row in seen) for w in WIDTHS]
        return float(WIDTHS[int(np.argmin(cost))])

    return _learned(old, np.array(rows), fit, error)


def contact_knee_rise(pairs: Sequence[Pair], old: Learned) -> Learned:
    """Learn how much more the knee is bent at a foot strike than it is read before it."""
    rows = []
    for truth, run in pairs:
        if truth.view != "side" or not run.trial.steps:
            continue
        plain = replace(run.trial, given=run.trial.given.plain())
        samples = MEASURES["knee_flexion_at_contact"].compute(plain)
        for side in set(samples.sides):
            true = asked_values(truth).get(("knee_flexion_at_contact", side))
            own = np.array([s == side for s in samples.sides]) & np.isfinite(samples.values)
            if true is not None and own.any():
                rows.append([true - float(np.mean(samples.values[own])) + old.value])
    return _learned(
        old, np.array(rows), lambda r: huber_mean(r[:, 0]), lambda row, value: float(row[0] - value)
    )


def landing_speed_rise(pairs: Sequence[Pair], old: Learned) -> Learned:
    """Learn how much faster the hips fall at a landing than is read shortly before it."""
    name, rows = "touchdown_speed_mps", []
    for truth, run in pairs:
        if run.trial.protocol_id != "hop_landing" or not run.trial.reps:
            continue
        samples = MEASURES["landing_softness"].compute(run.trial)
        for side, true in true_softness(truth).items():
            own = np.array([s == side for s in samples.sides], dtype=bool)
            read = samples.components.get(name, np.empty(0))[own]
            if name in true.parts and np.isfinite(read).any():
                rows.append([true.parts[name] - float(np.nanmedian(read)) + old.value])
    return _learned(
        old, np.array(rows), lambda r: huber_mean(r[:, 0]), lambda row, value: float(row[0] - value)
    )


def fit_corrections(pairs: Sequence[Pair], old: Corrections, header: Header) -> Corrections:
    """Return the corrections learned anew on analysed clips.

    Parameters
    ----------
    pairs : sequence of (Truth, AnalysisRun)
        Of the fit split, measured with `old`.
    old : Corrections
        Kept where there are fewer than six clips.
    header : Header
    """
    return Corrections(
        header=header,
        front_yaw_zero=front_yaw_zero(pairs, old.front_yaw_zero),
        shoulder_width=shoulder_width(pairs, old.shoulder_width),
        contact_knee_rise=contact_knee_rise(pairs, old.contact_knee_rise),
        landing_speed_rise=landing_speed_rise(pairs, old.landing_speed_rise),
    )

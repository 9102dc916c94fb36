"""Fit method errors on clips with known truth (rendered people), so that intervals hold 95 % of it.

Fit on one set of people and score on another: nothing here may see a clip that is scored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from formcheck.data import FloatArray
from formcheck.uncertainty.method_errors import FpsClass, MethodError, MethodErrors, fps_class

MIN_CLIPS = 6
"""Fewer clips than this say too little about a group of their own (95 % of 6 is all of them)."""
MIN_CLIPS_GAIN = 10
"""A slope needs a spread of truths: below this only an offset is fitted."""
GAIN_MUST_WIN = 0.9
"""A slope is kept only if it cuts the left-out error by 10 % or more."""
MIN_SD = 1e-6
COVERAGE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class FitRow:
    """One value with its truth.

    Attributes
    ----------
    clip : str
        Rows of one clip are left out together.
    estimate : float
        The value before any method correction, in the measure's unit.
    truth : float
    other_sd : float
        What steps, events, roll, view and scale already explain, before correction.
    """

    measure: str
    view: str
    fps: float
    clip: str
    side: str
    estimate: float
    truth: float
    other_sd: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedValue:
    """A value as an analysis reported it, with the truth: corrected, and with its whole SD."""

    measure: str
    view: str
    fps: float
    clip: str
    side: str
    value: float
    sd: float
    truth: float


@dataclass(frozen=True, slots=True)
class _Line:
    gain: float
    bias: float

    def of(self, estimate: FloatArray) -> FloatArray:
        return np.asarray(self.gain * estimate + self.bias)


def row_of(value: ReportedValue, used: MethodErrors) -> FitRow:
    """Turn a reported value back into a row for the fit.

    Parameters
    ----------
    value : ReportedValue
    used : MethodErrors
        The table with which the value was made; its correction and its spread are undone.

    Returns
    -------
    FitRow
    """
    entry = used.find(value.measure, value.view, value.fps)
    gain, bias, method_sd = (entry.gain, entry.bias, entry.sd) if entry else (1.0, 0.0, 0.0)
    return FitRow(
        measure=value.measure,
        view=value.view,
        fps=value.fps,
        clip=value.clip,
        side=value.side,
        estimate=(value.value - bias) / gain,
        truth=value.truth,
        other_sd=float(np.sqrt(max(value.sd**2 - method_sd**2, 0.0))) / gain,
    )


def fit_method_errors(
    rows: Iterable[FitRow], *, date: str, base: MethodErrors | None = None
) -> MethodErrors:
    """Fit bias, gain and spread per measure, view and class of frame rates.

    1. Offset: Huber mean of truth minus estimate. Slope: Theil-Sen of truth on estimate, kept only
       if it predicts left-out clips clearly better.
    2. Spread: the smallest SD for which 95 % of the left-out errors lie inside the interval that
       would be reported, with the small-sample rank of conformal prediction, and not below the
       robust SD (from the MAD).
    3. The same for right minus left.

    Parameters
    ----------
    rows : iterable of FitRow
    date : str
        ISO date, for the provenance.
    base : MethodErrors, optional
        Entries for groups with too few clips.

    Returns
    -------
    MethodErrors
    """
    groups: dict[tuple[str, str, FpsClass], list[FitRow]] = {}
    for row in rows:
        if not (np.isfinite(row.estimate) and np.isfinite(row.truth)):
            continue
        rates: tuple[FpsClass, ...] = (fps_class(row.fps), "any")
        for rate in rates:
            groups.setdefault((row.measure, row.view, rate), []).append(row)
    entries = tuple(
        _fit_group(key, group, date)
        for key, group in sorted(groups.items())
        if len({r.clip for r in group}) >= MIN_CLIPS
    )
    return (base or MethodErrors(entries=())).with_entries(entries)


def _fit_group(key: tuple[str, str, FpsClass], rows: Sequence[FitRow], date: str) -> MethodError:
    measure, view, rate = key
    clips = sorted({r.clip for r in rows})
    estimate = np.array([r.estimate for r in rows])
    truth = np.array([r.truth for r in rows])
    clip = np.array([clips.index(r.clip) for r in rows])
    sloped = _choose_slope(estimate, truth, clip)
    line = _fit_line(estimate, truth, sloped=sloped)
    left_out = _left_out_errors(estimate, truth, clip, sloped=sloped)
    other = np.array([r.other_sd for r in rows]) * line.gain
    return MethodError(
        measure=measure,
        view=view,
        fps_class=rate,
        bias=round(line.bias, 4),
        gain=round(line.gain, 4),
        sd=round(covering_sd(left_out, other, len(clips)), 4),
        sd_difference=_difference_sd(rows, line),
        source="fitted on rendered fit set",
        reference=f"{len(rows)} values of {len(clips)} clips",
        n_clips=len(clips),
        date=date,
    )


def _fit_line(estimate: FloatArray, truth: FloatArray, *, sloped: bool) -> _Line:
    gain = 1.0
    if sloped:
        gain = float(np.clip(stats.theilslopes(truth, estimate).slope, 0.2, 3.0))
    return _Line(gain, huber_mean(truth - gain * estimate))


def _choose_slope(estimate: FloatArray, truth: FloatArray, clip: FloatArray) -> bool:
    if np.unique(clip).size < MIN_CLIPS_GAIN:
        return False
    plain = _left_out_errors(estimate, truth, clip, sloped=False)
    sloped = _left_out_errors(estimate, truth, clip, sloped=True)
    return bool(np.mean(np.abs(sloped)) < GAIN_MUST_WIN * np.mean(np.abs(plain)))


def _left_out_errors(
    estimate: FloatArray, truth: FloatArray, clip: FloatArray, *, sloped: bool
) -> FloatArray:
    errors = np.empty(estimate.size)
    for c in np.unique(clip):
        out = clip == c
        line = _fit_line(estimate[~out], truth[~out], sloped=sloped)
        errors[out] = truth[out] - line.of(estimate[out])
    return errors


def huber_mean(values: FloatArray, k: float = 1.345) -> float:
    """Return Huber's location: a mean that far values pull only so much.

    Parameters
    ----------
    values : ndarray of float, shape (N,)
    k : float
        Bend in robust SDs; 1.345 keeps 95 % efficiency for a normal spread.

    Returns
    -------
    float
    """
    centre = float(np.median(values))
    scale = max(1.4826 * float(np.median(np.abs(values - centre))), MIN_SD)
    for _ in range(50):
        distance = np.abs(values - centre) / scale
        weight = np.minimum(1.0, k / np.maximum(distance, MIN_SD))
        moved = float(np.sum(weight * values) / np.sum(weight))
        if abs(moved - centre) < 1e-9 * scale:
            break
        centre = moved
    return centre


def coverage_factor(n_clips: int) -> float:
    """Return the factor from a method SD to half a 95 % interval: t for a fit, 1.96 for a seed."""
    return float(stats.t.ppf(0.975, n_clips - 1)) if n_clips > 1 else 1.96


def covering_sd(errors: FloatArray, other_sd: FloatArray, n_clips: int) -> float:
    """Return the method SD with which intervals cover 95 % of the errors.

    Parameters
    ----------
    errors : ndarray of float, shape (N,)
        Left-out errors.
    other_sd : ndarray of float, shape (N,)
        What the rest of the interval explains.
    n_clips : int
        Independent clips behind the errors.

    Returns
    -------
    float
        Not below the robust SD of the errors beyond `other_sd`.
    """
    factor = coverage_factor(n_clips)
    # each error asks for a method SD: factor^2 sd^2 + 1.96^2 other^2 >= error^2
    asked = np.sqrt(np.maximum(errors**2 - (1.96 * other_sd) ** 2, 0.0)) / factor
    rank = int(np.ceil(COVERAGE * (asked.size + 1)))
    ordered = np.sort(asked)
    covering = float(ordered[min(rank, asked.size) - 1])
    mad = 1.4826 * float(np.median(np.abs(errors)))
    robust = np.sqrt(max(mad**2 - float(np.median(other_sd)) ** 2, 0.0))
    return float(max(covering, robust))


def _difference_sd(rows: Sequence[FitRow], line: _Line) -> float | None:
    by_clip: dict[str, dict[str, FitRow]] = {}
    for row in rows:
        by_clip.setdefault(row.clip, {})[row.side] = row
    pairs = [c for c in by_clip.values() if {"left", "right"} <= c.keys()]
    if len(pairs) < MIN_CLIPS:
        return None
    errors, others = [], []
    for pair in pairs:
        left, right = pair["left"], pair["right"]
        measured = line.gain * (right.estimate - left.estimate)
        errors.append((right.truth - left.truth) - measured)
        others.append(line.gain * float(np.hypot(left.other_sd, right.other_sd)))
    return round(covering_sd(np.array(errors), np.array(others), len(pairs)), 4)

"""Fit method errors on clips with known truth (rendered people), so that intervals hold 95 % of it.

Fit on one set of people and score on another: nothing here may see a clip that is scored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import stats

from formcheck.data import FloatArray
from formcheck.fitted.method_errors import FITTED, FpsClass, MethodError, MethodErrors, fps_class
from formcheck.settings import UncertaintySettings
from formcheck.uncertainty.spread import (
    MIN_SD,
    borne_out,
    coverage_factor,
    method_dof,
    method_sd,
    step_prior,
)
from formcheck.uncertainty.statistics import moderated, step_mean

MIN_CLIPS = 8
"""Fewer clips than this say too little about a group of their own: its seed stays."""
MIN_CLIPS_RATE = 14
"""A class of frame rates gets an entry of its own from this many clips on."""
MIN_CLIPS_GAIN = 10
"""A slope needs a spread of truths: below this only an offset is fitted."""
GAIN_MUST_WIN = 0.9
"""A slope is kept only if it cuts the left-out error by 10 % or more."""


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
        What events, roll, view and scale explain, before correction; not the steps.
    random_sd : float
        The least that the steps' mean is off, by the events' random error.
    steps : tuple of float
        Values of the single steps, before correction.
    """

    measure: str
    view: str
    fps: float
    clip: str
    side: str
    estimate: float
    truth: float
    other_sd: float = 0.0
    random_sd: float = 0.0
    steps: tuple[float, ...] = ()
    read_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedValue:
    """A value as an analysis reported it, with the truth: corrected, and with its error parts."""

    measure: str
    view: str
    fps: float
    clip: str
    side: str
    value: float
    truth: float
    parts: Mapping[str, float] = field(default_factory=dict)
    steps: tuple[float, ...] = ()
    read_from: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    gain: float
    bias: float

    def of(self, estimate: FloatArray) -> FloatArray:
        return np.asarray(self.gain * estimate + self.bias)


def row_of(
    value: ReportedValue, used: MethodErrors, settings: UncertaintySettings | None = None
) -> FitRow:
    """Turn a reported value back into a row for the fit.

    Parameters
    ----------
    value : ReportedValue
    used : MethodErrors
        The table with which the value was made; its correction and its spread are undone.
    settings : UncertaintySettings, optional
        Those with which it was made.

    Returns
    -------
    FitRow
    """
    settings = settings or UncertaintySettings()
    entry = used.find(value.measure, value.view, value.fps, value.read_from)
    gain, bias = (entry.gain, entry.bias) if entry else (1.0, 0.0)
    borne = entry.borne_out if entry else 1.0
    others = [
        sd / borne for name, sd in value.parts.items() if name not in ("method", "people", "steps")
    ]
    share = settings.event_systematic_share
    event_sd = value.parts.get("events", 0.0) / borne / max(share, MIN_SD)
    n = max(1, len(value.steps))
    return FitRow(
        measure=value.measure,
        view=value.view,
        fps=value.fps,
        clip=value.clip,
        side=value.side,
        estimate=(value.value - bias) / gain,
        truth=value.truth,
        other_sd=float(np.sqrt(sum(sd**2 for sd in others))) / gain,
        random_sd=event_sd * float(np.sqrt((1 - share**2) / n)) / gain,
        steps=tuple((v - bias) / gain for v in value.steps),
        read_from=value.read_from,
    )


def fit_method_errors(rows: Iterable[FitRow], *, date: str) -> MethodErrors:
    """Fit bias, gain and spread per measure, view and class of frame rates.

    1. Offset: Huber mean of truth minus estimate. Slope: Theil-Sen of truth on estimate, kept only
       if it predicts left-out clips clearly better.
    2. Steps: the usual spread from step to step, and how much clips differ in it.
    3. Share of what steps, events, view and scale claim that is borne out, where they claim too
       much.
    4. Spread of the method: what is left of the left-out errors' variance when theirs is taken off,
       so that nothing counts twice.
    5. The same for right minus left.

    Parameters
    ----------
    rows : iterable of FitRow
    date : str
        ISO date, for the provenance.

    Returns
    -------
    MethodErrors
        Nothing for groups with too few clips: seeds stand in there.
    """
    groups: dict[tuple[str, str, FpsClass, str], list[FitRow]] = {}
    for row in rows:
        if not (np.isfinite(row.estimate) and np.isfinite(row.truth)):
            continue
        rates: tuple[FpsClass, ...] = (fps_class(row.fps), "any")
        for rate in rates:
            groups.setdefault((row.measure, row.view, rate, row.read_from), []).append(row)
    entries = tuple(
        _fit_group(key, group, date)
        for key, group in sorted(groups.items())
        if len({r.clip for r in group}) >= (MIN_CLIPS if key[2] == "any" else MIN_CLIPS_RATE)
    )
    return MethodErrors().with_entries(entries)


def _fit_group(
    key: tuple[str, str, FpsClass, str], rows: Sequence[FitRow], date: str
) -> MethodError:
    measure, view, rate, read_from = key
    clips = sorted({r.clip for r in rows})
    estimate = np.array([r.estimate for r in rows])
    truth = np.array([r.truth for r in rows])
    clip = np.array([clips.index(r.clip) for r in rows])
    sloped = _choose_slope(estimate, truth, clip)
    line = _fit_line(estimate, truth, sloped=sloped)
    left_out = _left_out_errors(estimate, truth, clip, sloped=sloped)
    usual_sd, usual_dof = step_prior([r.steps for r in rows])
    other = line.gain * np.array([_explained(r, usual_sd, usual_dof) for r in rows])
    share = borne_out(left_out, other, clip)
    other = share * other
    sd = method_sd(left_out, other, clip)
    inside = np.abs(left_out) <= coverage_factor(len(clips)) * np.hypot(sd, other)
    return MethodError(
        measure=measure,
        view=view,
        fps_class=rate,
        read_from=read_from,
        bias=round(line.bias, 4),
        gain=round(line.gain, 4),
        sd=round(sd, 4),
        sd_difference=_difference_sd(rows, line, (usual_sd, usual_dof), share),
        step_sd=round(usual_sd, 4),
        step_dof=round(usual_dof, 2),
        borne_out=round(share, 3),
        source=FITTED,
        reference=f"{len(rows)} values of {len(clips)} clips; {100 * np.mean(inside):.0f} % of "
        "left-out truths inside",
        n_clips=len(clips),
        dof=round(method_dof(sd, left_out, other, clip), 4),
        date=date,
    )


def _explained(row: FitRow, usual_sd: float, usual_dof: float) -> float:
    """Return the error of a row that steps, events, view and scale explain, before correction."""
    steps = np.array(row.steps)
    se = 0.0
    if steps.size:
        se = moderated(step_mean(steps, UncertaintySettings()), usual_sd, usual_dof).se
    return float(np.hypot(row.other_sd, max(se, row.random_sd)))


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


def _difference_sd(
    rows: Sequence[FitRow], line: _Line, usual: tuple[float, float], share: float
) -> float | None:
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
        others.append(
            share * line.gain * float(np.hypot(_explained(left, *usual), _explained(right, *usual)))
        )
    return round(method_sd(np.array(errors), np.array(others), np.arange(len(pairs))), 4)

"""Fit method errors on clips with known truth (rendered people), so that intervals hold 95 % of it.

Fit on one set of people and score on another: nothing here may see a clip that is scored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import special, stats

from formcheck.data import FloatArray, IntArray
from formcheck.settings import UncertaintySettings
from formcheck.uncertainty.method_errors import FpsClass, MethodError, MethodErrors, fps_class
from formcheck.uncertainty.statistics import moderated, step_mean

MIN_CLIPS = 6
"""Fewer clips than this say too little about a group of their own."""
MIN_CLIPS_RATE = 14
"""A class of frame rates gets an entry of its own from this many clips on."""
MIN_CLIPS_GAIN = 10
"""A slope needs a spread of truths: below this only an offset is fitted."""
GAIN_MUST_WIN = 0.9
"""A slope is kept only if it cuts the left-out error by 10 % or more."""
FLOOR_SHARE = 0.3
"""Least share of the error that the method keeps, however much steps and camera seem to explain."""
LEAST_COVERAGE = 0.90
"""Left-out coverage below which the spread is widened: the errors have long tails."""
STEP_DOF = (2.0, 30.0)
MIN_SD = 1e-6
LEAST_DOF = 1e-3


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
    entry = used.find(value.measure, value.view, value.fps)
    gain, bias = (entry.gain, entry.bias) if entry else (1.0, 0.0)
    others = [sd for name, sd in value.parts.items() if name not in ("method", "steps")]
    share = settings.event_systematic_share
    event_sd = value.parts.get("events", 0.0) / max(share, MIN_SD)
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
    )


def fit_method_errors(
    rows: Iterable[FitRow], *, date: str, base: MethodErrors | None = None
) -> MethodErrors:
    """Fit bias, gain and spread per measure, view and class of frame rates.

    1. Offset: Huber mean of truth minus estimate. Slope: Theil-Sen of truth on estimate, kept only
       if it predicts left-out clips clearly better.
    2. Steps: the usual spread from step to step, and how much clips differ in it.
    3. Spread of the method: what is left of the left-out errors' variance when the variance of the
       steps' mean, events, view and scale is taken off, so that nothing counts twice.
    4. The same for right minus left.

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
        if len({r.clip for r in group}) >= (MIN_CLIPS if key[2] == "any" else MIN_CLIPS_RATE)
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
    usual_sd, usual_dof = step_prior([r.steps for r in rows])
    other = line.gain * np.array([_explained(r, usual_sd, usual_dof) for r in rows])
    sd = method_sd(left_out, other, clip)
    inside = np.abs(left_out) <= coverage_factor(len(clips)) * np.hypot(sd, other)
    return MethodError(
        measure=measure,
        view=view,
        fps_class=rate,
        bias=round(line.bias, 4),
        gain=round(line.gain, 4),
        sd=round(sd, 4),
        sd_difference=_difference_sd(rows, line, (usual_sd, usual_dof)),
        step_sd=round(usual_sd, 4),
        step_dof=round(usual_dof, 2),
        source="fitted on rendered fit set",
        reference=f"{len(rows)} values of {len(clips)} clips; {100 * np.mean(inside):.0f} % of "
        "left-out truths inside",
        n_clips=len(clips),
        dof=round(method_dof(sd, left_out, other, clip), 4),
        date=date,
    )


def method_dof(sd: float, errors: FloatArray, other_sd: FloatArray, clip: IntArray) -> float:
    """Return the degrees of freedom of a method's SD that is a difference of variances.

    The whole variance is known from as many clips as there are, less one; taking a known part off
    leaves its uncertainty whole on what remains (Welch and Satterthwaite, solved for it). Where the
    rest claims more than the whole, it is believed, and only the method's floor is uncertain.

    Parameters
    ----------
    sd : float
        As from `method_sd`.
    errors, other_sd : ndarray of float, shape (N,)
    clip : ndarray of int, shape (N,)
    """
    dof = np.unique(clip).size - 1
    if float(np.mean(errors**2)) <= float(np.mean(other_sd**2)):
        return float(dof)
    share = sd**2 / (sd**2 + float(np.mean(other_sd**2)))
    return max(dof * share**2, LEAST_DOF)


def _explained(row: FitRow, usual_sd: float, usual_dof: float) -> float:
    """Return the error of a row that steps, events, view and scale explain, before correction."""
    steps = np.array(row.steps)
    se = 0.0
    if steps.size:
        se = moderated(step_mean(steps, UncertaintySettings()), usual_sd, usual_dof).se
    return float(np.hypot(row.other_sd, max(se, row.random_sd)))


def step_prior(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return the usual spread from step to step, and what that knowledge is worth in steps.

    Moments of the logarithms of the clips' variances against those of a scaled F distribution
    (Smyth 2004, section 6.2).

    Parameters
    ----------
    groups : sequence of sequences of float
        Step values of one clip and side each; those of one step are left out.

    Returns
    -------
    sd, dof : float
        0, 0 where no group has two steps.
    """
    used = [(float(np.var(g, ddof=1)), len(g) - 1) for g in groups if len(g) > 1]
    used = [(v, n) for v, n in used if v > MIN_SD**2]
    if len(used) < 2:
        return 0.0, 0.0
    variance, dof = np.array([v for v, _ in used]), np.array([n for _, n in used], dtype=float)
    e = np.log(variance) - special.digamma(dof / 2) + np.log(dof / 2)
    spread = float(np.var(e, ddof=1) - np.mean(special.polygamma(1, dof / 2)))
    worth = STEP_DOF[1]
    if spread > float(special.polygamma(1, STEP_DOF[1] / 2)):
        worth = max(STEP_DOF[0], 2 * _trigamma_inverse(spread))
    log_variance = float(np.mean(e)) + float(special.digamma(worth / 2)) - np.log(worth / 2)
    return float(np.exp(0.5 * log_variance)), float(worth)


def _trigamma_inverse(y: float) -> float:
    """Return x with trigamma(x) = y, by Newton's method (Smyth 2004, appendix)."""
    x = 0.5 + 1 / y
    for _ in range(50):
        trigamma = float(special.polygamma(1, x))
        step = trigamma * (1 - trigamma / y) / float(special.polygamma(2, x))
        x += step
        if abs(step) < 1e-8 * x:
            break
    return x


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


def method_sd(errors: FloatArray, other_sd: FloatArray, clip: IntArray) -> float:
    """Return the method's own SD: the errors' variance beyond what the rest explains.

    Parameters
    ----------
    errors : ndarray of float, shape (N,)
        Left-out errors.
    other_sd : ndarray of float, shape (N,)
        What the rest of the interval explains.
    clip : ndarray of int, shape (N,)
        Every clip counts once, however many values it has.

    Returns
    -------
    float
        Not below ``FLOOR_SHARE`` of the errors; widened until ``LEAST_COVERAGE`` of them lie
        inside the interval.
    """
    n_clips = np.unique(clip).size
    weight = 1.0 / np.bincount(clip)[clip]

    def mean(values: FloatArray) -> float:
        return float(np.sum(weight * values) / np.sum(weight))

    total = mean(errors**2)
    own = np.sqrt(max(mean(errors**2 - other_sd**2), FLOOR_SHARE**2 * total))
    factor = coverage_factor(n_clips)
    asked = np.sort(np.sqrt(np.maximum((errors / factor) ** 2 - other_sd**2, 0.0)))
    least = asked[int(np.ceil(LEAST_COVERAGE * asked.size)) - 1]
    return float(max(own, least))


def _difference_sd(rows: Sequence[FitRow], line: _Line, usual: tuple[float, float]) -> float | None:
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
            line.gain * float(np.hypot(_explained(left, *usual), _explained(right, *usual)))
        )
    return round(method_sd(np.array(errors), np.array(others), np.arange(len(pairs))), 4)

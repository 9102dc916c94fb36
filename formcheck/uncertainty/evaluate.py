"""From the samples of a measure to measurements: value, interval, status and reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Self

import numpy as np

from formcheck.data import BoolArray, FloatArray, Samples, SampleSide, Trial
from formcheck.filming import OTHER_SIDE
from formcheck.fitted.differences import DifferenceErrors, load_differences
from formcheck.keypoints import SIDES, View, other
from formcheck.quality import GREYING
from formcheck.registry import MEASURES, MeasureSpec
from formcheck.results import Component, Finding, Measurement, ResultSide
from formcheck.settings import UncertaintySettings
from formcheck.signals.geometry import near_side
from formcheck.uncertainty import reasons
from formcheck.uncertainty.difference import PEOPLE, with_difference
from formcheck.uncertainty.method_errors import MethodError, MethodErrors, load_method_errors
from formcheck.uncertainty.statistics import StepMean, half_width, moderated, step_mean

UNIT_OF_SUFFIX = {
    "_deg": "deg",
    "_ms": "ms",
    "_mps": "m/s",
    "_pct_leg": "% of leg length",
    "_pct": "%",
    "_cm": "cm",
    "_ratio": "ratio",
    "_s": "s",
}
NOT_FITTED: Final = ("method", PEOPLE)
NO_METHOD = MethodError(measure="none", sd=0.0, source="none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """What the quality of the clip forbids.

    Attributes
    ----------
    unavailable, uncertain : mapping of str to str
        Measure id to the reason, in plain words with the remedy.
    """

    unavailable: Mapping[str, str] = field(default_factory=dict)
    uncertain: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Self:
        """Return what quality findings forbid: `stop` withholds, some of `watch` grey out."""
        unavailable: dict[str, str] = {}
        uncertain: dict[str, str] = {}
        for found in findings:
            reason = f"{found.message} {found.suggestion}".strip()
            if found.severity == "stop":
                unavailable |= {i: reason for i in found.measure_ids if i not in unavailable}
            elif found.code in GREYING:
                uncertain |= {i: reason for i in found.measure_ids if i not in uncertain}
        return cls(unavailable=unavailable, uncertain=uncertain)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    spec: MeasureSpec
    trial: Trial
    settings: UncertaintySettings
    method: MethodError
    blocks: Blocks

    @property
    def view(self) -> View:
        return self.trial.scene.view


@dataclass(frozen=True, slots=True, kw_only=True)
class _Estimate:
    """One side's value with the parts of its error."""

    mean: StepMean
    value: float
    parts: Mapping[str, float]
    half: float

    @property
    def sd(self) -> float:
        return float(np.sqrt(sum(p**2 for p in self.parts.values())))


def evaluate_trial(
    trial: Trial,
    measure_ids: Sequence[str],
    settings: UncertaintySettings | None = None,
    *,
    errors: MethodErrors | None = None,
    differences: DifferenceErrors | None = None,
    blocks: Blocks | None = None,
) -> tuple[Measurement, ...]:
    """Compute measures of a trial and put an interval around each.

    Parameters
    ----------
    trial : Trial
    measure_ids : sequence of str
        In the order wanted; usually the protocol's.
    settings : UncertaintySettings, optional
    errors : MethodErrors, optional
        The packaged table when left out.
    differences : DifferenceErrors, optional
        Errors of right minus left; the packaged table when left out.
    blocks : Blocks, optional
        What the clip's quality forbids (:meth:`Blocks.of` its findings).

    Returns
    -------
    tuple of Measurement
        Left and right of a sided measure, then the next measure.
    """
    return tuple(
        m
        for measure_id in measure_ids
        for m in evaluate_measure(
            MEASURES[measure_id],
            trial,
            settings,
            errors=errors,
            differences=differences,
            blocks=blocks,
        )
    )


def evaluate_measure(
    spec: MeasureSpec,
    trial: Trial,
    settings: UncertaintySettings | None = None,
    *,
    errors: MethodErrors | None = None,
    differences: DifferenceErrors | None = None,
    blocks: Blocks | None = None,
) -> tuple[Measurement, ...]:
    """Compute one measure of a trial; see :func:`evaluate_trial`.

    Parameters
    ----------
    spec : MeasureSpec
    trial : Trial
    settings : UncertaintySettings, optional
    errors : MethodErrors, optional
    differences : DifferenceErrors, optional
    blocks : Blocks, optional

    Returns
    -------
    tuple of Measurement
        ``left`` and ``right`` (each with the difference), or ``both``.
    """
    table = load_method_errors() if errors is None else errors
    context = _Context(
        spec=spec,
        trial=trial,
        settings=settings or UncertaintySettings(),
        method=table.find(spec.id, trial.scene.view, trial.clip.fps) or NO_METHOD,
        blocks=blocks or Blocks(),
    )
    refused = reasons.refusal(spec, trial, context.settings, context.blocks.unavailable)
    if refused:
        return tuple(_unavailable(spec, side, refused) for side in _sides(spec))
    samples = spec.compute(trial)
    if samples.source:
        own = table.find(spec.id, trial.scene.view, trial.clip.fps, samples.source)
        context = replace(context, method=own or NO_METHOD)
    sides: tuple[SampleSide, ...] = _sides(spec)
    if samples.sides and set(samples.sides) == {"both"}:
        sides = ("both",)
    estimates = {side: _estimate(context, samples, side) for side in sides}
    made = tuple(_measurement(context, samples, side, estimates[side]) for side in sides)
    if len(made) != 2:
        return made
    apart = load_differences() if differences is None else differences
    return with_difference(made[0], made[1], context.method, trial, context.settings, apart)


def _sides(spec: MeasureSpec) -> tuple[SampleSide, ...]:
    return SIDES if spec.sided else ("both",)


def _unavailable(spec: MeasureSpec, side: ResultSide, reason: str) -> Measurement:
    return Measurement(
        id=spec.id,
        side=side,
        unit=spec.unit,
        value=None,
        ci95=None,
        sd=None,
        n=0,
        status="unavailable",
        reason=reason,
    )


def _of_side(samples: Samples, side: SampleSide) -> BoolArray:
    mine = np.array([s == side for s in samples.sides], dtype=bool)
    return mine & np.isfinite(samples.values)


def _estimate(context: _Context, samples: Samples, side: SampleSide) -> _Estimate | None:
    """Return the side's value and error parts, None where nothing was seen."""
    mine = _of_side(samples, side)
    if not mine.any():
        return None
    order = np.argsort(samples.times_s[mine])
    values = samples.values[mine][order]
    gain = context.method.gain
    mean = step_mean(values, context.settings)
    mean = moderated(mean, context.method.step_sd, context.method.step_dof)
    if samples.known_mean is not None and np.isfinite(samples.known_mean).all():
        mean = replace(mean, value=samples.known_mean[0], se=samples.known_mean[1])
    event_sd = np.zeros(values.size) if samples.event_sd is None else samples.event_sd[mine]
    parts = _systematic_parts(context, mean, float(np.mean(event_sd)), samples.clip_sd)
    shared = context.settings.event_systematic_share
    random = float(np.sqrt(np.mean(event_sd**2) * (1 - shared**2) / mean.n))
    # the spread between steps already holds the events' random error: the larger of both counts
    parts["steps"] = gain * max(mean.se, random)
    share = context.method.borne_out
    parts = {k: sd if k in NOT_FITTED else share * sd for k, sd in parts.items()}
    value = gain * mean.value + context.method.bias
    half = half_width(parts, _dof(context.method, mean.dof))
    return _Estimate(mean=mean, value=value, parts=parts, half=half)


def _dof(method: MethodError, steps: float) -> dict[str, float]:
    """Return the degrees of freedom of the errors that were estimated; seeds count as known."""
    own = method.dof if method.dof is not None else float(max(method.n_clips - 1, 0))
    return {"method": own, "steps": steps}


def _systematic_parts(
    context: _Context, mean: StepMean, event_sd: float, clip_sd: float
) -> dict[str, float]:
    """Return the errors that all steps of the clip share."""
    settings, scene, spec = context.settings, context.trial.scene, context.spec
    gain = context.method.gain
    parts = {
        "events": gain * settings.event_systematic_share * event_sd,
        "method": context.method.sd,
        PEOPLE: settings.people_sd.get(spec.id, 0.0),
        "clip": gain * clip_sd,
    }
    sensitivity = settings.sensitivity.get(spec.id)
    if sensitivity is not None:
        parts["roll"] = gain * abs(sensitivity.roll) * scene.roll_sd_deg
        unknown = sensitivity.yaw_sd_deg or settings.yaw_sd_unknown_deg
        sd = unknown if scene.yaw_deg is None else min(settings.yaw_sd_known_deg, unknown)
        yaw_square = (scene.yaw_deg or 0.0) ** 2 + sd**2
        parts["view"] = gain * float(np.hypot(sensitivity.yaw * sd, sensitivity.yaw2 * yaw_square))
    parts["scale"] = gain * abs(mean.value) * _scale_share(context)
    return {k: v for k, v in parts.items() if v > 0}


def _scale_share(context: _Context) -> float:
    settings, scene = context.settings, context.trial.scene
    if context.spec.id == "speed" and context.trial.belt_speed_mps is not None:
        return settings.belt_speed_sd_share
    if context.spec.id not in (*settings.lengths, "speed"):
        return 0.0
    if scene.m_per_px and scene.m_per_px_sd:
        return scene.m_per_px_sd / scene.m_per_px
    return settings.scale_sd_share


def _measurement(
    context: _Context, samples: Samples, side: SampleSide, estimate: _Estimate | None
) -> Measurement:
    spec = context.spec
    if estimate is None:
        return _unavailable(spec, side, _nothing_seen(context, samples, side))
    too_few = reasons.too_few(spec, context.trial, side, estimate.mean.n, context.settings)
    if too_few.unavailable:
        return _unavailable(spec, side, too_few.unavailable)
    doubts = [
        *too_few.uncertain,
        *reasons.doubts(spec, context.trial, context.settings),
        *reasons.shallow(spec, _components(samples, side), context.settings),
        *reasons.too_wide(spec, estimate.half, context.settings),
    ]
    blocked = context.blocks.uncertain.get(spec.id)
    doubts = [*doubts, blocked] if blocked else doubts
    own = np.array([s == side for s in samples.sides], dtype=bool)
    per_step = context.method.gain * samples.values[own] + context.method.bias
    return Measurement(
        id=spec.id,
        side=side,
        unit=spec.unit,
        value=estimate.value,
        ci95=(estimate.value - estimate.half, estimate.value + estimate.half),
        sd=estimate.sd,
        n=estimate.mean.n,
        status="uncertain" if doubts else "ok",
        reason=reasons.joined(doubts, spec.how_to_film) if doubts else "",
        per_step=tuple(float(v) if np.isfinite(v) else None for v in per_step),
        times_s=tuple(float(t) for t in samples.times_s[own]),
        components=_components(samples, side),
        sd_parts={k: float(v) for k, v in estimate.parts.items()},
        source=samples.source,
    )


def _nothing_seen(context: _Context, samples: Samples, side: SampleSide) -> str:
    near = near_side(context.trial.scene)
    if context.spec.near_leg_only and near is not None and side == other(near):
        return f"This clip shows the {near} leg; the {side} one is behind it. {OTHER_SIDE}"
    if samples.reason:
        return reasons.joined([samples.reason], context.spec.how_to_film)
    where = "" if side == "both" else f" of the {side} side"
    what = f"Too little{where} was seen to measure this."
    if context.trial.reps and side not in samples.sides:
        what = f"No good repetition was found on the {side} side."
    return reasons.joined([what], context.spec.how_to_film)


def _components(samples: Samples, side: SampleSide) -> dict[str, Component]:
    mine = _of_side(samples, side)
    out = {}
    for name, values in samples.components.items():
        seen = values[mine][np.isfinite(values[mine])]
        unit = next((u for suffix, u in UNIT_OF_SUFFIX.items() if name.endswith(suffix)), "")
        out[name] = _component(seen, unit)
    return out


def _component(seen: FloatArray, unit: str) -> Component:
    if not seen.size:
        return Component(value=None, unit=unit)
    mean = step_mean(seen, UncertaintySettings())
    half = mean.t95 * mean.se if mean.n > 1 else 0.0
    interval = (mean.value - half, mean.value + half) if mean.n > 1 else None
    return Component(value=mean.value, unit=unit, ci95=interval)

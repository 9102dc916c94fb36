"""From the samples of a measure to measurements: value, interval, status and reason."""

from collections.abc import Sequence

import numpy as np

from formcheck.data import FloatArray, Samples, SampleSide, Trial
from formcheck.filming import OTHER_SIDE
from formcheck.fitted.differences import DifferenceErrors
from formcheck.fitted.method_errors import MethodErrors
from formcheck.keypoints import SIDES, other
from formcheck.registry import MEASURES, MeasureSpec
from formcheck.results import Component, Measurement, ResultSide
from formcheck.settings import UncertaintySettings
from formcheck.signals.geometry import near_side
from formcheck.uncertainty import reasons
from formcheck.uncertainty.blocks import Blocks
from formcheck.uncertainty.corrected import corrected, in_test
from formcheck.uncertainty.difference import with_difference
from formcheck.uncertainty.estimate import Context, Estimate, estimate, of_side
from formcheck.uncertainty.statistics import step_mean

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
        Those the trial was given when left out.
    differences : DifferenceErrors, optional
        Errors of right minus left; those the trial was given when left out.
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
    settings, blocks, spec = (
        settings or trial.given.settings.uncertainty,
        blocks or Blocks(),
        in_test(spec, trial),
    )
    refused = reasons.refusal(spec, trial, settings, blocks.unavailable)
    if refused:
        return tuple(_unavailable(spec, side, refused) for side in _sides(spec))
    read = corrected(spec, trial, errors)
    context = Context(spec=spec, trial=trial, settings=settings, read=read, blocks=blocks)
    sides: tuple[SampleSide, ...] = _sides(spec)
    if read.samples.sides and set(read.samples.sides) == {"both"}:
        sides = ("both",)
    estimates = {side: estimate(context, side) for side in sides}
    made = tuple(_measurement(context, side, estimates[side]) for side in sides)
    if len(made) != 2:
        return made
    apart = trial.given.fitted.differences if differences is None else differences
    return with_difference(made[0], made[1], spec, context.method, trial, apart)


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


def _measurement(context: Context, side: SampleSide, estimate: Estimate | None) -> Measurement:
    spec, samples = context.spec, context.samples
    own = context.read.of_side(side)
    n_beyond = int(context.read.beyond[own].sum())
    n_kept = int(of_side(samples, side).sum())
    too_far = reasons.beyond_reach(spec, n_beyond, n_kept, context.settings)
    if too_far.unavailable:
        return _unavailable(spec, side, too_far.unavailable)
    if estimate is None:
        return _unavailable(spec, side, _nothing_seen(context, samples, side))
    too_few = reasons.too_few(spec, context.trial, side, estimate.mean.n, context.settings)
    wide = reasons.nothing_said(spec, estimate.half)
    if too_few.unavailable or wide:
        return _unavailable(spec, side, too_few.unavailable or wide)
    doubts = [
        *too_few.uncertain,
        *too_far.uncertain,
        *reasons.unreached(spec, estimate.value),
        *reasons.doubts(spec, context.trial, context.settings),
        *reasons.shallow(spec, _components(samples, side, context.settings), context.settings),
        *reasons.too_wide(spec, estimate.half),
    ]
    blocked = context.blocks.uncertain.get(spec.id)
    doubts = [*doubts, blocked] if blocked else doubts
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
        per_step=tuple(float(v) if np.isfinite(v) else None for v in context.read.values[own]),
        times_s=tuple(float(t) for t in samples.times_s[own]),
        components=_components(samples, side, context.settings),
        sd_parts={k: float(v) for k, v in estimate.parts.items()},
        source=samples.source,
    )


def _nothing_seen(context: Context, samples: Samples, side: SampleSide) -> str:
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


def _components(
    samples: Samples, side: SampleSide, settings: UncertaintySettings
) -> dict[str, Component]:
    mine = of_side(samples, side)
    out = {}
    for name, values in samples.components.items():
        seen = values[mine][np.isfinite(values[mine])]
        unit = next((u for suffix, u in UNIT_OF_SUFFIX.items() if name.endswith(suffix)), "")
        out[name] = _component(seen, unit, settings)
    return out


def _component(seen: FloatArray, unit: str, settings: UncertaintySettings) -> Component:
    if not seen.size:
        return Component(value=None, unit=unit)
    mean = step_mean(seen, settings)
    half = mean.t95 * mean.se if mean.n > 1 else 0.0
    interval = (mean.value - half, mean.value + half) if mean.n > 1 else None
    return Component(value=mean.value, unit=unit, ci95=interval)

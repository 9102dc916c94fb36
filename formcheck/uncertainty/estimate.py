"""One side's value with the parts of its error: steps, events, camera, scale, method."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from formcheck.data import BoolArray, Samples, SampleSide, Trial
from formcheck.fitted.method_errors import MethodError
from formcheck.registry import MeasureSpec
from formcheck.settings import UncertaintySettings
from formcheck.uncertainty.blocks import Blocks
from formcheck.uncertainty.corrected import Corrected
from formcheck.uncertainty.statistics import StepMean, half_width, moderated, step_mean

PEOPLE: Final = "people"
"""Part of the error that no rendered clip can show."""
NOT_FITTED: Final = ("method", PEOPLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What one measure is evaluated with."""

    spec: MeasureSpec
    trial: Trial
    settings: UncertaintySettings
    read: Corrected
    blocks: Blocks

    @property
    def method(self) -> MethodError:
        """What the method gets wrong here."""
        return self.read.method

    @property
    def samples(self) -> Samples:
        """What was read and can be."""
        return self.read.samples


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One side's value with the parts of its error, and half of its 95 % interval."""

    mean: StepMean
    value: float
    parts: Mapping[str, float]
    half: float

    @property
    def sd(self) -> float:
        """All parts together."""
        return float(np.sqrt(sum(p**2 for p in self.parts.values())))


def of_side(samples: Samples, side: SampleSide) -> BoolArray:
    """Return which samples are of this side and were seen, shape (N,)."""
    mine = np.array([s == side for s in samples.sides], dtype=bool)
    return mine & np.isfinite(samples.values)


def estimate(context: Context, side: SampleSide) -> Estimate | None:
    """Return the side's value and error parts, None where nothing was seen."""
    samples = context.samples
    mine = of_side(samples, side)
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
    half = half_width(parts, dof_of(context.method, mean.dof))
    if context.spec.is_count:
        value, half = float(round(value)), 0.0  # counted, not measured: a whole number, no range
    return Estimate(mean=mean, value=value, parts=parts, half=half)


def dof_of(method: MethodError, steps: float) -> dict[str, float]:
    """Return the degrees of freedom of the errors that were estimated; seeds count as known."""
    own = method.dof if method.dof is not None else float(max(method.n_clips - 1, 0))
    return {"method": own, "steps": steps}


def _systematic_parts(
    context: Context, mean: StepMean, event_sd: float, clip_sd: float
) -> dict[str, float]:
    """Return the errors that all steps of the clip share."""
    settings, scene, spec = context.settings, context.trial.scene, context.spec
    gain = context.method.gain
    parts = {
        "events": gain * settings.event_systematic_share * event_sd,
        "method": context.method.sd,
        PEOPLE: spec.people_sd,
        "clip": gain * clip_sd,
    }
    camera = spec.camera
    parts["roll"] = gain * abs(camera.roll) * scene.roll_sd_deg
    unknown = camera.yaw_sd_deg or settings.yaw_sd_unknown_deg
    sd = unknown if scene.yaw_deg is None else min(settings.yaw_sd_known_deg, unknown)
    yaw_square = (scene.yaw_deg or 0.0) ** 2 + sd**2
    parts["view"] = gain * float(np.hypot(camera.yaw * sd, camera.yaw2 * yaw_square))
    parts["scale"] = gain * abs(mean.value) * _scale_share(context)
    return {k: v for k, v in parts.items() if v > 0}


def _scale_share(context: Context) -> float:
    settings, scene = context.settings, context.trial.scene
    if not context.spec.asks_for("scale"):
        return 0.0
    if context.spec.unit == "m/s" and context.trial.belt_speed_mps is not None:
        return settings.belt_speed_sd_share  # the belt's own, as it was given
    if scene.m_per_px and scene.m_per_px_sd:
        return scene.m_per_px_sd / scene.m_per_px
    return settings.scale_sd_share

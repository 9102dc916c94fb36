"""Pelvis and thorax over time, from the strips' motion and the model, in rear view."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from formcheck.data import FloatArray, Trial
from formcheck.fitted.strip_loadings import Feature
from formcheck.keypoints import View
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.features import FeatureSet, collect, feature_steps
from formcheck.surface.model import (
    OBLIQUITY,
    PELVIS_YAW,
    THORAX_YAW,
    Drivers,
    solve,
    thigh_template,
)
from formcheck.surface.series import StrideClock, stride_clock

NOT_FROM_BEHIND = (
    "Film from behind: in front arms and the treadmill's console hide the trunk, and from the side "
    "the pelvis does not show its tilt."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrunkMotion:
    """Obliquity and yaw over the clip, estimated from strips and landmarks.

    Attributes
    ----------
    time_s : ndarray of float, shape (T,)
    obliquity_deg, pelvis_yaw_deg, thorax_yaw_deg : ndarray of float, shape (T,)
        Zero mean over a stride; + = left side higher, turned left; NaN where not tracked.
    clock : StrideClock
    tracked : float
        Share of the frames, 0..1.
    """

    time_s: FloatArray
    obliquity_deg: FloatArray
    pelvis_yaw_deg: FloatArray
    thorax_yaw_deg: FloatArray
    clock: StrideClock
    tracked: float


@lru_cache(maxsize=2)
def trunk_motion(trial: Trial) -> TrunkMotion | str:
    """Estimate pelvis and thorax over time from a rear view of running.

    A trial never changes: it is solved once for the four measures and the curves that ask.

    Returns
    -------
    TrunkMotion or str
        The reason where it cannot be done.
    """
    settings = trial.given.surface
    if trial.scene.view != View.REAR:
        return NOT_FROM_BEHIND
    features = trial.given.fitted.strip_loadings.rear
    clock = stride_clock(trial.steps)
    if clock is None or clock.anchor_phase[-1] - clock.anchor_phase[0] < settings.min_cycles + 1:
        return "Too few whole strides: film at least 10 seconds of steady running."
    signals = collect(trial, features, clock, settings)
    drivers, ok = _drivers(features, signals, clock, settings)
    values = np.where(ok[:, None], drivers.values, np.nan)
    shy = settings.with_pelvis_yaw_sd(settings.pelvis_yaw_prior_deg)
    pelvis, _ = _drivers(features, signals, clock, shy)
    return TrunkMotion(
        time_s=signals.time_s,
        obliquity_deg=values[:, OBLIQUITY],
        pelvis_yaw_deg=np.where(ok, pelvis.values[:, PELVIS_YAW], np.nan),
        thorax_yaw_deg=values[:, THORAX_YAW],
        clock=clock,
        tracked=_share(ok, signals.time_s, clock) * _measured(trial, features, clock),
    )


def _drivers(
    features: tuple[Feature, ...],
    signals: FeatureSet,
    clock: StrideClock,
    settings: SurfaceSettings,
) -> tuple[Drivers, FloatArray]:
    """Drivers per frame, and where enough of the lower strips was tracked."""
    phase = clock.phase(signals.time_s)
    known = np.isfinite(phase)
    extra = np.array(
        [_cycle_sd(c, k, phase) for c, k in zip(signals.seen.T, signals.covered.T, strict=True)]
    )
    template = thigh_template(np.nan_to_num(phase), settings)
    drivers = solve(features, signals.seen, extra, template, settings)
    rolls = np.array([f.kind == "roll" for f in features]) & np.isfinite(extra)
    ok = known & (signals.covered[:, rolls].sum(axis=1) >= max(2, 0.5 * rolls.sum()))
    return drivers, ok


def _cycle_sd(values: FloatArray, cover: FloatArray, phase: FloatArray) -> float:
    """SD between cycles of a feature, averaged over the phases; infinite if mostly unseen."""
    use = (cover > 0) & np.isfinite(phase)
    if use.sum() < 0.5 * np.isfinite(phase).sum():
        return float("inf")
    bins = np.floor((phase[use] % 1.0) * 20).astype(int)
    spread = [np.std(values[use][bins == b]) for b in range(20) if (bins == b).sum() >= 3]
    return float(np.mean(spread)) if spread else float("inf")


def _measured(trial: Trial, features: tuple[Feature, ...], clock: StrideClock) -> float:
    """Share of the steps of the strips' rotations that were measured, not bridged."""
    inside = np.isfinite(clock.phase(trial.channels.time_s))
    rolls = [feature_steps(trial, f)[inside] for f in features if f.kind == "roll"]
    return float(np.mean([np.isfinite(r).mean() for r in rolls])) if inside.any() else 0.0


def _share(ok: FloatArray, time_s: FloatArray, clock: StrideClock) -> float:
    inside = np.isfinite(clock.phase(time_s))
    half = 0.5 * clock.stride_s
    inside &= (time_s > time_s[0] + half) & (time_s < time_s[-1] - half)
    return float(ok[inside].mean()) if inside.any() else 0.0

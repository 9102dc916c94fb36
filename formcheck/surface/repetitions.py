"""Pelvic obliquity in a movement test, relative to the standing before and after it.

A repetition is no cycle of many: nothing averages. What helps is that it begins and ends in the
same stance, so the drift between the two is taken out as a straight line.
"""

import numpy as np

from formcheck.data import FloatArray, Rep, SampleSide, Trial
from formcheck.settings.surface import Feature, SurfaceSettings
from formcheck.surface.features import feature_steps, features_of
from formcheck.surface.model import OBLIQUITY, solve
from formcheck.surface.series import covered, integrate, low_pass
from formcheck.surface.waveforms import N_PHASES, Waveforms


def pelvis_obliquity_per_rep(trial: Trial, settings: SurfaceSettings | None = None) -> Waveforms:
    """Return how the pelvis tilts during each counted repetition of a single-leg test.

    Parameters
    ----------
    trial : Trial
        Front or rear view, with `reps` and the channels of the strip probe.

    Returns
    -------
    Waveforms
        One curve per repetition from its start to its end, zero at both, degrees, + = the side of
        the free leg lower; for a repetition of both legs, + = left side higher.
    """
    settings = settings or SurfaceSettings()
    model = features_of(trial.scene.view, settings)
    features = tuple(f for f in model if _shows_pelvis(f, settings))
    reps = tuple(r for r in trial.reps if r.counted)
    if not features:
        return Waveforms(reason="Film from the front: from this view the pelvis does not show.")
    if not reps:
        return Waveforms(reason="No complete repetition was found.")
    steps = [feature_steps(trial, f) for f in features]
    rows = [_rep_curve(trial.channels.time_s, steps, features, rep, settings) for rep in reps]
    curves = np.array(
        [c * (-1.0 if r.side == "right" else 1.0) for c, r in zip(rows, reps, strict=True)]
    )
    tracked = float(np.isfinite(curves).all(axis=1).mean())
    sides: tuple[SampleSide, ...] = tuple(r.side for r in reps)
    if tracked == 0.0:
        return Waveforms(reason="The trunk could not be followed through a repetition.")
    return Waveforms(
        curves_deg=curves,
        sides=sides,
        start_s=np.array([r.start_s for r in reps]),
        end_s=np.array([r.end_s for r in reps]),
        reliability=tracked,
        method_sd_deg=settings.rep_obliquity_sd_deg,
    )


def _shows_pelvis(feature: Feature, settings: SurfaceSettings) -> bool:
    """Tell strips between hip joints and waist, and the shoulders that the waist follows."""
    low, high = settings.rep_strips
    return feature.kind == "shoulder_tilt" or (
        feature.kind == "roll" and low <= feature.strip <= high
    )


def _rep_curve(
    time_s: FloatArray,
    steps: list[FloatArray],
    features: tuple[Feature, ...],
    rep: Rep,
    settings: SurfaceSettings,
) -> FloatArray:
    inside = (time_s >= rep.start_s) & (time_s <= rep.end_s)
    if inside.sum() < 5:
        return np.full(N_PHASES, np.nan)
    at = np.linspace(rep.start_s, rep.end_s, N_PHASES)
    seen = np.zeros((N_PHASES, len(features)))
    extra = np.zeros(len(features))
    for i, step in enumerate(steps):
        signal = low_pass(time_s, integrate(step), settings.rep_low_pass_hz)
        curve = np.interp(at, time_s, signal)
        seen[:, i] = curve - np.linspace(curve[0], curve[-1], N_PHASES)
        if covered(time_s, step, settings.max_gap_s)[inside].mean() < 1.0:
            extra[i] = np.inf
    rolls = np.array([f.kind == "roll" for f in features])
    if not np.isfinite(extra[rolls]).any():
        return np.full(N_PHASES, np.nan)
    wide = settings.with_driver_sd(thigh_deg=settings.rep_thigh_sd_deg)
    drivers = solve(features, seen, extra, np.zeros(N_PHASES), wide)
    return np.asarray(drivers.values[:, OBLIQUITY])

"""Knee excursion: how far the knee gives from landing to its deepest bend."""

from dataclasses import replace

import numpy as np

from formcheck.data import FloatArray, Samples, Trial
from formcheck.filming import SIDE_RUN
from formcheck.keypoints import View
from formcheck.kinematics.readings import with_reading
from formcheck.registry import CameraError, measure
from formcheck.sampling import (
    NO_STEPS,
    at_strikes,
    bend_windows,
    bending,
    by_side,
    contact_knee_lead,
    contacts,
    near_sides,
    over_windows,
)
from formcheck.signals.geometry import knee_flexion_series_deg


@measure(
    id="knee_excursion",
    title="Knee bend from landing to deepest",
    short="Knee give",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    near_leg_only=True,
    min_fps=50.0,
    sign="a larger value is a knee that gives more under load",
    how_to_film=SIDE_RUN,
    source="evidence.md 1: it differs less from laboratory to laboratory than its two ends",
    needs=("contact", "feet", "square_on"),
    camera=CameraError(yaw2=0.0039),
    plausible=(-5.0, 120.0),
    useful_half_width=15.0,
    counted="step",
    retest_sem=None,
)
def knee_excursion(trial: Trial) -> Samples:
    """Deepest knee bend under load less the bend at the landing before it, near leg, in a run.

    Both ends are read as the measures of their own are: ``peak_knee_flexion_stance`` and
    ``knee_flexion_at_contact``.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, one value per stance; NaN where either end was not seen.
    """
    sides = near_sides(trial)
    found = contacts(trial, sides)
    under_load = bending(trial, sides)
    if not trial.steps or not under_load:
        return Samples.none(NO_STEPS)
    series = by_side(sides, lambda s: knee_flexion_series_deg(trial.pose, trial.scene, s))
    lead_s, rise_deg = contact_knee_lead(trial)
    at_contact = at_strikes(trial, {s: v + rise_deg for s, v in series.items()}, {}, lead_s=lead_s)
    landing = with_reading(trial, "knee_flexion_at_contact", at_contact)
    plain = over_windows(trial, series, bend_windows(trial, sides), "max")
    deepest = with_reading(trial, "peak_knee_flexion_stance", plain, under_load)
    rows = [found.index(c) for c in under_load]
    return replace(
        deepest,
        values=deepest.values - landing.values[rows],
        event_sd=np.hypot(_event_sd(deepest), _event_sd(landing)[rows]),
        clip_sd=float(np.hypot(deepest.clip_sd, landing.clip_sd)),
    )


def _event_sd(samples: Samples) -> FloatArray:
    return np.zeros(samples.values.size) if samples.event_sd is None else samples.event_sd

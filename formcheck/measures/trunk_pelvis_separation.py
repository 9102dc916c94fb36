"""Trunk-pelvis separation: how far shoulders and pelvis turn against each other."""

from dataclasses import replace

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import REAR_RUN
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_STRIDES, clip_error_deg
from formcheck.surface.waveforms import (
    NO_PELVIS_YAW,
    pelvis_rotation_per_stride,
    shoulder_rotation_per_stride,
)


@measure(
    id="trunk_pelvis_separation",
    title="Turn of shoulders against pelvis",
    short="Shoulders vs pelvis",
    unit="deg",
    views=(),
    not_given=NO_PELVIS_YAW,
    sided=False,
    sign="a larger value is more turn of the shoulders against the pelvis",
    how_to_film=REAR_RUN,
    source="measures.md 1.2; formcheck.surface",
    needs=("shoulders", "pelvis"),
    camera=no_camera_error("no number is given"),
    plausible=(0.0, 60.0),  # shoulders and pelvis at their largest, against each other
    useful_half_width=14.0,
    counted="stride",
    retest_sem=None,
)
def trunk_pelvis_separation(trial: Trial) -> Samples:
    """Peak-to-peak of shoulder rotation minus pelvis rotation over each stride.

    Parameters
    ----------
    trial : Trial
        Landmarks, ``channels``, ``scene`` and ``steps`` are used.

    Returns
    -------
    Samples
        Degrees, side ``both``, one value per stride; ``clip_sd`` joins both signals' errors.
    """
    if not trial.steps:
        return Samples.none(NO_STRIDES)
    shoulders, pelvis = shoulder_rotation_per_stride(trial), pelvis_rotation_per_stride(trial)
    if shoulders.reason or pelvis.reason:
        return Samples.none(shoulders.reason or pelvis.reason)
    apart = replace(shoulders, curves_deg=shoulders.curves_deg - pelvis.curves_deg)
    return Samples(
        sides=apart.sides,
        values=apart.ranges_deg(),
        times_s=apart.peak_times_s(),
        clip_sd=float(np.hypot(clip_error_deg(trial, shoulders), clip_error_deg(trial, pelvis))),
    )

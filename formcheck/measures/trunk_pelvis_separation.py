"""Trunk-pelvis separation: how far shoulders and pelvis turn against each other."""

from dataclasses import replace

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import REAR_RUN
from formcheck.keypoints import View
from formcheck.registry import measure
from formcheck.rotation import pelvis_yaw, shoulder_yaw
from formcheck.sampling import NO_STRIDES, body_strides, over_windows


@measure(
    id="trunk_pelvis_separation",
    title="Turn of shoulders against pelvis",
    unit="deg",
    views=(View.REAR, View.FRONT),
    sided=False,
    sign="a larger value is more turn of the shoulders against the pelvis",
    how_to_film=REAR_RUN,
    source="measures.md 1.2",
)
def trunk_pelvis_separation(trial: Trial) -> Samples:
    """Peak-to-peak of shoulder rotation minus pelvis rotation over each stride.

    Parameters
    ----------
    trial : Trial
        ``channels``, ``scene`` and ``steps`` are used.

    Returns
    -------
    Samples
        Degrees, side ``both``, one value per stride; ``clip_sd`` joins both signals' errors.
    """
    shoulders, pelvis = shoulder_yaw(trial), pelvis_yaw(trial)
    for curve in (shoulders, pelvis):
        if not curve.known:
            return Samples.none(curve.reason)
    strides = body_strides(trial.steps)
    if not strides:
        return Samples.none(NO_STRIDES)
    found = over_windows(trial, {"both": shoulders.deg - pelvis.deg}, strides, "range")
    return replace(found, clip_sd=float(np.hypot(shoulders.sd_deg, pelvis.sd_deg)))

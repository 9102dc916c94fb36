"""Pelvis rotation: how far the pelvis turns about the vertical in each stride."""

from dataclasses import replace

from formcheck.data import Samples, Trial
from formcheck.filming import REAR_RUN
from formcheck.keypoints import View
from formcheck.registry import measure
from formcheck.rotation import pelvis_yaw
from formcheck.sampling import NO_STRIDES, body_strides, over_windows


@measure(
    id="pelvis_rotation",
    title="Pelvis rotation",
    unit="deg",
    views=(View.REAR, View.FRONT),
    sided=False,
    sign="a larger value is more turn of the pelvis, left and right together",
    how_to_film=REAR_RUN,
    source="measures.md 1.2",
)
def pelvis_rotation(trial: Trial) -> Samples:
    """Peak-to-peak axial rotation of the pelvis over each stride, from its surface motion.

    Parameters
    ----------
    trial : Trial
        ``channels``, ``scene`` and ``steps`` are used.

    Returns
    -------
    Samples
        Degrees, side ``both``, one value per stride; ``clip_sd`` is the signal's own error.
    """
    curve = pelvis_yaw(trial)
    if not curve.known:
        return Samples.none(curve.reason)
    strides = body_strides(trial.steps)
    if not strides:
        return Samples.none(NO_STRIDES)
    found = over_windows(trial, {"both": curve.deg}, strides, "range")
    return replace(found, clip_sd=curve.sd_deg)

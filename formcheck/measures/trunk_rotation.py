"""Trunk rotation: how far the shoulder line turns about the vertical in each stride."""

from dataclasses import replace

from formcheck.data import Samples, Trial
from formcheck.filming import REAR_RUN
from formcheck.keypoints import View
from formcheck.registry import measure
from formcheck.rotation import shoulder_yaw
from formcheck.sampling import NO_STRIDES, body_strides, over_windows


@measure(
    id="trunk_rotation",
    title="Trunk rotation",
    unit="deg",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=False,
    sign="a larger value is more turn of the shoulders, left and right together",
    how_to_film=REAR_RUN,
    source="measures.md 1.2",
    core=True,
)
def trunk_rotation(trial: Trial) -> Samples:
    """Peak-to-peak axial rotation of the shoulder line over each stride.

    From the metric landmarks in side view, from the motion of the back's texture in frontal views.

    Parameters
    ----------
    trial : Trial
        ``pose.world_m`` or ``channels``, ``scene`` and ``steps`` are used.

    Returns
    -------
    Samples
        Degrees, side ``both``, one value per stride; ``clip_sd`` is the signal's own error.
    """
    curve = shoulder_yaw(trial)
    if not curve.known:
        return Samples.none(curve.reason)
    strides = body_strides(trial.steps)
    if not strides:
        return Samples.none(NO_STRIDES)
    found = over_windows(trial, {"both": curve.deg}, strides, "range")
    return replace(found, clip_sd=curve.sd_deg)

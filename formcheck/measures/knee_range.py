"""Knee range: how far the knee bends and straightens over the stride."""

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_RUN
from formcheck.keypoints import View
from formcheck.registry import CameraError, measure
from formcheck.sampling import by_side, near_sides, over_windows, stride_windows
from formcheck.signals.geometry import knee_flexion_series_deg


@measure(
    id="knee_range",
    title="Knee bend range over the stride",
    short="Knee bend range",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    near_leg_only=True,
    sign="a larger value is more movement",
    how_to_film=SIDE_RUN,
    source="measures.md 2 (knee ROM); Provenzano 2019 [S 80]",
    needs=("square_on",),
    camera=CameraError(yaw2=0.014),  # range x (1 - cos yaw)
    plausible=(15.0, 150.0),  # the heel at the buttock is 150
    useful_half_width=18.0,
    counted="stride",
    retest_sem=None,
)
def knee_range(trial: Trial) -> Samples:
    """Largest minus smallest knee flexion of the near leg over each stride.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, one value per stride.
    """
    sides = near_sides(trial)
    series = by_side(sides, lambda s: knee_flexion_series_deg(trial.pose, trial.scene, s))
    return over_windows(trial, series, stride_windows(trial, sides), "range")

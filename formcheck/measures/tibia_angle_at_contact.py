"""Tibia angle at contact: whether the foot lands ahead of the knee."""

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_RUN
from formcheck.keypoints import View
from formcheck.kinematics.readings import with_reading
from formcheck.registry import CameraError, measure
from formcheck.sampling import at_strikes, by_side, near_sides
from formcheck.signals.geometry import shank_series_deg


@measure(
    id="tibia_angle_at_contact",
    title="Shin angle at landing",
    short="Shin angle at landing",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    near_leg_only=True,
    min_fps=50.0,
    sign="positive when the ankle is ahead of the knee",
    how_to_film=SIDE_RUN,
    source="measures.md 2 (tibia angle at IC)",
    needs=("contact", "feet", "square_on", "facing"),
    camera=CameraError(roll=1.0, yaw2=0.001),
    plausible=(-50.0, 35.0),  # near 0; far back out of a starting block
    useful_half_width=9.0,
    counted="step",
    retest_sem=1.7,  # S 2
)
def tibia_angle_at_contact(trial: Trial) -> Samples:
    """Angle of the shank to gravity at each foot strike of the near leg.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, + = ankle ahead of the knee; NaN where knee or ankle was not seen.
    """
    sides = near_sides(trial)
    series = by_side(sides, lambda s: shank_series_deg(trial.pose, trial.scene, s))
    return with_reading(trial, "tibia_angle_at_contact", at_strikes(trial, series, {}))

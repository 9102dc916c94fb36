"""Foot inclination at contact: heel first, flat or toes first."""

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_RUN
from formcheck.keypoints import View
from formcheck.kinematics.readings import with_reading
from formcheck.registry import CameraError, measure
from formcheck.sampling import at_strikes, by_side, flat_foot_deg, near_sides
from formcheck.signals.geometry import foot_pitch_series_deg


@measure(
    id="foot_inclination_at_contact",
    title="Foot angle at landing",
    short="Foot angle at landing",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    near_leg_only=True,
    min_fps=50.0,
    sign="positive when the toes are higher than the heel",
    how_to_film=SIDE_RUN,
    source="measures.md 2 (foot inclination at IC)",
    needs=("contact", "feet", "square_on"),
    camera=CameraError(yaw2=0.003),
    plausible=(-60.0, 50.0),  # -8 to 18 [S 102]; a pointed foot after a jump
    useful_half_width=12.0,
    counted="step",
    retest_sem=0.8,  # S 2
)
def foot_inclination_at_contact(trial: Trial) -> Samples:
    """Angle of the heel-toe line at foot strike minus the same foot's flat plateau in mid-stance.

    The plateau (median over the near foot's stances) takes out how the heel and toe landmarks sit
    on the shoe, the slope of the belt and the camera's roll.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, + = toes up; NaN where heel or toes were not seen.
    """
    sides = near_sides(trial)
    series = by_side(sides, lambda s: foot_pitch_series_deg(trial.pose, trial.scene, s))
    leveled = by_side(sides, lambda s: series[s] - flat_foot_deg(trial, series[s], s))
    return with_reading(trial, "foot_inclination_at_contact", at_strikes(trial, leveled, {}))

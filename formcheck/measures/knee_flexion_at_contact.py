"""Knee flexion at initial contact: how bent the knee is as the foot lands."""

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_RUN
from formcheck.keypoints import View
from formcheck.kinematics.readings import with_reading
from formcheck.registry import CameraError, measure
from formcheck.sampling import at_strikes, by_side, contact_knee_lead, near_sides
from formcheck.signals.geometry import (
    knee_flexion_series_deg,
    shank_series_deg,
    thigh_series_deg,
)


@measure(
    id="knee_flexion_at_contact",
    title="Knee bend at landing",
    short="Knee bend at landing",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    near_leg_only=True,
    min_fps=50.0,
    sign="0 is a straight knee; a larger value is more bend as the foot lands",
    how_to_film=SIDE_RUN,
    source="measures.md 1.3; Heiderscheit 2011 [S 45]",
    core=True,
    needs=("contact", "feet", "square_on"),
    camera=CameraError(yaw2=0.0023),  # measures.md 0.2: yaw 30 degrees: -2.1 degrees
    plausible=(-8.0, 60.0),  # 17.8 SD 4.0 [S 45]; a knee overstretches by a few degrees
    useful_half_width=15.0,
    counted="step",
    retest_sem=2.5,  # S 3, between days
    curve="knee_flexion",
)
def knee_flexion_at_contact(trial: Trial) -> Samples:
    """Angle between thigh and shank in the picture at each foot strike of the near leg.

    Thigh angle minus shank angle, each to the vertical; camera roll cancels in the difference. A
    camera 15 degrees off square lowers it by about 0.5 degrees, 30 degrees by 2.1. In runs and
    landings it is read from thigh and shank around the contact (``formcheck.kinematics``), because
    the hip landmark slides there; else just before the contact
    (:func:`formcheck.sampling.contact_knee_lead`).

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, 0 = straight, one value per strike; NaN where hip, knee or ankle was not seen.
        ``components``: ``thigh_deg`` (+ = knee ahead of the hip) and ``shank_deg`` (+ = ankle ahead
        of the knee), both against gravity.
    """
    pose, scene, sides = trial.pose, trial.scene, near_sides(trial)
    lead_s, rise_deg = contact_knee_lead(trial)
    plain = at_strikes(
        trial,
        by_side(sides, lambda s: knee_flexion_series_deg(pose, scene, s) + rise_deg),
        {
            "thigh_deg": by_side(sides, lambda s: thigh_series_deg(pose, scene, s)),
            "shank_deg": by_side(sides, lambda s: shank_series_deg(pose, scene, s)),
        },
        lead_s=lead_s,
    )
    return with_reading(trial, "knee_flexion_at_contact", plain)

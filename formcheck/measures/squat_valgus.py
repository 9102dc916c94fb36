"""Single-leg-squat valgus: does the knee move inward as it bends."""

import numpy as np

from formcheck.data import PoseSequence, Samples, Trial
from formcheck.filming import FRONT_SQUAT
from formcheck.keypoints import SIDES, View
from formcheck.registry import CameraError, measure
from formcheck.sampling import Series, at_deepest_closely, by_side
from formcheck.signals.facing import hidden_by_turn_deg, turn_of, unseen_turn_sd_deg
from formcheck.signals.geometry import fppa_series_deg, knee_flexion_series_deg

ONE_LOOK_SD_DEG = 3.0
"""What a value read from the pass alone is off beyond one from a second look: SD 3.9 against 2.3
degrees on 16 rendered squats of the fit split."""


@measure(
    id="squat_valgus",
    title="Knee line in the single-leg squat",
    short="Knee line",
    unit="deg",
    views=(View.FRONT,),
    sided=True,
    sign="positive when the knee is nearer the body's middle than the line from hip to ankle",
    how_to_film=FRONT_SQUAT,
    source="measures.md 1.4; Gwynne and Curran [S 10]",
    core=True,
    needs=("square_on", "facing_camera", "deep_bend", "second_look"),
    # measures.md 0.2: 5 degrees of yaw = 6 degrees of false angle at 60 degrees of knee bend
    camera=CameraError(yaw=1.2, yaw_sd_deg=2.5),
    plausible=(-35.0, 45.0),  # 7 SD 7 with knee pain [S 16]; beyond it the thigh points at the lens
    useful_half_width=14.0,
    counted="repetition",
    retest_sem=4.0,  # S 10
    curve="knee_line",
)
def squat_valgus(trial: Trial) -> Samples:
    """Frontal plane projection angle of the stance leg at the deepest point of each repetition.

    The angle in the picture between the line hip-knee and the line knee-ankle, less what a body
    turned from square adds to it: the knee comes forward by the bend, so that a turn shows as
    ``2 tan(bend / 2)`` times as many degrees. The turn is that of the shoulders while standing. A
    turned foot or pelvis alone is not seen. All of it is read from a second look at the pictures
    around the deepest points and in standing, where there was one.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``second_look``, ``reps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, + = knee toward the middle. ``components`` at that moment: ``knee_flexion_deg``,
        ``in_picture_deg`` (not corrected) and ``turned_deg``, + = to their own left. ``clip_sd``
        where the turn could not be seen.
    """
    scene = trial.scene

    def fppa(of: PoseSequence) -> Series:
        return by_side(SIDES, lambda s: fppa_series_deg(of, scene, s))

    def flexion(of: PoseSequence) -> Series:
        return by_side(SIDES, lambda s: knee_flexion_series_deg(of, scene, s))

    found, bend = at_deepest_closely(trial, fppa), at_deepest_closely(trial, flexion)
    if not found.sides:
        return found
    turned = turn_of(trial)
    known = 0.0 if turned is None else turned
    unsure = 0.0 if trial.second_look is not None else ONE_LOOK_SD_DEG
    if turned is None:
        unsure = float(np.hypot(unsure, unseen_turn_sd_deg(bend.values)))
    return Samples(
        sides=found.sides,
        values=found.values + hidden_by_turn_deg(found.sides, bend.values, known),
        times_s=found.times_s,
        clip_sd=unsure,
        components={
            "knee_flexion_deg": bend.values,
            "in_picture_deg": found.values,
            "turned_deg": np.full(found.values.size, known),
        },
    )

"""Single-leg-squat valgus: does the knee move inward as it bends."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import FRONT_SQUAT
from formcheck.keypoints import SIDES, View
from formcheck.registry import measure
from formcheck.sampling import at_deepest, by_side
from formcheck.signals.facing import turned_deg
from formcheck.signals.geometry import fppa_series_deg, knee_flexion_series_deg

UNSEEN_TURN_DEG = 5.0
"""Spread of how far people stand from square, where standing was not filmed [P]."""


@measure(
    id="squat_valgus",
    title="Knee line in the single-leg squat",
    unit="deg",
    views=(View.FRONT,),
    sided=True,
    sign="positive when the knee is nearer the body's middle than the line from hip to ankle",
    how_to_film=FRONT_SQUAT,
    source="measures.md 1.4; Gwynne and Curran [S 10]",
    core=True,
)
def squat_valgus(trial: Trial) -> Samples:
    """Frontal plane projection angle of the stance leg at the deepest point of each repetition.

    The angle in the picture between the line hip-knee and the line knee-ankle, less what a body
    turned from square adds to it: the knee comes forward by the bend, so that a turn shows as
    ``2 tan(bend / 2)`` times as many degrees. The turn is that of the shoulders while standing. A
    turned foot or pelvis alone is not seen.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``reps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, + = knee toward the middle. ``components`` at that moment: ``knee_flexion_deg``,
        ``in_picture_deg`` (not corrected) and ``turned_deg``, + = to their own left. ``clip_sd``
        where the turn could not be seen.
    """
    pose, scene = trial.pose, trial.scene
    found = at_deepest(trial, by_side(SIDES, lambda s: fppa_series_deg(pose, scene, s)))
    bend = at_deepest(trial, by_side(SIDES, lambda s: knee_flexion_series_deg(pose, scene, s)))
    if not found.sides:
        return found
    turned = turned_deg(pose, trial.reps, mirrored=trial.clip.mirrored)
    sign = np.array([1.0 if side == "left" else -1.0 for side in found.sides])
    per_degree = 2.0 * np.tan(np.deg2rad(bend.values) / 2.0)
    known = 0.0 if turned is None else turned
    seen = per_degree[np.isfinite(per_degree)]
    unsure = UNSEEN_TURN_DEG * float(np.mean(seen)) if turned is None and seen.size else 0.0
    return Samples(
        sides=found.sides,
        values=found.values + sign * per_degree * known,
        times_s=found.times_s,
        clip_sd=unsure,
        components={
            "knee_flexion_deg": bend.values,
            "in_picture_deg": found.values,
            "turned_deg": np.full(found.values.size, known),
        },
    )

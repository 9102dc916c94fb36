"""Squat depth: how far the knee bends at the deepest point."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import FRONT_SQUAT
from formcheck.keypoints import SIDES, View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_REPS, at_deepest, by_side, near_sides
from formcheck.signals.geometry import knee_flexion_series_deg


@measure(
    id="squat_depth",
    title="Squat depth (knee bend)",
    short="Squat depth",
    unit="deg",
    views=(View.FRONT, View.SIDE),
    sided=True,
    sign="0 is a straight knee; a larger value is a deeper squat",
    how_to_film=FRONT_SQUAT,
    source="measures.md 1.4 and 7e",
    needs=("body",),
    camera=no_camera_error("not measured yet"),
    plausible=(15.0, 160.0),  # less is no squat; a heel on the buttock is 160
    useful_half_width=24.0,
    counted="repetition",
    retest_sem=None,
    curve="knee_flexion",
)
def squat_depth(trial: Trial) -> Samples:
    """Knee flexion of the working leg at the deepest point of each repetition.

    From the angle in side view; in front view, where the angle does not show, from how much shorter
    thigh and shank look than while standing.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``reps`` and ``scene`` are used. A repetition of both legs (side ``both``) reads
        the mean of the legs that can be seen.

    Returns
    -------
    Samples
        Degrees, one value per counted repetition.
    """
    sides = near_sides(trial) if trial.scene.view == View.SIDE else SIDES
    series = by_side(sides, lambda s: knee_flexion_series_deg(trial.pose, trial.scene, s))
    series["both"] = np.mean(list(series.values()), axis=0)
    found = at_deepest(trial, series)
    return found if found.sides else Samples.none(found.reason or NO_REPS)

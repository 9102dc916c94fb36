"""Trunk against shank at the deepest point of a squat or hinge."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_TEST
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_REPS, at_deepest, near_sides
from formcheck.signals.geometry import shank_series_deg, trunk_series_deg


@measure(
    id="trunk_to_shank",
    title="Trunk against shin at the deepest point",
    short="Trunk against shin",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    sign="0 when trunk and shin are parallel; positive when the trunk leans further forward",
    how_to_film=SIDE_TEST,
    source="issue of the test battery; definition: design choice",
    needs=("shoulders", "square_on"),
    camera=no_camera_error("not measured yet"),
    plausible=(-50.0, 130.0),  # a hinge: trunk level or below over an upright shin
    useful_half_width=14.0,
    counted="repetition",
    retest_sem=None,
)
def trunk_to_shank(trial: Trial) -> Samples:
    """Forward lean of the trunk minus forward lean of the nearer shank, at the deepest point.

    Camera roll cancels.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``reps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, one value per counted repetition.
    """
    trunk = trunk_series_deg(trial.pose, trial.scene, trial.scene.forward_sign)
    shanks = {s: -shank_series_deg(trial.pose, trial.scene, s) for s in near_sides(trial)}
    mean = np.mean(list(shanks.values()), axis=0)
    found = at_deepest(
        trial, {"both": trunk - mean, **{s: trunk - lean for s, lean in shanks.items()}}
    )
    return found if found.sides else Samples.none(found.reason or NO_REPS)

"""Time per repetition of a movement test."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import TEST_REPS
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_REPS


@measure(
    id="rep_time",
    title="Time per repetition",
    short="Time per repetition",
    unit="s",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=True,
    sign="a larger value is slower",
    how_to_film=TEST_REPS,
    source="measures.md 7e",
    needs=(),
    camera=no_camera_error("a time: no camera angle changes it"),
    plausible=(0.25, 20.0),  # a quick hop, and a squat of 20 s
    useful_half_width=0.6,
    counted="repetition",
    retest_sem=None,
)
def rep_time(trial: Trial) -> Samples:
    """Start to end of each complete repetition.

    Parameters
    ----------
    trial : Trial
        ``reps`` are used.

    Returns
    -------
    Samples
        Seconds, one value per counted repetition, at its deepest point.
    """
    reps = [r for r in trial.reps if r.counted]
    if not reps:
        return Samples.none(NO_REPS)
    return Samples(
        sides=tuple(r.side for r in reps),
        values=np.array([r.end_s - r.start_s for r in reps]),
        times_s=np.array([r.deepest_s for r in reps]),
    )

"""Repetition count of a movement test."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import TEST_REPS
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_REPS


@measure(
    id="rep_count",
    title="Repetitions",
    short="Repetitions",
    unit="count",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=True,
    sign="complete repetitions only",
    how_to_film=TEST_REPS,
    source="measures.md 7e",
    needs=(),
    camera=no_camera_error("counted, not measured"),
    plausible=(0.0, 1000.0),  # a whole session
    useful_half_width=None,
    counted="repetition",
    retest_sem=None,
    once=True,
)
def rep_count(trial: Trial) -> Samples:
    """Count the complete repetitions of each side.

    Parameters
    ----------
    trial : Trial
        ``reps`` are used; half or disturbed ones do not count.

    Returns
    -------
    Samples
        One value per side that did at least one repetition, at the last one's deepest point.
    """
    counted = [r for r in trial.reps if r.counted]
    sides = tuple(dict.fromkeys(r.side for r in counted))
    if not sides:
        return Samples.none(NO_REPS)
    by_side = {s: [r for r in counted if r.side == s] for s in sides}
    return Samples(
        sides=sides,
        values=np.array([float(len(by_side[s])) for s in sides]),
        times_s=np.array([by_side[s][-1].deepest_s for s in sides]),
    )

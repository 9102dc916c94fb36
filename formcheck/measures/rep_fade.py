"""Fade: the last repetitions against the first ones."""

import numpy as np

from formcheck.data import Samples, SampleSide, Trial
from formcheck.filming import TEST_REPS
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_REPS

TOO_FEW = "At least six whole repetitions on a side are needed to compare the last with the first."


@measure(
    id="rep_fade",
    title="Last repetitions against the first",
    short="Last against first",
    unit="%",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=True,
    sign="100 when the last three go as far as the first three; less is a fade",
    how_to_film=TEST_REPS,
    source="measures.md 7e (height fade); definition: design choice",
    needs=(),
    camera=no_camera_error("a share of its own first repetitions: an angle of the camera cancels"),
    plausible=(10.0, 250.0),  # of the first repetitions
    useful_half_width=25.0,
    counted="repetition",
    retest_sem=None,
    once=True,
)
def rep_fade(trial: Trial) -> Samples:
    """How far the last three repetitions of a side go, as a share of its first three.

    Parameters
    ----------
    trial : Trial
        ``reps`` with their reach are used.

    Returns
    -------
    Samples
        Percent, one value per side with six whole repetitions or more.
    """
    reps = [r for r in trial.reps if r.counted and r.reach_pct is not None]
    if not reps:
        return Samples.none(NO_REPS)
    n = trial.given.measures.first_reps
    sides: list[SampleSide] = []
    values, times = [], []
    for side in dict.fromkeys(r.side for r in reps):
        mine = [r for r in reps if r.side == side]
        if len(mine) < 2 * n:
            continue
        reach = np.array([r.reach_pct for r in mine], dtype=float)
        sides.append(side)
        values.append(100.0 * float(reach[-n:].mean() / reach[:n].mean()))
        times.append(mine[-1].deepest_s)
    if not sides:
        return Samples.none(TOO_FEW)
    return Samples(sides=tuple(sides), values=np.array(values), times_s=np.array(times))

"""Hold time: how long a position was held, such as standing on one leg."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import TEST_REPS
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error

NO_HOLD = "No hold was found: film from before the foot is lifted until after it is put down."


@measure(
    id="hold_time",
    title="Longest hold",
    short="Longest hold",
    unit="s",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=True,
    sign="a larger value is a longer hold",
    how_to_film=TEST_REPS,
    source="measures.md 7e (single-leg balance, 10 s per side)",
    needs=(),
    camera=no_camera_error("a time: no camera angle changes it"),
    plausible=(0.2, 600.0),  # a touch, and ten minutes
    useful_half_width=1.0,
    counted="repetition",
    retest_sem=None,
    once=True,
)
def hold_time(trial: Trial) -> Samples:
    """Longest hold of each side.

    Parameters
    ----------
    trial : Trial
        ``reps`` of the hold detector are used: start, middle and end of each hold.

    Returns
    -------
    Samples
        Seconds, one value per side, at the middle of that side's longest hold.
    """
    holds = [r for r in trial.reps if r.counted]
    sides = tuple(dict.fromkeys(r.side for r in holds))
    if not sides:
        return Samples.none(NO_HOLD)
    longest = [
        max((r for r in holds if r.side == s), key=lambda r: r.end_s - r.start_s) for s in sides
    ]
    return Samples(
        sides=sides,
        values=np.array([r.end_s - r.start_s for r in longest]),
        times_s=np.array([0.5 * (r.start_s + r.end_s) for r in longest]),
    )

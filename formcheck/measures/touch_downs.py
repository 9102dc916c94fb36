"""Touch-downs: how often the lifted foot comes down while one stands on the other."""

import itertools

import numpy as np

from formcheck.data import Rep, Samples, SampleSide, Trial
from formcheck.filming import TEST_REPS
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error

NO_HOLD = "No hold was found: film from before the foot is lifted until after it is put down."


@measure(
    id="touch_downs",
    title="Touch-downs of the lifted foot",
    short="Touch-downs",
    unit="count",
    views=(View.FRONT, View.REAR),
    sided=True,
    sign="the side is the leg that stands; a stay of the foot on the floor ends the attempt",
    how_to_film=TEST_REPS,
    source="measures.md 7e (single-leg balance: touch-downs)",
    needs=(),
    camera=no_camera_error("counted, not measured"),
    plausible=(0.0, 200.0),  # more than one a second for minutes
    useful_half_width=None,
    counted="repetition",
    retest_sem=None,
    once=True,
)
def touch_downs(trial: Trial) -> Samples:
    """Count the short touches of the floor between two holds of the same side.

    Parameters
    ----------
    trial : Trial
        ``reps`` of the hold detector are used, the short ones too.

    Returns
    -------
    Samples
        One value per side that held at all, at its last touch or the middle of its hold.
    """
    sides: list[SampleSide] = []
    values, times = [], []
    gap_s = trial.given.measures.touch_gap_s
    for side in dict.fromkeys(r.side for r in trial.reps if r.counted):
        touches = _touches([r for r in trial.reps if r.side == side], gap_s)
        longest = max(
            (r for r in trial.reps if r.side == side and r.counted),
            key=lambda r: r.end_s - r.start_s,
        )
        sides.append(side)
        values.append(float(len(touches)))
        times.append(touches[-1] if touches else 0.5 * (longest.start_s + longest.end_s))
    if not sides:
        return Samples.none(NO_HOLD)
    return Samples(sides=tuple(sides), values=np.array(values), times_s=np.array(times))


def _touches(holds: list[Rep], gap_s: float) -> list[float]:
    return [
        0.5 * (a.end_s + b.start_s)
        for a, b in itertools.pairwise(sorted(holds, key=lambda r: r.start_s))
        if b.start_s - a.end_s <= gap_s
    ]

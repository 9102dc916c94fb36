"""Heel rise height over a set of calf raises, against the first ones."""

import numpy as np

from formcheck.data import Rep, Samples, SampleSide, Trial, sample_at
from formcheck.filming import TEST_REPS
from formcheck.keypoints import SIDES, View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_REPS
from formcheck.signals.geometry import level


@measure(
    id="heel_rise_height",
    title="Heel rise against the first rises",
    short="Heel rise",
    unit="%",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=True,
    sign="100 is as high as the first three",
    how_to_film=TEST_REPS,
    source="measures.md 7e (calf raise: rate by heel rise against the first 3)",
    needs=("feet",),
    camera=no_camera_error("a share of its own first repetitions: an angle of the camera cancels"),
    plausible=(10.0, 200.0),  # of the first rises: the heel cannot rise twice as high
    useful_half_width=30.0,
    counted="repetition",
    retest_sem=None,
)
def heel_rise_height(trial: Trial) -> Samples:
    """Rise of the heel in each repetition as a share of the mean of that side's first three.

    The rise is measured at the top of the repetition against the mean of its start and end. Needs
    no scale.

    Parameters
    ----------
    trial : Trial
        ``pose`` and ``reps`` of the lift detector (``deepest_s`` = highest point) are used.

    Returns
    -------
    Samples
        Percent, one value per counted repetition.
    """
    reps = [r for r in trial.reps if r.counted]
    if not reps:
        return Samples.none(NO_REPS)
    rise = np.array([_rise_px(trial, r) for r in reps])
    sides = tuple(r.side for r in reps)
    percent = np.full(len(reps), np.nan)
    for side in set(sides):
        mine = np.flatnonzero([s == side for s in sides])
        seen = rise[mine][np.isfinite(rise[mine])][: trial.given.measures.first_reps]
        if seen.size and seen.mean() > 0:
            percent[mine] = 100.0 * rise[mine] / seen.mean()
    return Samples(sides=sides, values=percent, times_s=np.array([r.deepest_s for r in reps]))


def _heel_y_px(trial: Trial, side: SampleSide, t_s: float) -> float:
    sides = SIDES if side == "both" else (side,)
    heels = [level(trial.pose.joint(s, "heel"), trial.scene.roll_deg)[:, 1] for s in sides]
    return float(sample_at(trial.pose.time_s, np.mean(heels, axis=0), t_s))


def _rise_px(trial: Trial, rep: Rep) -> float:
    floor = 0.5 * (
        _heel_y_px(trial, rep.side, rep.start_s) + _heel_y_px(trial, rep.side, rep.end_s)
    )
    return floor - _heel_y_px(trial, rep.side, rep.deepest_s)

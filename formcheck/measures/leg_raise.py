"""Raise of the upper leg, lying on the side."""

import numpy as np

from formcheck.data import FloatArray, Samples, Trial, sample_at
from formcheck.filming import LYING
from formcheck.keypoints import SIDES, Side, View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_REPS, by_side, leg_of


@measure(
    id="leg_raise",
    title="Raise of the upper leg, lying on the side",
    short="Leg raise",
    unit="deg",
    views=(View.FRONT,),
    sided=True,
    sign="a larger value is a higher leg",
    how_to_film=LYING,
    source="measures.md 7e (side-lying abduction: thigh angle); definition: design choice",
    needs=("shoulders",),
    camera=no_camera_error("not measured yet"),
    plausible=(0.0, 100.0),  # a hip opens to about 45, dancers to 90
    useful_half_width=18.0,
    counted="repetition",
    retest_sem=None,
)
def leg_raise(trial: Trial) -> Samples:
    """Angle between the upper leg and the trunk's line at the top, against start and end.

    Parameters
    ----------
    trial : Trial
        ``pose`` and ``reps`` are used; the phone's turn cancels.

    Returns
    -------
    Samples
        Degrees, one value per counted repetition.
    """
    reps = [r for r in trial.reps if r.counted and r.side != "both"]
    if not reps:
        return Samples.none(NO_REPS)
    series = by_side(SIDES, lambda s: _to_trunk_deg(trial, s))
    values = []
    for r in reps:
        at = np.array([r.start_s, r.deepest_s, r.end_s])
        start, top, end = sample_at(trial.pose.time_s, series[leg_of(r.side)], at)
        values.append(abs(float(top - 0.5 * (start + end))))
    return Samples(
        sides=tuple(r.side for r in reps),
        values=np.array(values),
        times_s=np.array([r.deepest_s for r in reps]),
    )


def _to_trunk_deg(trial: Trial, side: Side) -> FloatArray:
    pose = trial.pose
    trunk = pose.mid("hip") - pose.mid("shoulder")
    leg = pose.joint(side, "ankle") - pose.joint(side, "hip")
    turn = np.arctan2(
        trunk[:, 0] * leg[:, 1] - trunk[:, 1] * leg[:, 0], np.sum(trunk * leg, axis=1)
    )
    return np.asarray(np.rad2deg(turn))

"""Rise of the hips in the single-leg bridge."""

import numpy as np

from formcheck.data import Samples, Trial, sample_at
from formcheck.filming import LYING
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_REPS
from formcheck.signals.geometry import level


@measure(
    id="hip_rise",
    title="Rise of the hips, lying on the back",
    short="Rise of the hips",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    sign="angle by which the trunk rises from the floor; a larger value is a higher bridge",
    how_to_film=LYING,
    source="measures.md 7e (single-leg bridge: hip rise); definition: design choice",
    needs=("shoulders",),
    camera=no_camera_error("not measured yet"),
    plausible=(0.0, 70.0),  # a straight bridge is 20 to 45; the shoulders stay on the floor
    useful_half_width=18.0,
    counted="repetition",
    retest_sem=None,
)
def hip_rise(trial: Trial) -> Samples:
    """Angle of the line from shoulder to hip to the floor at the top, against start and end.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``reps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, one value per counted repetition; camera roll cancels.
    """
    reps = [r for r in trial.reps if r.counted]
    if not reps:
        return Samples.none(NO_REPS)
    trunk = level(trial.pose.mid("hip") - trial.pose.mid("shoulder"), trial.scene.roll_deg)
    angle = np.rad2deg(np.arctan2(-trunk[:, 1], np.abs(trunk[:, 0])))

    def at(times_s: list[float]) -> np.ndarray:
        return np.asarray(sample_at(trial.pose.time_s, angle, np.array(times_s)))

    top = at([r.deepest_s for r in reps])
    floor = 0.5 * (at([r.start_s for r in reps]) + at([r.end_s for r in reps]))
    return Samples(
        sides=tuple(r.side for r in reps),
        values=top - floor,
        times_s=np.array([r.deepest_s for r in reps]),
    )

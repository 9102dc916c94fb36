"""Distance of the feet at a landing, against the shoulders."""

import numpy as np

from formcheck.data import Samples, Trial, sample_at
from formcheck.filming import FRONT_TEST
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_REPS, both
from formcheck.signals.geometry import level


@measure(
    id="feet_apart",
    title="Feet apart at landing, against the shoulders",
    short="Feet apart",
    unit="%",
    views=(View.FRONT,),
    sided=False,
    sign="100 when the ankles are as far apart as the shoulder joints",
    how_to_film=FRONT_TEST,
    source="measures.md 7b.7 (landing scores look at stance width); definition: design choice",
    needs=("feet",),
    camera=no_camera_error("not measured yet"),
    plausible=(0.0, 350.0),  # a wide straddle is three shoulders
    useful_half_width=35.0,
    counted="repetition",
    retest_sem=None,
)
def feet_apart(trial: Trial) -> Samples:
    """Sideways distance of the ankles at contact, in percent of that of the shoulders.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``reps`` (landings on both feet) and ``scene`` are used.

    Returns
    -------
    Samples
        Percent, one value per counted landing.
    """
    reps = [r for r in trial.reps if r.counted and r.side == "both"]
    if not reps:
        return Samples.none(NO_REPS)
    times = np.array([r.start_s for r in reps])
    pose, roll = trial.pose, trial.scene.roll_deg
    wide = {}
    for joint in ("ankle", "shoulder"):
        left, right = (level(pose.joint(s, joint), roll)[:, 0] for s in ("left", "right"))
        wide[joint] = np.abs(left - right)
    seen = wide["shoulder"][np.isfinite(wide["shoulder"])]
    shoulders = float(np.median(seen)) if seen.size else float("nan")
    values = 100.0 * sample_at(pose.time_s, wide["ankle"], times) / shoulders
    return Samples(sides=both(len(reps)), values=values, times_s=times)

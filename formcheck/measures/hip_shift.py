"""Sideways shift of the hips in a squat on both legs."""

import numpy as np

from formcheck.data import FloatArray, Samples, Trial, sample_at
from formcheck.filming import FRONT_TEST
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_REPS, both
from formcheck.signals.geometry import level


@measure(
    id="hip_shift",
    title="Sideways shift of the hips",
    short="Hip shift",
    unit="%",
    views=(View.FRONT,),
    sided=False,
    sign="positive when the hips go toward the right foot, in percent of the distance of the feet",
    how_to_film=FRONT_TEST,
    source="issue of the test battery; definition: design choice",
    needs=("facing_camera",),
    camera=no_camera_error("not measured yet"),
    plausible=(-60.0, 60.0),  # 50 is over one foot
    useful_half_width=25.0,
    counted="repetition",
    retest_sem=None,
)
def hip_shift(trial: Trial) -> Samples:
    """Middle of the hips against the middle of the ankles, deepest minus standing.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``reps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Percent of the ankles' distance, one value per counted repetition.
    """
    reps = [r for r in trial.reps if r.counted]
    if not reps:
        return Samples.none(NO_REPS)
    times = np.array([r.deepest_s for r in reps])
    standing = 0.5 * (
        _offset_pct(trial, np.array([r.start_s for r in reps]))
        + _offset_pct(trial, np.array([r.end_s for r in reps]))
    )
    return Samples(
        sides=both(len(reps)), values=_offset_pct(trial, times) - standing, times_s=times
    )


def _offset_pct(trial: Trial, at_s: FloatArray) -> FloatArray:
    pose, roll = trial.pose, trial.scene.roll_deg
    hips, ankles = (level(pose.mid(j), roll)[:, 0] for j in ("hip", "ankle"))
    right, left = (level(pose.joint(s, "ankle"), roll)[:, 0] for s in ("right", "left"))
    seen = np.abs(right - left)[np.isfinite(right - left)]
    apart = float(np.median(seen)) if seen.size else float("nan")
    toward_right = trial.scene.lateral_sign("right")
    offset = toward_right * (hips - ankles)
    return 100.0 * sample_at(pose.time_s, offset, at_s) / apart

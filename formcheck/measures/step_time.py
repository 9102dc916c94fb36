"""Step time: from one foot's landing to the other's."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import ANY_RUN
from formcheck.keypoints import View, other
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_STEPS, leg_of, step_windows


@measure(
    id="step_time",
    title="Step time",
    short="Step time",
    unit="ms",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=True,
    sign="a larger value is a slower step; a right step starts with the right foot's landing",
    how_to_film=ANY_RUN,
    source="measures.md 2 (cadence) and 7a",
    needs=(),
    camera=no_camera_error("a time: no camera angle changes it"),
    plausible=(180.0, 750.0),  # one step of a 260 sprint, and of the slowest jog
    useful_half_width=25.0,
    counted="step",
    retest_sem=None,
)
def step_time(trial: Trial) -> Samples:
    """Time from a foot's strike to the other foot's, given to the foot that lands first.

    Parameters
    ----------
    trial : Trial
        ``timed_steps`` are used; those that hold a missed contact are left out.

    Returns
    -------
    Samples
        Milliseconds; side = the foot whose strike starts the step. ``event_sd`` joins the errors of
        both strikes: the far foot is found less well, so that they do not cancel.
    """
    landing = {s.strike_s: s.side for s in trial.timed_steps}
    used = [
        w
        for w in step_windows(trial, far=True)
        if landing.get(w.end_s, other(leg_of(w.side))) != w.side
    ]
    if not used:
        return Samples.none(NO_STEPS)
    return Samples(
        sides=tuple(w.side for w in used),
        values=np.array([1000.0 * (w.end_s - w.start_s) for w in used]),
        times_s=np.array([w.start_s for w in used]),
        event_sd=np.array([1000.0 * np.sqrt(2.0) * w.sd_s for w in used]),
    )

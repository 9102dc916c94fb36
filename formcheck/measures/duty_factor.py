"""Duty factor: the share of the stride that a foot is on the ground."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import ANY_RUN
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_STRIDES, stride_windows


@measure(
    id="duty_factor",
    title="Share of the stride on the ground",
    short="Share on the ground",
    unit="%",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=True,
    min_fps=50.0,
    sign="a larger value is longer on the ground; above 50 there is no flight",
    how_to_film=ANY_RUN,
    source="measures.md 2 (duty factor)",
    needs=("contact", "feet"),
    camera=no_camera_error("a time: no camera angle changes it"),
    plausible=(10.0, 75.0),  # 35.5 SD 2.3 [S 75]; a sprint is above 20, a slow walk below 70
    useful_half_width=6.0,
    counted="stride",
    retest_sem=None,
    people_sd=3.5,  # as of the contact time, in % of the stride
)
def duty_factor(trial: Trial) -> Samples:
    """Contact time over stride time of the same foot.

    Parameters
    ----------
    trial : Trial
        ``steps`` with a toe-off and a complete stride are used.

    Returns
    -------
    Samples
        Percent per side; ``event_sd`` joins the errors of strike and toe-off.
    """
    stride_s = {(w.side, w.start_s): w.end_s - w.start_s for w in stride_windows(trial)}
    used = [
        (s, s.toe_off_s, stride_s[s.side, s.strike_s])
        for s in trial.steps
        if s.toe_off_s is not None and (s.side, s.strike_s) in stride_s
    ]
    if not used:
        return Samples.none(NO_STRIDES)
    sd = [np.hypot(s.strike_sd_s, s.toe_off_sd_s or s.strike_sd_s) / t for s, _, t in used]
    return Samples(
        sides=tuple(s.side for s, _, _ in used),
        values=np.array([100.0 * (off - s.strike_s) / t for s, off, t in used]),
        times_s=np.array([s.strike_s for s, _, _ in used]),
        event_sd=100.0 * np.array(sd),
    )

"""Contact time: how long the foot stays on the ground."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import ANY_RUN
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error

NO_CONTACTS = (
    "No complete foot contact was found: film 15 seconds of steady running with both feet in the "
    "picture."
)


@measure(
    id="contact_time",
    title="Ground contact time",
    short="Ground contact time",
    unit="ms",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=True,
    min_fps=50.0,
    sign="a larger value is a longer contact",
    how_to_film=ANY_RUN,
    source="measures.md 2 (contact time) and 7a",
    needs=("contact", "feet"),
    camera=no_camera_error("a time: no camera angle changes it"),
    plausible=(70.0, 600.0),  # about 90 in a sprint; longer than a slow jog's is a walk
    useful_half_width=45.0,
    counted="step",
    retest_sem=None,
    # how feet linger and heads lag: 244 ms read for 280 labelled by hand in frames of 33 on one
    # treadmill clip; 243 for 250 by neck and shoulders of one runner over a force plate
    people_sd=25.0,
)
def contact_time(trial: Trial) -> Samples:
    """Toe-off minus foot strike of each stance.

    Parameters
    ----------
    trial : Trial
        ``steps`` are used; those without a toe-off are left out.

    Returns
    -------
    Samples
        Milliseconds per stance side; ``event_sd`` joins the errors of both events.
    """
    seen = [(s, s.toe_off_s) for s in trial.steps]
    used = [(s, off) for s, off in seen if off is not None and off > s.strike_s]
    if not used:
        return Samples.none(NO_CONTACTS)
    sd_s = [np.hypot(s.strike_sd_s, s.toe_off_sd_s or s.strike_sd_s) for s, _ in used]
    return Samples(
        sides=tuple(s.side for s, _ in used),
        values=np.array([1000.0 * (off - s.strike_s) for s, off in used]),
        times_s=np.array([s.strike_s for s, _ in used]),
        event_sd=1000.0 * np.array(sd_s),
    )

"""Flight time: how long both feet are off the ground."""

import numpy as np

from formcheck.data import Samples, Step, Trial
from formcheck.filming import ANY_RUN
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import step_windows

NO_FLIGHTS = (
    "No flight between two contacts was found: film 15 seconds of steady running with both feet in "
    "the picture."
)


@measure(
    id="flight_time",
    title="Flight time",
    short="Flight time",
    unit="ms",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=True,
    min_fps=50.0,
    sign="positive when both feet are off the ground; negative when both are down together",
    how_to_film=ANY_RUN,
    source="measures.md 2 (flight time)",
    needs=("contact", "feet"),
    camera=no_camera_error("a time: no camera angle changes it"),
    plausible=(-250.0, 450.0),  # 112 SD 19 [S 75]; a walk has both feet down for 100 to 200
    useful_half_width=45.0,
    counted="step",
    retest_sem=None,
    # how feet linger and heads lag: 244 ms read for 280 labelled by hand in frames of 33 on one
    # treadmill clip; 243 for 250 by neck and shoulders of one runner over a force plate
    people_sd=25.0,
)
def flight_time(trial: Trial) -> Samples:
    """Next foot strike minus toe-off, given to the foot that left the ground.

    A slow jog may have no flight: the value is then negative by the time that both feet are down,
    and is not cut at zero, because that would bias the mean.

    Parameters
    ----------
    trial : Trial
        ``steps`` are used; those that hold a missed contact or lack a toe-off are left out.

    Returns
    -------
    Samples
        Milliseconds per side; ``event_sd`` joins the errors of both events.
    """
    whole = {w.start_s for w in step_windows(trial)}
    used = [s for s in trial.steps if s.strike_s in whole and s.toe_off_s is not None]
    if not used:
        return Samples.none(NO_FLIGHTS)
    sd_s = [np.hypot(s.strike_sd_s, s.toe_off_sd_s or s.strike_sd_s) for s in used]
    return Samples(
        sides=tuple(s.side for s in used),
        values=np.array([_flight_ms(s) for s in used]),
        times_s=np.array([s.toe_off_s for s in used]),
        event_sd=1000.0 * np.array(sd_s),
    )


def _flight_ms(step: Step) -> float:
    if step.end_s is None or step.toe_off_s is None:
        return float("nan")
    return 1000.0 * (step.end_s - step.toe_off_s)

"""Hop height from the time in the air."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import TEST_REPS
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import hop_contacts

NO_HOPS = "No time in the air between two contacts was found: film at least three hops in a row."


@measure(
    id="hop_height",
    title="Hop height",
    short="Hop height",
    unit="cm",
    views=(View.SIDE, View.FRONT, View.REAR),
    sided=True,
    sign="a larger value is a higher hop",
    how_to_film=TEST_REPS,
    source="measures.md 7b.7 and 7e: h = g t^2 / 8 for the flight time t",
    needs=("contact", "feet"),
    camera=no_camera_error("from the time in the air: no camera angle changes it"),
    plausible=(0.5, 90.0),  # the best standing jumps are about 80
    useful_half_width=5.0,
    counted="repetition",
    retest_sem=None,
)
def hop_height(trial: Trial) -> Samples:
    """Rise of the body in each flight, from the flight time: g t^2 / 8.

    Needs no scale. A landing with more bent legs than the take-off lengthens the flight and reads
    too high.

    Parameters
    ----------
    trial : Trial
        ``steps``, or ``reps`` of the hop detector (landing to take-off), are used: take-off to the
        next landing of the same foot.

    Returns
    -------
    Samples
        Centimetres per hopping foot, at the top of each flight; ``event_sd`` from both events.
    """
    found = [(a, b) for a, b in hop_contacts(trial) if b is not None]
    if not found:
        return Samples.none(NO_HOPS)
    flight_s = np.array([b.start_s - a.end_s for a, b in found])
    sd_s = np.array([np.hypot(a.sd_s, b.sd_s) for a, b in found])
    g = trial.given.measures.gravity_mps2
    return Samples(
        sides=tuple(a.side for a, _ in found),
        values=100.0 * g * flight_s**2 / 8.0,
        times_s=np.array([0.5 * (a.end_s + b.start_s) for a, b in found]),
        event_sd=100.0 * g * flight_s * sd_s / 4.0,
    )

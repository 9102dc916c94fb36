"""Hop contact time: how long the foot is down between two hops."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import TEST_REPS
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import hop_contacts

NO_CONTACTS = "No complete contact between two hops was found: film at least three hops in a row."


@measure(
    id="hop_contact_time",
    title="Ground contact between hops",
    short="Contact between hops",
    unit="ms",
    views=(View.SIDE, View.FRONT, View.REAR),
    sided=True,
    min_fps=25.0,
    sign="a larger value is longer on the ground",
    how_to_film=TEST_REPS,
    source="measures.md 7e",
    needs=("contact", "feet"),
    camera=no_camera_error("a time: no camera angle changes it"),
    plausible=(80.0, 2000.0),  # the quickest rebounds are 100; longer is a stop
    useful_half_width=60.0,
    counted="repetition",
    retest_sem=None,
)
def hop_contact_time(trial: Trial) -> Samples:
    """Time from landing to take-off of each contact that another hop follows.

    Parameters
    ----------
    trial : Trial
        ``steps`` with a toe-off, or ``reps`` of the hop detector (landing to take-off), are used.
        The last landing is held, not hopped from, and does not count.

    Returns
    -------
    Samples
        Milliseconds per hopping foot; ``event_sd`` joins the errors of both events.
    """
    found = [(a, b) for a, b in hop_contacts(trial) if b is not None]
    if not found:
        return Samples.none(NO_CONTACTS)
    return Samples(
        sides=tuple(a.side for a, _ in found),
        values=np.array([1000.0 * (a.end_s - a.start_s) for a, _ in found]),
        times_s=np.array([a.start_s for a, _ in found]),
        event_sd=np.array([1000.0 * np.sqrt(2.0) * a.sd_s for a, _ in found]),
    )

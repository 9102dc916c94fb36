"""Cadence: steps per minute."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import ANY_RUN
from formcheck.keypoints import View
from formcheck.registry import measure
from formcheck.sampling import NO_STRIDES, both, stride_windows


@measure(
    id="cadence",
    title="Cadence",
    unit="steps/min",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=False,
    sign="a larger value is quicker steps",
    how_to_film=ANY_RUN,
    source="measures.md 2 (cadence)",
)
def cadence(trial: Trial) -> Samples:
    """Two steps per stride time, for every stride of either foot.

    Strides are used instead of steps because a constant difference between the feet, of the runner
    or of the detector, cancels. Event time errors show in the spread between strides.

    Parameters
    ----------
    trial : Trial
        ``steps`` are used; strides that hold a missed contact are left out.

    Returns
    -------
    Samples
        Steps per minute, side ``both``, one value per stride.
    """
    strides = stride_windows(trial.steps)
    if not strides:
        return Samples.none(NO_STRIDES)
    length = np.array([w.end_s - w.start_s for w in strides])
    return Samples(
        sides=both(len(strides)),
        values=120.0 / length,
        times_s=np.array([w.start_s for w in strides]),
    )

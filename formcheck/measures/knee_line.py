"""Knee line of each leg in squats on both legs and in landings, seen from the front."""

import numpy as np

from formcheck.data import Samples, SampleSide, Trial, sample_at
from formcheck.filming import FRONT_TEST
from formcheck.keypoints import SIDES, View
from formcheck.registry import measure
from formcheck.sampling import NO_REPS
from formcheck.signals.geometry import fppa_series_deg


@measure(
    id="knee_line",
    title="Knee line at the deepest point",
    unit="deg",
    views=(View.FRONT,),
    sided=True,
    sign="positive when the knee is nearer the body's middle than the line from hip to ankle",
    how_to_film=FRONT_TEST,
    source="measures.md 1.4; single-leg hop landing SEM 1.3-1.6 degrees [S 104]",
)
def knee_line(trial: Trial) -> Samples:
    """Frontal plane projection angle of each working leg at the deepest point.

    A turned foot or phone reads as an angle (measures.md 0.2), and on both legs at once.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``reps`` and ``scene`` are used; a repetition of both legs gives a value per leg.

    Returns
    -------
    Samples
        Degrees, + = knee toward the middle.
    """
    at = [
        (side, rep.deepest_s)
        for rep in trial.reps
        if rep.counted
        for side in SIDES
        if rep.side in (side, "both")
    ]
    if not at:
        return Samples.none(NO_REPS)
    series = {s: fppa_series_deg(trial.pose, trial.scene, s) for s in SIDES}
    values = [float(sample_at(trial.pose.time_s, series[side], t)) for side, t in at]
    sides: tuple[SampleSide, ...] = tuple(side for side, _ in at)
    return Samples(sides=sides, values=np.array(values), times_s=np.array([t for _, t in at]))

"""Pelvic drop excursion: how far the pelvis sinks from landing to its lowest point."""

import numpy as np

from formcheck.data import Samples, Trial, sample_at
from formcheck.filming import REAR_RUN
from formcheck.keypoints import View
from formcheck.registry import measure
from formcheck.rotation import pelvic_obliquity
from formcheck.sampling import NO_STEPS, reduce_window, slope_per_s, stance_windows


@measure(
    id="pelvic_drop_excursion",
    title="Pelvic drop after landing",
    unit="deg",
    views=(View.REAR, View.FRONT),
    sided=True,
    sign="positive when the side without the foot on the ground sinks after landing",
    how_to_film=REAR_RUN,
    source="measures.md 1.1",
)
def pelvic_drop_excursion(trial: Trial) -> Samples:
    """Peak pelvic drop in stance minus the pelvic tilt at foot strike.

    Camera roll and any constant offset cancel.

    Parameters
    ----------
    trial : Trial
        ``channels`` (surface motion of the pelvis), ``scene`` and ``steps`` are used.

    Returns
    -------
    Samples
        Degrees per stance side; ``event_sd`` from the strike's time error.
    """
    curve = pelvic_obliquity(trial)
    if not curve.known:
        return Samples.none(curve.reason)
    stances = stance_windows(trial)
    if not stances:
        return Samples.none(NO_STEPS)
    time_s = trial.pose.time_s
    rows = []
    for stance in stances:
        drop = curve.deg if stance.side == "left" else -curve.deg
        strike = np.array([stance.start_s])
        peak, t = reduce_window(time_s, drop, stance, "max")
        start = sample_at(time_s, drop, strike)[0]
        error = np.abs(slope_per_s(time_s, drop, strike))[0] * stance.sd_s
        rows.append((peak - start, t, error))
    table = np.array(rows)
    return Samples(
        sides=tuple(w.side for w in stances),
        values=table[:, 0],
        times_s=table[:, 1],
        event_sd=np.nan_to_num(table[:, 2]),
        clip_sd=curve.sd_deg,
    )

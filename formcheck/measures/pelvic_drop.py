"""Pelvic drop: how far the swing side of the pelvis sinks while one foot carries the body."""

from dataclasses import replace

from formcheck.data import FloatArray, Samples, Trial
from formcheck.filming import REAR_RUN
from formcheck.keypoints import SIDES, Side, View
from formcheck.registry import measure
from formcheck.rotation import pelvic_obliquity
from formcheck.sampling import at_deepest, by_side, over_windows, stance_windows


@measure(
    id="pelvic_drop",
    title="Pelvic drop",
    unit="deg",
    views=(View.REAR, View.FRONT),
    sided=True,
    sign="positive when the side without the foot on the ground is lower",
    how_to_film=REAR_RUN,
    source="measures.md 1.1; Dingenen 2018 [S 2]",
    core=True,
)
def pelvic_drop(trial: Trial) -> Samples:
    """Peak tilt of the pelvis against gravity in each stance, toward the swing side.

    In a single-leg squat: the tilt at the deepest point of each repetition.

    Parameters
    ----------
    trial : Trial
        ``channels`` (surface motion of the pelvis), ``scene`` and ``steps`` or ``reps`` are used.

    Returns
    -------
    Samples
        Degrees per stance side, + = swing side lower; ``clip_sd`` is the signal's own error.
    """
    curve = pelvic_obliquity(trial)
    if not curve.known:
        return Samples.none(curve.reason)

    def swing_side_lower(side: Side) -> FloatArray:
        return curve.deg if side == "left" else -curve.deg

    series = by_side(SIDES, swing_side_lower)
    if trial.reps and not trial.steps:
        found = at_deepest(trial, series)
    else:
        found = over_windows(trial, series, stance_windows(trial), "max")
    return replace(found, clip_sd=curve.sd_deg)

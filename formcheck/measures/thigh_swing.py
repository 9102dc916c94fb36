"""Swing of the free thigh in the single-leg running man."""

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_TEST
from formcheck.keypoints import SIDES, View, other
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_REPS, by_side, over_windows, rep_windows
from formcheck.signals.geometry import thigh_series_deg


@measure(
    id="thigh_swing",
    title="Swing of the free thigh",
    short="Swing of free thigh",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    sign="a larger value is more swing; the side is the leg that stands",
    how_to_film=SIDE_TEST,
    source="measures.md 7e (single-leg running man: hip-angle cycles); definition: design choice",
    needs=("square_on",),
    camera=no_camera_error("not measured yet; hip_range, the same angle's range, has yaw2 0.010"),
    plausible=(5.0, 160.0),  # the whole range of a hip is about 150
    useful_half_width=24.0,
    counted="repetition",
    retest_sem=None,
)
def thigh_swing(trial: Trial) -> Samples:
    """Range of the free thigh's angle to the vertical in each repetition.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``reps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, one value per counted repetition.
    """
    windows = rep_windows(trial)
    if not windows:
        return Samples.none(NO_REPS)
    series = by_side(SIDES, lambda s: thigh_series_deg(trial.pose, trial.scene, other(s)))
    return over_windows(trial, series, windows, "range")

"""Trunk side lean: how far the trunk tips toward the stance leg."""

from formcheck.data import FloatArray, Samples, Trial
from formcheck.filming import FRONTAL_RUN
from formcheck.keypoints import SIDES, Side, View
from formcheck.registry import CameraError, measure
from formcheck.sampling import at_deepest, by_side, over_windows, stance_windows
from formcheck.signals.geometry import trunk_series_deg


@measure(
    id="trunk_side_lean",
    title="Side lean of the trunk",
    short="Side lean",
    unit="deg",
    views=(View.REAR, View.FRONT),
    sided=True,
    sign="positive when the shoulders lean toward the leg that stands",
    how_to_film=FRONTAL_RUN,
    source="measures.md 1.2; Dingenen 2018 [S 2]",
    needs=("shoulders", "square_on"),
    camera=CameraError(roll=1.0, opposite=True, yaw=0.12),  # measures.md 0.2: 1 degree per degree
    plausible=(-20.0, 30.0),  # a few degrees in running; a compensated squat leans further
    useful_half_width=5.0,
    counted="step",
    retest_sem=0.8,  # S 2
    of_stance=True,
)
def trunk_side_lean(trial: Trial) -> Samples:
    """Mean angle of the line from mid-hip to mid-shoulder to gravity in stance, per stance side.

    In a squat: the angle at the deepest point of each repetition.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``scene`` and ``steps`` (running) or ``reps`` (squat) are used.

    Returns
    -------
    Samples
        Degrees, + = toward the stance leg; NaN where shoulders or hips were not seen.
    """

    def toward_stance(side: Side) -> FloatArray:
        return trunk_series_deg(trial.pose, trial.scene, trial.scene.lateral_sign(side))

    series = by_side(SIDES, toward_stance)
    if trial.reps and not trial.steps:
        return at_deepest(trial, series)
    return over_windows(trial, series, stance_windows(trial), "mean")

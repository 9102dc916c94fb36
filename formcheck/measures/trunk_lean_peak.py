"""Largest forward lean of the trunk in a repetition of a movement test."""

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_TEST
from formcheck.keypoints import View
from formcheck.registry import CameraError, measure
from formcheck.sampling import NO_REPS, over_windows, rep_windows
from formcheck.signals.geometry import trunk_series_deg


@measure(
    id="trunk_lean_peak",
    title="Forward lean of the trunk, largest",
    short="Largest forward lean",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    sign="positive when the shoulders are ahead of the hips",
    how_to_film=SIDE_TEST,
    source="measures.md 1.2; Schurr 2017 for 2D trunk angles in a squat [S 9]",
    needs=("shoulders", "square_on"),
    camera=CameraError(roll=1.0, yaw=0.05),
    plausible=(-30.0, 130.0),  # a hinge with straight legs folds to about 120
    useful_half_width=12.0,
    counted="repetition",
    retest_sem=None,
)
def trunk_lean_peak(trial: Trial) -> Samples:
    """Largest angle of the line from mid-hip to mid-shoulder to gravity in each repetition.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``reps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, + = forward, one value per counted repetition.
    """
    windows = rep_windows(trial)
    if not windows:
        return Samples.none(NO_REPS)
    lean = trunk_series_deg(trial.pose, trial.scene, trial.scene.forward_sign)
    return over_windows(trial, dict.fromkeys(("left", "right", "both"), lean), windows, "max")

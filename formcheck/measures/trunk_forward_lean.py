"""Trunk forward lean: how far the trunk tips forward on average."""

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_ANY
from formcheck.keypoints import View
from formcheck.registry import CameraError, measure
from formcheck.sampling import NO_STRIDES, body_strides, over_windows
from formcheck.signals.geometry import trunk_series_deg


@measure(
    id="trunk_forward_lean",
    title="Forward lean of the trunk",
    short="Forward lean",
    unit="deg",
    views=(View.SIDE,),
    sided=False,
    sign="positive when the shoulders are ahead of the hips",
    how_to_film=SIDE_ANY,
    source="measures.md 1.2",
    needs=("shoulders", "square_on", "facing"),
    camera=CameraError(roll=1.0, yaw=0.05),
    plausible=(-15.0, 60.0),  # 2 to 10 in running; out of a starting block far more
    useful_half_width=8.0,
    counted="stride",
    retest_sem=None,
)
def trunk_forward_lean(trial: Trial) -> Samples:
    """Mean angle of the line from mid-hip to mid-shoulder to gravity over each stride.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, + = forward, side ``both``, one value per stride.
    """
    strides = body_strides(trial)
    if not strides:
        return Samples.none(NO_STRIDES)
    series = trunk_series_deg(trial.pose, trial.scene, trial.scene.forward_sign)
    return over_windows(trial, {"both": series}, strides, "mean")

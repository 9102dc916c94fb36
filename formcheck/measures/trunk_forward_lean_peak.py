"""Peak forward lean of the trunk: how far it tips forward while a foot is down."""

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_ANY
from formcheck.keypoints import View
from formcheck.registry import CameraError, measure
from formcheck.sampling import NO_STEPS, Window, over_windows, stance_windows
from formcheck.signals.geometry import trunk_series_deg


@measure(
    id="trunk_forward_lean_peak",
    title="Largest forward lean in stance",
    short="Lean, largest",
    unit="deg",
    views=(View.SIDE,),
    sided=False,
    sign="positive when the shoulders are ahead of the hips",
    how_to_film=SIDE_ANY,
    source="measures.md 1.2; Bramah 2018 [S 110]",
    needs=("shoulders", "square_on", "facing"),
    camera=CameraError(roll=1.0, yaw=0.05),
    plausible=(-15.0, 65.0),
    useful_half_width=8.0,
    counted="step",
    retest_sem=None,
)
def trunk_forward_lean_peak(trial: Trial) -> Samples:
    """Largest angle of the line from mid-hip to mid-shoulder to gravity in each stance of a run.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, + = forward, side ``both``, one value per stance.
    """
    if not trial.steps:
        return Samples.none(NO_STEPS)
    series = trunk_series_deg(trial.pose, trial.scene, trial.scene.forward_sign)
    stances = [Window("both", w.start_s, w.end_s, w.sd_s) for w in stance_windows(trial)]
    return over_windows(trial, {"both": series}, stances, "max")

"""Peak side lean of the trunk: how far it tips toward the stance leg at most."""

from formcheck.data import FloatArray, Samples, Trial
from formcheck.filming import FRONTAL_RUN
from formcheck.keypoints import SIDES, Side, View
from formcheck.registry import CameraError, measure
from formcheck.sampling import NO_STEPS, by_side, over_windows, stance_windows
from formcheck.signals.geometry import trunk_series_deg


@measure(
    id="trunk_side_lean_peak",
    title="Largest side lean in stance",
    short="Side lean, largest",
    unit="deg",
    views=(View.REAR, View.FRONT),
    sided=True,
    sign="positive when the shoulders lean toward the leg that stands",
    how_to_film=FRONTAL_RUN,
    source="measures.md 1.2; Bramah 2018 [S 110]",
    needs=("shoulders", "square_on"),
    camera=CameraError(roll=1.0, opposite=True, yaw=0.12),
    plausible=(-20.0, 35.0),
    useful_half_width=5.0,
    counted="step",
    retest_sem=None,
    of_stance=True,
)
def trunk_side_lean_peak(trial: Trial) -> Samples:
    """Largest angle of the line from mid-hip to mid-shoulder to gravity in each stance of a run.

    It is what laboratories publish; the mean of stance is smaller.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``scene`` and ``steps`` are used.

    Returns
    -------
    Samples
        Degrees, + = toward the stance leg; NaN where shoulders or hips were not seen.
    """
    if not trial.steps:
        return Samples.none(NO_STEPS)

    def toward_stance(side: Side) -> FloatArray:
        return trunk_series_deg(trial.pose, trial.scene, trial.scene.lateral_sign(side))

    return over_windows(trial, by_side(SIDES, toward_stance), stance_windows(trial), "max")

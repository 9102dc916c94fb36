"""Peak hip extension: how far the thigh gets behind at push-off."""

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_RUN
from formcheck.keypoints import View
from formcheck.registry import CameraError, measure
from formcheck.sampling import Window, by_side, near_sides, over_windows, stance_windows
from formcheck.signals.geometry import thigh_series_deg


@measure(
    id="peak_hip_extension",
    title="Thigh behind the body at push-off",
    short="Thigh behind body",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    near_leg_only=True,
    sign="positive when the thigh is behind the vertical",
    how_to_film=SIDE_RUN,
    source="measures.md 2 (hip extension)",
    needs=("square_on", "facing"),
    camera=CameraError(roll=1.0, yaw2=0.004),
    plausible=(-20.0, 50.0),  # 10 to 35 from the vertical; nobody's hip goes further
    useful_half_width=12.0,
    counted="step",
    retest_sem=None,
)
def peak_hip_extension(trial: Trial) -> Samples:
    """Largest angle of the near thigh behind gravity's vertical around toe-off.

    Searched from the middle of stance to shortly after toe-off.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, + = thigh behind the vertical.
    """
    sides = near_sides(trial)
    after_s = trial.given.measures.after_toe_off_s
    windows = [
        Window(w.side, 0.5 * (w.start_s + w.end_s), w.end_s + after_s)
        for w in stance_windows(trial, sides)
    ]
    series = by_side(sides, lambda s: -thigh_series_deg(trial.pose, trial.scene, s))
    return over_windows(trial, series, windows, "max")

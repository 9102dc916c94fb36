"""Hip range: how far the thigh swings over the stride."""

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_RUN
from formcheck.keypoints import View
from formcheck.registry import CameraError, measure
from formcheck.sampling import by_side, near_sides, over_windows, stride_windows
from formcheck.signals.geometry import thigh_series_deg


@measure(
    id="hip_range",
    title="Thigh swing over the stride",
    short="Thigh swing",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    near_leg_only=True,
    sign="a larger value is more swing",
    how_to_film=SIDE_RUN,
    source="measures.md 2 (hip ROM); Provenzano 2019 [S 80]",
    needs=("square_on",),
    camera=CameraError(yaw2=0.010),  # range x (1 - cos yaw)
    plausible=(10.0, 130.0),  # 35 to 60 in a jog; high knees lift the thigh to 100
    useful_half_width=14.0,
    counted="stride",
    retest_sem=None,
)
def hip_range(trial: Trial) -> Samples:
    """Largest minus smallest angle of the near thigh to gravity over each stride.

    The thigh to the vertical, not to the pelvis: the pelvis' tilt cannot be seen.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, one value per stride.
    """
    sides = near_sides(trial)
    series = by_side(sides, lambda s: thigh_series_deg(trial.pose, trial.scene, s))
    return over_windows(trial, series, stride_windows(trial, sides), "range")

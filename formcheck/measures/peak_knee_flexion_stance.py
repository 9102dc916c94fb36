"""Peak knee flexion in stance: how far the knee bends while the foot is down."""

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_RUN
from formcheck.keypoints import View
from formcheck.kinematics.readings import with_reading
from formcheck.registry import CameraError, measure
from formcheck.sampling import bend_windows, bending, by_side, near_sides, over_windows
from formcheck.signals.geometry import knee_flexion_series_deg


@measure(
    id="peak_knee_flexion_stance",
    title="Deepest knee bend while the foot is down",
    short="Deepest knee bend",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    near_leg_only=True,
    sign="0 is a straight knee; a larger value is more bend",
    how_to_film=SIDE_RUN,
    source="measures.md 1.3; Heiderscheit 2011 [S 45]",
    needs=("square_on",),
    camera=CameraError(yaw2=0.0062),  # measures.md 0.2: yaw 30 degrees: -5.6 degrees
    plausible=(5.0, 140.0),  # 46 SD 5 in running [S 45]; a landing may end in a full squat
    useful_half_width=15.0,
    counted="step",
    retest_sem=1.4,  # S 2
    curve="knee_flexion",
)
def peak_knee_flexion_stance(trial: Trial) -> Samples:
    """Maximum knee flexion of the near leg while it takes the load.

    In running that is from foot strike to 70 % of stance: the knee bends again for the swing before
    the toe leaves the ground. In a landing it is the 0.6 s after contact. In runs the size of the
    peak comes from thigh and shank through stance (``formcheck.kinematics``): at the peak itself
    the other leg passes this one, and the landmarks jump.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, one value per stance, at the moment of the peak; NaN where the leg was not seen.
    """
    sides = near_sides(trial)
    series = by_side(sides, lambda s: knee_flexion_series_deg(trial.pose, trial.scene, s))
    plain = over_windows(trial, series, bend_windows(trial, sides), "max")
    return with_reading(trial, "peak_knee_flexion_stance", plain, bending(trial, sides))

"""Step width as a share of the leg: how far apart the feet land, without a scale in cm."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import FRONTAL_RUN
from formcheck.keypoints import SIDES, View
from formcheck.kinematics.footprints import widths_px
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_STEPS, both
from formcheck.signals.geometry import leg_length_px

MOVES_AWAY = (
    "The runner gets nearer or farther, so widths in the picture have no fixed scale: film on a "
    "treadmill for step width."
)


@measure(
    id="step_width_pct_leg",
    title="Step width, share of the leg",
    short="Step width of leg",
    unit="%",
    views=(View.REAR, View.FRONT),
    sided=False,
    sign="positive when the feet land apart, negative when they cross over",
    how_to_film=FRONTAL_RUN,
    source="measures.md 2 (step width); Arellano and Kram [S 125]",
    needs=("feet", "still_camera"),
    camera=no_camera_error("roll cancels between left and right steps; yaw not measured yet"),
    plausible=(-30.0, 50.0),
    useful_half_width=6.0,
    counted="step",
    retest_sem=None,
)
def step_width_pct_leg(trial: Trial) -> Samples:
    """Sideways distance of the heels in mid-stance over the length of the leg in the picture.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene`` (view, surface) are used.

    Returns
    -------
    Samples
        Percent of the leg's length, + = feet apart, side ``both``.
    """
    if trial.scene.surface == "overground":
        return Samples.none(MOVES_AWAY)
    width, time_s = widths_px(trial) if trial.steps else (np.empty(0), np.empty(0))
    leg = float(np.mean([leg_length_px(trial.pose, side) for side in SIDES]))
    if not width.size or not leg > 0:
        return Samples.none(NO_STEPS)
    return Samples(sides=both(width.size), values=100.0 * width / leg, times_s=time_s)

"""Step width: how far apart the feet land, left to right."""

from formcheck.data import Samples, Trial
from formcheck.filming import FRONTAL_RUN, SCALE
from formcheck.keypoints import View
from formcheck.kinematics.footprints import widths_px
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_SCALE, NO_STEPS, both

MOVES_AWAY = (
    "The runner gets nearer or farther, so widths in the picture have no fixed scale: film on a "
    "treadmill for step width."
)


@measure(
    id="step_width",
    title="Step width",
    short="Step width",
    unit="cm",
    views=(View.REAR, View.FRONT),
    sided=False,
    sign="positive when the feet land apart, negative when they cross over",
    how_to_film=f"{FRONTAL_RUN} {SCALE}",
    source="measures.md 2 (step width); Meardon 2012 [S 70]",
    needs=("feet", "still_camera", "scale"),
    camera=no_camera_error("roll cancels between left and right steps; yaw not measured yet"),
    plausible=(-25.0, 40.0),  # about 6 [S 71]; legs crossed and legs astride
    useful_half_width=5.0,
    counted="step",
    retest_sem=None,
)
def step_width(trial: Trial) -> Samples:
    """Sideways distance between the heel in mid-stance and the other foot's heel before and after.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene`` (scale and view) are used.

    Returns
    -------
    Samples
        Centimetres, + = feet apart, side ``both``; empty with a reason without a scale.
    """
    scale = trial.scene.m_per_px
    if scale is None:
        return Samples.none(NO_SCALE)
    if trial.scene.surface == "overground":
        return Samples.none(MOVES_AWAY)
    width_px, time_s = widths_px(trial)
    if not width_px.size:
        return Samples.none(NO_STEPS)
    values = 100.0 * scale * width_px
    return Samples(sides=both(values.size), values=values, times_s=time_s)

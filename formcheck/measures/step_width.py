"""Step width: how far apart the feet land, left to right."""

import numpy as np

from formcheck.data import Samples, Trial
from formcheck.filming import FRONTAL_RUN, SCALE
from formcheck.keypoints import Side, View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import (
    NO_SCALE,
    NO_STEPS,
    Window,
    both,
    leg_of,
    reduce_window,
    stance_windows,
)
from formcheck.signals.geometry import level

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

    Comparing each stance with the mean of its two neighbours takes out the runner's slow drift
    across the belt.

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
    stances = sorted(stance_windows(trial), key=lambda w: w.start_s)
    if len(stances) < 3:
        return Samples.none(NO_STEPS)
    found = [_outward_px(trial, w) for w in stances]
    values, times = [], []
    for before, here, after in zip(found, found[1:], found[2:], strict=False):
        alternate = before[0] == after[0] != here[0]
        apart = here[1] + 0.5 * (before[1] + after[1]) if alternate else float("nan")
        values.append(100.0 * scale * apart)
        times.append(here[2])
    return Samples(sides=both(len(values)), values=np.array(values), times_s=np.array(times))


def _outward_px(trial: Trial, stance: Window) -> tuple[Side, float, float]:
    """Return side, heel position toward that side (any origin) and time of one mid-stance."""
    side = leg_of(stance.side)
    heel = level(trial.pose.joint(side, "heel"), trial.scene.roll_deg)[:, 0]
    config, length = trial.given.measures, stance.end_s - stance.start_s
    window = Window(
        side,
        stance.start_s + config.midstance_from * length,
        stance.start_s + config.midstance_to * length,
    )
    x, t = reduce_window(trial, heel, window, "mean")
    return side, x * trial.scene.lateral_sign(side), t

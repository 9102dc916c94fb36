"""Where the feet land, left to right, in a view from behind or in front."""

import numpy as np

from formcheck.data import FloatArray, Trial
from formcheck.keypoints import Side
from formcheck.sampling import Window, leg_of, reduce_window, stance_windows
from formcheck.signals.geometry import level


def widths_px(trial: Trial) -> tuple[FloatArray, FloatArray]:
    """Return how far apart the feet land, px, and when; one value per stance with two neighbours.

    Comparing each stance with the mean of the one before and the one after takes out the runner's
    slow drift across the belt.

    Returns
    -------
    width_px, time_s : ndarray of float, shape (N,)
        + = feet apart, - = across each other; NaN where left and right do not alternate.
    """
    stances = sorted(stance_windows(trial), key=lambda w: w.start_s)
    found = [_outward_px(trial, w) for w in stances]
    values, times = [], []
    for before, here, after in zip(found, found[1:], found[2:], strict=False):
        alternate = before[0] == after[0] != here[0]
        values.append(here[1] + 0.5 * (before[1] + after[1]) if alternate else float("nan"))
        times.append(here[2])
    return np.array(values, dtype=float), np.array(times, dtype=float)


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

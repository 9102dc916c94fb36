"""Sway: how far the hips wander sideways while standing on one leg."""

import numpy as np

from formcheck.data import Rep, Samples, Trial
from formcheck.filming import SCALE, TEST_REPS
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_SCALE, leg_of
from formcheck.signals.geometry import level, mid_hip_level_px

NO_HOLD = "No hold was found: film from before the foot is lifted until after it is put down."


@measure(
    id="sway",
    title="Sideways sway while standing on one leg",
    short="Sideways sway",
    unit="cm",
    views=(View.FRONT, View.REAR),
    sided=True,
    sign="a larger value is more sway",
    how_to_film=f"{TEST_REPS} {SCALE}",
    source="measures.md 7e (trunk sway, single-leg balance); definition: design choice",
    needs=("still_camera", "scale"),
    camera=no_camera_error("a spread: roll drops out, yaw only by its cosine"),
    plausible=(0.0, 40.0),  # more than that is a step
    useful_half_width=4.0,
    counted="repetition",
    retest_sem=None,
    once=True,
)
def sway(trial: Trial) -> Samples:
    """Range of mid-hip's sideways position over the standing ankle during the longest hold.

    The outer 2.5 % on each side are cut off, so that single misread frames do not count.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``reps`` (holds) and ``scene`` (scale and roll) are used.

    Returns
    -------
    Samples
        Centimetres, one value per side.
    """
    scale = trial.scene.m_per_px
    if scale is None:
        return Samples.none(NO_SCALE)
    holds = [r for r in trial.reps if r.counted and r.side != "both"]
    sides = tuple(dict.fromkeys(r.side for r in holds))
    if not sides:
        return Samples.none(NO_HOLD)
    longest = [
        max((r for r in holds if r.side == s), key=lambda r: r.end_s - r.start_s) for s in sides
    ]
    return Samples(
        sides=sides,
        values=np.array([100.0 * scale * _range_px(trial, r) for r in longest]),
        times_s=np.array([0.5 * (r.start_s + r.end_s) for r in longest]),
    )


def _range_px(trial: Trial, hold: Rep) -> float:
    side = leg_of(hold.side)
    ankle = level(trial.pose.joint(side, "ankle"), trial.scene.roll_deg)
    offset = (mid_hip_level_px(trial.pose, trial.scene) - ankle)[:, 0]
    inside = (trial.pose.time_s >= hold.start_s) & (trial.pose.time_s < hold.end_s)
    seen = offset[inside & np.isfinite(offset)]
    config = trial.given.measures
    if seen.size < config.min_window_coverage * max(1, inside.sum()) or seen.size == 0:
        return float("nan")
    low, high = np.percentile(seen, [config.sway_tail_pct, 100.0 - config.sway_tail_pct])
    return float(high - low)

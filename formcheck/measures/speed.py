"""Running speed: the belt's, or read from the picture."""

import numpy as np

from formcheck.data import FloatArray, Samples, Trial, sample_at
from formcheck.filming import SCALE, SIDE_RUN
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import (
    NO_SCALE,
    NO_STEPS,
    Window,
    both,
    near_sides,
    stance_windows,
    stride_windows,
)
from formcheck.signals.geometry import level, mid_hip_level_px

NOT_ALONG = (
    "Speed cannot be seen from behind or in front: give the belt speed, or film from the side."
)


@measure(
    id="speed",
    title="Speed",
    short="Speed",
    unit="m/s",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=False,
    sign="a larger value is faster",
    how_to_film=f"{SIDE_RUN} {SCALE}",
    source="measures.md 2 (speed)",
    needs=("still_camera", "scale"),
    camera=no_camera_error("along the picture: only the cosine of the yaw, 1 % at 8 degrees"),
    plausible=(0.3, 12.5),  # the fastest sprint is 12.4
    useful_half_width=0.4,
    counted="step",
    retest_sem=None,
    once=True,
)
def speed(trial: Trial) -> Samples:
    """Belt speed as given; else foot speed on the belt, or hip speed over ground, times the scale.

    On a treadmill the stance foot moves with the belt; over ground the mid-hip moves from strike to
    strike of the same foot.

    Parameters
    ----------
    trial : Trial
        ``belt_speed_mps``, ``pose``, ``steps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Metres per second, side ``both``: one value if the belt speed was given, else one per stance
        (treadmill) or stride (over ground).
    """
    if trial.belt_speed_mps is not None:
        return Samples(
            sides=("both",), values=np.array([trial.belt_speed_mps]), times_s=np.array([0.0])
        )
    if trial.scene.view != View.SIDE:
        return Samples.none(NOT_ALONG)
    scale = trial.scene.m_per_px
    if scale is None:
        return Samples.none(NO_SCALE)
    found = _over_ground(trial) if trial.scene.surface == "overground" else _on_belt(trial)
    if not found:
        return Samples.none(NO_STEPS)
    return Samples(
        sides=both(len(found)),
        values=scale * np.array([v for v, _ in found]),
        times_s=np.array([t for _, t in found]),
    )


def _on_belt(trial: Trial) -> list[tuple[float, float]]:
    """Return (backward foot speed in px/s, time) of each mid-stance of the near foot."""
    config, out = trial.given.measures, []
    for side in near_sides(trial):
        foot = 0.5 * (trial.pose.joint(side, "heel") + trial.pose.joint(side, "foot_index"))
        x = level(foot, trial.scene.roll_deg)[:, 0]
        for stance in stance_windows(trial, (side,)):
            length = stance.end_s - stance.start_s
            flat = Window(
                side,
                stance.start_s + config.midstance_from * length,
                stance.start_s + config.midstance_to * length,
            )
            velocity = _mean_velocity(trial.pose.time_s, x, flat)
            out.append((-trial.scene.forward_sign * velocity, flat.start_s))
    return out


def _over_ground(trial: Trial) -> list[tuple[float, float]]:
    """Return (forward hip speed in px/s, time) of each stride."""
    x = mid_hip_level_px(trial.pose, trial.scene)[:, 0] * trial.scene.forward_sign
    return [(_mean_velocity(trial.pose.time_s, x, w), w.start_s) for w in stride_windows(trial)]


def _mean_velocity(time_s: FloatArray, x_px: FloatArray, window: Window) -> float:
    ends = sample_at(time_s, x_px, np.array([window.start_s, window.end_s]))
    return float((ends[1] - ends[0]) / (window.end_s - window.start_s))

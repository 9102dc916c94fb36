"""Overstride: how far ahead of the hips the foot lands."""

import numpy as np

from formcheck.data import FloatArray, Samples, Trial
from formcheck.filming import SCALE, SIDE_RUN
from formcheck.keypoints import Side, View
from formcheck.kinematics.readings import scaled, with_reading
from formcheck.registry import CameraError, measure
from formcheck.sampling import NO_SCALE, at_strikes, by_side, near_sides
from formcheck.signals.geometry import leg_length_px, level, mid_hip_level_px


@measure(
    id="overstride",
    title="Foot ahead of the hips at landing",
    short="Foot ahead of hips",
    unit="cm",
    views=(View.SIDE,),
    sided=True,
    near_leg_only=True,
    min_fps=50.0,
    sign="positive when the ankle is ahead of the middle of the hips",
    how_to_film=f"{SIDE_RUN} {SCALE}",
    source="measures.md 2 (overstride); Lieberman 2015 [S 63]",
    needs=("contact", "feet", "square_on", "scale", "facing"),
    # hips are about 0.8 m above the ankle: 0.8 m x sin 1 degree = 1.4 cm
    camera=CameraError(roll=1.4, yaw=0.1, yaw2=0.004),
    plausible=(-30.0, 60.0),  # a leg's reach; behind the hips out of a starting block
    useful_half_width=9.0,
    counted="step",
    retest_sem=None,
)
def overstride(trial: Trial) -> Samples:
    """Horizontal distance from mid-hip to ankle at each foot strike of the near leg.

    Mid-hip is not the centre of mass: a forward lean moves that ahead. In runs the share of the
    leg's length is read from leg and foot through stance (``formcheck.kinematics``), and the leg's
    length is a share of the stature where that was given.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps``, ``scene.m_per_px`` and ``scene.facing`` are used.

    Returns
    -------
    Samples
        Centimetres, + = ankle ahead; empty with a reason where the picture has no scale.
    """
    scale = trial.scene.m_per_px
    if scale is None:
        return Samples.none(NO_SCALE)
    hip = mid_hip_level_px(trial.pose, trial.scene)

    def ahead_cm(side: Side) -> FloatArray:
        ankle = level(trial.pose.joint(side, "ankle"), trial.scene.roll_deg)
        return np.asarray(100.0 * scale * (ankle - hip)[:, 0] * trial.scene.forward_sign)

    plain = at_strikes(trial, by_side(near_sides(trial), ahead_cm), {})
    one_pct_cm = _leg_cm(trial) / 100.0
    in_pct = scaled(plain, 1.0 / one_pct_cm)
    return scaled(with_reading(trial, "overstride_pct_leg", in_pct), one_pct_cm)


def _leg_cm(trial: Trial) -> float:
    """Return the leg's length: a share of the stature, else as the nearer ones look."""
    if trial.height_cm is not None:
        return trial.given.measures.leg_share * trial.height_cm
    lengths_px = [leg_length_px(trial.pose, side) for side in near_sides(trial)]
    return 100.0 * float(np.mean(lengths_px)) * (trial.scene.m_per_px or np.nan)

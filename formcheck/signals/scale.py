"""Metres per pixel from the runner's height."""

import numpy as np

from formcheck.data import PoseSequence
from formcheck.keypoints import SIDES
from formcheck.settings.signals import SceneSettings
from formcheck.signals.geometry import level


def scale_from_height(
    pose: PoseSequence,
    height_cm: float,
    settings: SceneSettings,
    *,
    roll_deg: float,
    is_gait: bool,
) -> tuple[float, float] | None:
    """Return metres per pixel at the runner's depth and its SD.

    Parameters
    ----------
    pose : PoseSequence
    height_cm : float
        Stature.
    settings : SceneSettings
    roll_deg : float
        Camera roll.
    is_gait : bool
        A runner is never quite upright: the tallest moments are a little shorter than standing.

    Returns
    -------
    (float, float) or None
        None if nose and heels were never seen together.
    """
    nose = level(pose.xy_px[:, 0], roll_deg)[:, 1]
    heels = np.stack([level(pose.joint(side, "heel"), roll_deg)[:, 1] for side in SIDES])
    tall = np.fmax.reduce(heels, axis=0) - nose
    tall = tall[np.isfinite(tall)]
    if tall.size < 4:
        return None
    share = settings.nose_heel_share * (settings.gait_upright_share if is_gait else 1.0)
    m_per_px = share * height_cm / 100 / float(np.percentile(tall, 90))
    return m_per_px, m_per_px * settings.nose_heel_sd

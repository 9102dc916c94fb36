"""Signals of one leg in side view: angles of its segments and how long they look."""

import numpy as np

from formcheck.data import FloatArray, Trial
from formcheck.keypoints import Side
from formcheck.signals.geometry import (
    foot_pitch_series_deg,
    lean_deg,
    level,
    shank_series_deg,
    thigh_series_deg,
)

Signals = dict[str, FloatArray]


def leg_signals(trial: Trial, side: Side) -> Signals:
    """Return the signals of one leg on the frames' own times, unfiltered.

    Parameters
    ----------
    trial : Trial
        ``raw`` and ``scene`` are used; the view must be from the side.
    side : {"left", "right"}

    Returns
    -------
    dict of str to ndarray of float, shape (T,)
        ``thigh_deg``, ``shank_deg`` and ``trunk_deg`` (near shoulder over hip) against gravity,
        + = lower end (trunk: upper end) ahead; ``foot_deg`` against the horizontal, + = toes up;
        ``thigh_over_shank_pct``, the logarithm of the ratio of their lengths in the picture times
        100; ``thigh_pct`` and ``shank_pct``, of their lengths over their own medians. NaN where a
        landmark was dropped.
    """
    pose, scene = trial.raw, trial.scene
    hip, knee, ankle, shoulder = (
        level(pose.joint(side, joint), scene.roll_deg)
        for joint in ("hip", "knee", "ankle", "shoulder")
    )
    thigh = np.linalg.norm(knee - hip, axis=1)
    shank = np.linalg.norm(ankle - knee, axis=1)
    return {
        "thigh_deg": thigh_series_deg(pose, scene, side),
        "shank_deg": shank_series_deg(pose, scene, side),
        "trunk_deg": lean_deg(shoulder, hip, scene.forward_sign),
        "foot_deg": foot_pitch_series_deg(pose, scene, side),
        "thigh_over_shank_pct": _log_pct(thigh, shank),
        "thigh_pct": _log_pct(thigh, _median(thigh)),
        "shank_pct": _log_pct(shank, _median(shank)),
    }


def _log_pct(length: FloatArray, reference: FloatArray | float) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.log(length / reference)
    return np.asarray(100.0 * np.where(np.isfinite(share), share, np.nan))


def _median(length: FloatArray) -> float:
    seen = length[np.isfinite(length)]
    return float(np.median(seen)) if seen.size else float("nan")

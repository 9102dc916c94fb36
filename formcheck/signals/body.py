"""Sizes of the body in the picture that do not care which leg is which."""

import numpy as np

from formcheck.data import FloatArray, PoseSequence
from formcheck.keypoints import FACE, SIDES, index_of

_FEET = [index_of(side, joint) for side in SIDES for joint in ("ankle", "heel", "foot_index")]


def median_of(values: FloatArray) -> float:
    """Return the median of the finite values, NaN if there are none."""
    finite = values[np.isfinite(values)]
    return float(np.median(finite)) if finite.size else float("nan")


def torso_px(pose: PoseSequence) -> FloatArray:
    """Return shoulder-midpoint to hip-midpoint distance, shape (T,), pixels."""
    return np.asarray(np.linalg.norm(pose.mid("shoulder") - pose.mid("hip"), axis=1))


def frontal_width(pose: PoseSequence) -> float:
    """Return the mean of shoulder and hip width over torso length, median over the clip.

    Small in side view, about 0.6 from front or rear; infinite if nobody was seen.
    """
    torso = torso_px(pose)
    widths = [
        np.linalg.norm(pose.joint("left", joint) - pose.joint("right", joint), axis=1)
        for joint in ("shoulder", "hip")
    ]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = median_of(0.5 * (widths[0] + widths[1]) / torso)
    return share if np.isfinite(share) else float("inf")


def body_height_px(pose: PoseSequence) -> float:
    """Return the typical height of the body in the picture, pixels (NaN if never seen).

    Median over frames of the lowest foot point minus the highest point of the face, which a bent
    knee or a lifted foot shortens a little.
    """
    with np.errstate(invalid="ignore"):
        feet = np.fmax.reduce(pose.xy_px[:, _FEET, 1], axis=1)
        head = np.fmin.reduce(pose.xy_px[:, list(FACE), 1], axis=1)
    height = median_of(feet - head)
    return height if np.isfinite(height) else 2.9 * median_of(torso_px(pose))

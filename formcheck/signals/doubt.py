"""Leg points that the pose model guessed: legs laid on one another, limbs that shrink.

In side view the far leg disappears behind the near one; the model then hangs its shank somewhere
between, or on the near leg. Its unsmoothed visibility knows: on a real treadmill clip the ankle of
such frames has 0.2-0.5, of good ones 0.6-1.0 (MediaPipe's own smoothing over ten frames hides
that). Or a leg is stretched to something behind it, longer than legs are. Such points are dropped,
not smoothed: smoothing spreads them.
"""

import numpy as np

from formcheck.data import BoolArray, FloatArray
from formcheck.keypoints import N_KEYPOINTS, SIDES, Side, index_of, other
from formcheck.settings.signals import LegSettings
from formcheck.signals.body import median_of
from formcheck.signals.legs import leg_length_px

_BELOW_KNEE = ("ankle", "heel", "foot_index")
_CHAIN = ("knee", *_BELOW_KNEE)


def guessed_points(
    xy_px: FloatArray, visibility: FloatArray, settings: LegSettings
) -> tuple[BoolArray, BoolArray]:
    """Return which points to drop in a side view.

    Parameters
    ----------
    xy_px : ndarray of float, shape (T, 33, 2)
        Legs already named rightly.
    visibility : ndarray of float, shape (T, 33)
        Unsmoothed.
    settings : LegSettings

    Returns
    -------
    drop : ndarray of bool, shape (T, 33)
    collapsed : ndarray of bool, shape (T,)
        Frames in which both legs lay on one.
    """
    n = xy_px.shape[0]
    drop = np.zeros((n, N_KEYPOINTS), dtype=np.bool_)
    collapsed = np.zeros(n, dtype=np.bool_)
    length = leg_length_px(xy_px)
    if not np.isfinite(length):
        return drop, collapsed
    together = _together(xy_px, length, settings.apart_min)
    stretched = _stretched(xy_px, settings.stretch_max)
    seen = {side: visibility[:, index_of(side, "ankle")] for side in SIDES}
    for side in SIDES:
        usual = median_of(seen[side][seen[side] > 0])
        limit = np.fmax(settings.unseen_visibility, settings.usual_share * usual)
        guessed = seen[side] < limit
        collapsed |= guessed & together & (seen[side] < seen[other(side)])
        for joint in _BELOW_KNEE:
            drop[guessed, index_of(side, joint)] = True
        knee = index_of(side, "knee")
        drop[guessed & (visibility[:, knee] < settings.unseen_visibility), knee] = True
        for joint in _CHAIN:
            drop[stretched[side], index_of(side, joint)] = True
    return drop, collapsed


def _stretched(xy_px: FloatArray, share: float) -> dict[Side, BoolArray]:
    """Tell in which frames thigh or shank is longer than the median by `share`."""
    out: dict[Side, BoolArray] = {side: np.zeros(xy_px.shape[0], dtype=np.bool_) for side in SIDES}
    for upper, lower in (("hip", "knee"), ("knee", "ankle")):
        lengths = {
            side: np.linalg.norm(
                xy_px[:, index_of(side, lower)] - xy_px[:, index_of(side, upper)], axis=1
            )
            for side in SIDES
        }
        usual = median_of(np.concatenate(list(lengths.values())))
        for side in SIDES:
            with np.errstate(invalid="ignore"):
                out[side] |= lengths[side] > (1 + share) * usual
    return out


def _together(xy_px: FloatArray, length_px: float, apart_min: float) -> BoolArray:
    """Tell in which frames both knees and both feet lie on one another."""
    near = np.ones(xy_px.shape[0], dtype=np.bool_)
    for joint in ("knee", "ankle"):
        apart = xy_px[:, index_of("left", joint)] - xy_px[:, index_of("right", joint)]
        with np.errstate(invalid="ignore"):
            near &= np.linalg.norm(apart, axis=1) < apart_min * length_px
    return near

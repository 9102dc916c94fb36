"""How far somebody who stands is turned from square to a camera in front, and how deep they bend.

Both are read off the picture of a movement test. A knee that comes forward moves sideways in the
picture of somebody who is turned: 5 degrees read as 6 degrees of valgus at 60 degrees of knee bend.
"""

from collections.abc import Sequence

import numpy as np

from formcheck.data import BoolArray, FloatArray, PoseSequence, Rep, SampleSide, Trial
from formcheck.keypoints import Side, index_of

EDGE_SHARE = 0.1
"""Share of a repetition, at either end, in which somebody still (or again) stands upright."""
MIN_STANDING_S = 0.2
MIN_STANDING_PICTURES = 3
MAX_TURN_DEG = 20.0
UNSEEN_TURN_DEG = 5.0
"""Spread of how far people stand from square, where standing was not filmed [P]."""


def turn_of(trial: Trial) -> float | None:
    """Return how far the person of a movement test is turned from the camera in front.

    From the second look if that shows somebody who stands, else from the pass.

    Returns
    -------
    float or None
        Degrees, + = to their own left; None where standing was not seen long enough.
    """
    closer = trial.second_look
    turned = None if closer is None else turned_twice_deg(closer, trial.reps)
    if turned is not None:
        return turned
    zero = trial.given.fitted.corrections.front_yaw_zero.value
    return turned_deg(trial.pose, trial.reps, zero, mirrored=trial.clip.mirrored)


def valgus_per_degree(bend_deg: FloatArray) -> FloatArray:
    """Return how much valgus a turn of one degree looks like at a knee bend: ``2 tan(bend / 2)``.

    The knee comes forward by the bend, and forward is sideways in the picture of a turned body.
    """
    return np.asarray(2.0 * np.tan(np.deg2rad(bend_deg) / 2.0))


def hidden_by_turn_deg(
    sides: Sequence[SampleSide], bend_deg: FloatArray, turned: float
) -> FloatArray:
    """Return what is to be added to a knee line that a turn of the body has moved, shape (N,).

    Parameters
    ----------
    sides : sequence of {"left", "right"}, length N
    bend_deg : ndarray of float, shape (N,)
    turned : float
        As from `turn_of`.
    """
    sign = np.array([1.0 if side == "left" else -1.0 for side in sides])
    return np.asarray(sign * valgus_per_degree(bend_deg) * turned)


def unseen_turn_sd_deg(bend_deg: FloatArray) -> float:
    """Return the error of a knee line whose turn was not seen; 0 where no bend was seen."""
    per_degree = valgus_per_degree(bend_deg)
    seen = per_degree[np.isfinite(per_degree)]
    return UNSEEN_TURN_DEG * float(np.mean(seen)) if seen.size else 0.0


def turned_deg(
    pose: PoseSequence, reps: Sequence[Rep], zero_deg: float, *, mirrored: bool = False
) -> float | None:
    """Return how far the body is turned from square to the camera in front of it.

    From the metric shoulder line while standing between and around the repetitions: in the squat
    the shoulders turn by themselves.

    Parameters
    ----------
    pose : PoseSequence
        Front view.
    reps : sequence of Rep
    zero_deg : float
        What the line reads of somebody who stands square.
    mirrored : bool
        The landmarks were seen in a mirrored picture and turned back: what the model reads of a
        square body (3 to 5 degrees to its left, in the picture as in its mirror image) turns too.

    Returns
    -------
    float or None
        Degrees, + = to their own left; None where standing was not seen long enough.
    """
    yaws = _standing_yaw_deg(pose, reps)
    if yaws.size < MIN_STANDING_S * pose.rate_hz or yaws.size == 0:
        return None
    yaw = float(np.median(yaws))
    turned = yaw + zero_deg if mirrored else yaw - zero_deg
    return float(np.clip(turned, -MAX_TURN_DEG, MAX_TURN_DEG))


def turned_twice_deg(second_look: PoseSequence, reps: Sequence[Rep]) -> float | None:
    """Return the same from pictures that were seen in the mirror too: no zero is needed.

    Parameters
    ----------
    second_look : PoseSequence
        Rows at rest and in the squat.
    reps : sequence of Rep

    Returns
    -------
    float or None
        Degrees, + = to their own left; None with fewer than three pictures of somebody who stands.
    """
    yaws = _standing_yaw_deg(second_look, reps)
    if yaws.size < MIN_STANDING_PICTURES:
        return None
    return float(np.clip(np.median(yaws), -MAX_TURN_DEG, MAX_TURN_DEG))


def standing_rows(pose: PoseSequence, reps: Sequence[Rep]) -> BoolArray:
    """Tell which rows show somebody upright: between the repetitions, before and after, shape (T,).

    Parameters
    ----------
    pose : PoseSequence
    reps : sequence of Rep
    """
    moving = np.zeros(pose.time_s.size, dtype=np.bool_)
    for rep in reps:
        edge = EDGE_SHARE * (rep.end_s - rep.start_s)
        moving |= (pose.time_s > rep.start_s + edge) & (pose.time_s < rep.end_s - edge)
    return ~moving & np.isfinite(pose.xy_px).any(axis=(1, 2))


def _standing_yaw_deg(pose: PoseSequence, reps: Sequence[Rep]) -> FloatArray:
    line = (
        pose.world_m[:, index_of("left", "shoulder")]
        - pose.world_m[:, index_of("right", "shoulder")]
    )
    line = line[standing_rows(pose, reps) & np.isfinite(line).all(axis=1)]
    return np.asarray(np.rad2deg(np.arctan2(line[:, 2], line[:, 0])))


def bend_by_length_deg(pose: PoseSequence, side: Side) -> FloatArray:
    """Return knee flexion in a frontal view from how short thigh and shank look, shape (T,).

    A segment that tips toward the camera or away by an angle looks shorter by its cosine; knee
    flexion is the tip of the thigh plus that of the shank. The model's metric depth reads about 30
    degrees too little in the same clips.

    Parameters
    ----------
    pose : PoseSequence
        Front or rear view; must hold upright standing, which gives the whole lengths.
    side : {"left", "right"}

    Returns
    -------
    ndarray of float, shape (T,)
        Degrees, 0 = straight; NaN where hip, knee or ankle was not seen.
    """
    hip, knee, ankle = (pose.joint(side, joint) for joint in ("hip", "knee", "ankle"))
    return _tip_deg(knee - hip) + _tip_deg(ankle - knee)


def _tip_deg(segment_px: FloatArray) -> FloatArray:
    length: FloatArray = np.linalg.norm(segment_px, axis=1)
    seen = length[np.isfinite(length)]
    if not seen.size:
        return np.full(length.shape, np.nan)
    share = np.clip(length / float(np.percentile(seen, 90)), 0.0, 1.0)
    return np.asarray(np.rad2deg(np.arccos(share)))

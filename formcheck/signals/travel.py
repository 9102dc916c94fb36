"""What the runner moves on: a treadmill, the ground, or the spot.

Only the body's place and size in the picture count; feet need not stand still.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.data import FloatArray, PoseSequence, Surface
from formcheck.keypoints import View
from formcheck.settings.signals import SceneSettings
from formcheck.signals.body import body_height_px, median_of, torso_px


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """How the body moved.

    Attributes
    ----------
    sideways : float
        Travel across the picture, body heights, + to the right.
    growth : float
        Natural logarithm of the size in the last third over that in the first.
    is_gait : bool
        Whether the legs take turns.
    """

    sideways: float
    growth: float
    is_gait: bool


def travel_of(pose: PoseSequence, view: View, settings: SceneSettings) -> Travel:
    """Measure travel, growth and gait."""
    hips = pose.mid("hip")[:, 0]
    torso = torso_px(pose)
    seen = np.flatnonzero(np.isfinite(hips) & np.isfinite(torso))
    if seen.size < 4:
        return Travel(sideways=0.0, growth=0.0, is_gait=False)
    n = max(1, round(settings.end_share * seen.size))
    first, last = seen[:n], seen[-n:]
    thirds = np.array_split(torso[seen], 3)
    # upper percentile: a squat or a lean shortens the torso for a while, and nobody grows by it
    sizes = [float(np.percentile(third, 85)) for third in (thirds[0], thirds[2])]
    height = body_height_px(pose)
    return Travel(
        sideways=(median_of(hips[last]) - median_of(hips[first])) / height,
        growth=float(np.log(sizes[1] / sizes[0])),
        is_gait=takes_turns(pose, view, settings),
    )


def takes_turns(pose: PoseSequence, view: View, settings: SceneSettings) -> bool:
    """Tell whether the feet take turns: fore and aft in side view, up and down in frontal views."""
    axis = 0 if view == View.SIDE else 1
    torso = torso_px(pose)
    with np.errstate(invalid="ignore", divide="ignore"):
        feet = [
            (pose.joint(side, "ankle")[:, axis] - pose.mid("hip")[:, axis]) / torso
            for side in ("left", "right")
        ]
    both = np.isfinite(feet).all(axis=0)
    left, right = (_centred(f[both]) for f in feet)
    if left.size < 8:
        return False
    apart = feet[0][both] - feet[1][both]
    swing = _robust_sd(apart)
    together = float((left * right).mean() / (left.std() * right.std() + 1e-9))
    is_one_sided = abs(median_of(apart)) > settings.gait_one_sided * swing
    return bool(
        swing > settings.gait_swing and together < settings.gait_together_max and not is_one_sided
    )


def judge_surface(travel: Travel, settings: SceneSettings) -> tuple[Surface, bool]:
    """Return the surface, and whether the signs are weak."""
    moved = max(
        abs(travel.sideways) / settings.travel_min_heights, abs(travel.growth) / settings.growth_min
    )
    if moved >= 1:
        return "overground", False
    if not travel.is_gait:
        return "static", False
    return "treadmill", moved > settings.travel_doubt


def _centred(values: FloatArray) -> FloatArray:
    return np.asarray(values - values.mean()) if values.size else values


def _robust_sd(values: FloatArray) -> float:
    low, high = np.percentile(values, (16, 84))
    return float(0.5 * (high - low))

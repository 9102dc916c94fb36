"""Repetitions of the movement tests whose signal is an angle or a height of their own.

Each test is one signal (0 at rest, larger the further it goes) and the rules that go with it; the
counting is that of :mod:`formcheck.events.excursions`.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from formcheck.data import FloatArray, PoseSequence, Rep, SampleSide, Scene
from formcheck.events.excursions import Depth, Movement, find_reps, sideways
from formcheck.events.lying import LYING
from formcheck.events.reps import settings_of, squat_depth_signal, stance_share, with_walks
from formcheck.events.rhythm import body_scale
from formcheck.events.smooth import fill, local_fit
from formcheck.events.walking import standing_still, walking_mask, walks
from formcheck.keypoints import SIDES, Side, View, other
from formcheck.settings.events import EventSettings
from formcheck.settings.reps import RepSettings
from formcheck.signals.geometry import lean_deg, near_side, segment_deg

Finder = Callable[[PoseSequence, PoseSequence, Scene, RepSettings], Movement | None]


def detect_drill(
    pose: PoseSequence,
    raw: PoseSequence,
    scene: Scene,
    settings: EventSettings | None = None,
    *,
    detector: str,
) -> tuple[Rep, ...]:
    """Find the repetitions of a movement test.

    Parameters
    ----------
    pose : PoseSequence
        Filtered landmarks.
    raw : PoseSequence
        Repaired, unfiltered landmarks.
    scene : Scene
    detector : str
        A key of :data:`MOVEMENTS`.

    Returns
    -------
    tuple of Rep
        In order of time; the ones that do not count carry their reason.
    """
    cut = settings_of(settings, scene)
    if pose.time_s.size < 5:
        return ()
    mask = np.zeros(raw.time_s.size, dtype=bool)
    if detector not in LYING:
        mask = walking_mask(raw, cut)
    movement = MOVEMENTS[detector](standing_still(pose, raw, mask), raw, scene, cut)
    if movement is None:
        return ()
    return with_walks(find_reps(movement, raw, cut), walks(raw, mask))


def _depth(
    time_s: FloatArray, values: FloatArray, cut: RepSettings, *, rest: float
) -> Depth | None:
    """Smooth a signal onto a uniform clock and set its rest (a quantile nearby) to zero."""
    if np.isfinite(values).sum() < 5:
        return None
    width = max(cut.smooth_s, 0.7 * float(np.median(np.diff(time_s))))
    grid = np.arange(time_s[0], time_s[-1] + 1e-9, cut.grid_s)
    smooth = fill(grid, local_fit(time_s, values, grid, width, order=1)[0])
    half = int(cut.standing_window_s / cut.grid_s)
    at = np.arange(0, smooth.size, max(half // 8, 1))
    level = [float(np.quantile(smooth[max(0, k - half) : k + half + 1], rest)) for k in at]
    return Depth(time_s=grid, value=smooth - np.interp(np.arange(smooth.size), at, level))


def _median(values: FloatArray) -> float:
    """Return the median of what was seen; NaN where nothing was."""
    seen = values[np.isfinite(values)]
    return float(np.median(seen)) if seen.size else float("nan")


def _always(side: SampleSide) -> Callable[[float, float], SampleSide]:
    return lambda _a, _b: side


def _hinge(
    pose: PoseSequence, raw: PoseSequence, scene: Scene, cut: RepSettings
) -> Movement | None:
    """Forward lean of the trunk; from the front, as much as its height in the picture shows."""
    if scene.forward_sign:
        lean = lean_deg(pose.mid("shoulder"), pose.mid("hip"), scene.forward_sign)
    else:
        tall = (pose.mid("hip") - pose.mid("shoulder"))[:, 1] / body_scale(
            raw, cut.standing_window_s
        )
        standing = float(np.nanquantile(tall, 1 - cut.rest_quantile)) if tall.size else 1.0
        lean = np.rad2deg(np.arccos(np.clip(tall / standing, -1, 1)))
    depth = _depth(pose.time_s, lean, cut, rest=cut.rest_quantile)
    if depth is None:
        return None
    return Movement(depth=depth, smallest=cut.min_hinge_deg, side_of=_always("both"))


def _lunge(
    pose: PoseSequence, raw: PoseSequence, scene: Scene, cut: RepSettings
) -> Movement | None:
    """Sinking of the hips between the feet; the side is that of the front foot."""
    depth = squat_depth_signal(pose, cut)
    if depth is None:
        return None

    return Movement(
        depth=depth,
        smallest=cut.min_depth,
        side_of=front_leg(raw, scene, cut),
        planted="foot_index",
        as_shown=lambda d: np.arccos(np.clip(1 - d, -1, 1)),
    )


def front_leg(
    raw: PoseSequence, scene: Scene, cut: RepSettings
) -> Callable[[float, float], SampleSide]:
    """Return the function that tells the leg in front between two times.

    Legs change places only through feet side by side; between two such moments they keep their
    places, and a minority of frames with swapped legs does not matter.
    """
    t = raw.time_s
    lead = raw.joint("left", "ankle") - raw.joint("right", "ankle")
    # seen from the front or behind, the foot nearer the phone looks lower
    axis, sign = (0, scene.forward_sign) if scene.forward_sign else (1, 1)
    if not scene.forward_sign and scene.view == View.REAR:
        sign = -1
    ahead = lead[:, axis] * sign / body_scale(raw, cut.scale_s)
    apart = np.abs(ahead[np.isfinite(ahead)])
    together = cut.changes * float(np.median(apart)) if apart.size else 0.0
    close = local_fit(t, np.abs(ahead), t, cut.touch_s, order=1)[0] < together

    def side(a: float, b: float) -> SampleSide:
        changes = np.concatenate([[-np.inf], t[close], [np.inf]])
        middle = 0.5 * (a + b)
        since = changes[changes <= min(middle, a)].max()
        until = changes[changes >= max(middle, b)].min()
        on = (t > since) & (t < until) & np.isfinite(ahead)
        return "left" if on.any() and float(np.mean(ahead[on] > 0)) > 0.5 else "right"

    return side


def _free_leg(raw: PoseSequence, cut: RepSettings) -> Side:
    """Return the leg whose foot is off the floor most of the time."""
    left_up, right_up = stance_share(raw, cut)
    return "left" if left_up > right_up else "right"


def _running_man(
    pose: PoseSequence, raw: PoseSequence, scene: Scene, cut: RepSettings
) -> Movement | None:
    """Swing of the free thigh from a high knee to behind; the side is the standing leg."""
    free = _free_leg(raw, cut)
    thigh = segment_deg(pose.joint(free, "hip"), pose.joint(free, "knee"), scene.forward_sign or 1)
    depth = _depth(pose.time_s, -thigh, cut, rest=cut.rest_quantile)
    if depth is None or not scene.forward_sign:
        return None
    return Movement(
        depth=depth,
        smallest=cut.min_swing_deg,
        side_of=_always(other(free)),
        rest="the knee in front",
    )


def _rise(pose: PoseSequence, raw: PoseSequence, scene: Scene, cut: RepSettings) -> Movement | None:
    """Height of the hips over the lower ankle: from sitting to standing and back."""
    ankles = np.stack([pose.joint(s, "ankle")[:, 1] for s in SIDES])
    height = (np.fmax(*ankles) - pose.mid("hip")[:, 1]) / body_scale(pose, cut.scale_s)
    depth = _depth(pose.time_s, height, cut, rest=cut.rest_quantile)
    if depth is None:
        return None
    return Movement(
        depth=depth,
        smallest=cut.min_rise,
        side_of=_riser(raw, scene, cut),
        rest="sitting",
        planted="",
        whole_share=cut.whole_rise_share,
    )


def _riser(
    raw: PoseSequence, scene: Scene, cut: RepSettings
) -> Callable[[float, float], SampleSide]:
    """Return the function that tells the standing leg: its foot stays, the other one swings.

    From the side it is the leg nearer the phone, as the test asks for: the landmark model may name
    the two legs of somebody who sits the wrong way round from beginning to end.
    """
    near = near_side(scene)

    def side(a: float, b: float) -> SampleSide:
        moved = {s: sideways(raw, s, (a, b), "ankle", cut) for s in SIDES}
        if max(moved.values()) < cut.steady:
            return "both"
        steadier: Side = "left" if moved["left"] <= moved["right"] else "right"
        return scene.leg or near or steadier

    return side


def _bridge(
    pose: PoseSequence, raw: PoseSequence, scene: Scene, cut: RepSettings
) -> Movement | None:
    """Height of the hips over the shoulders, lying on the back; the nearer leg works."""
    torso = np.linalg.norm(pose.mid("shoulder") - pose.mid("hip"), axis=1)
    scale = _median(torso)
    height = (pose.mid("shoulder")[:, 1] - pose.mid("hip")[:, 1]) / scale
    depth = _depth(pose.time_s, height, cut, rest=cut.rest_quantile)
    if depth is None:
        return None
    return Movement(
        depth=depth,
        smallest=cut.min_bridge,
        side_of=_always(scene.leg or near_side(scene) or _foot_down(raw)),
        rest="lying",
        planted="",
    )


def _foot_down(raw: PoseSequence) -> Side:
    """Return the leg whose foot is lower in the picture, and so on the floor."""
    y = {s: _median(raw.joint(s, "ankle")[:, 1]) for s in SIDES}
    return "left" if y["left"] > y["right"] else "right"


def _abduct(
    pose: PoseSequence, raw: PoseSequence, scene: Scene, cut: RepSettings
) -> Movement | None:
    """Angle between the upper thigh and the trunk's line, lying on the side."""
    upper = scene.leg or other(_foot_down(raw))
    trunk = pose.mid("hip") - pose.mid("shoulder")
    leg = pose.joint(upper, "ankle") - pose.joint(upper, "hip")
    turn = np.arctan2(
        trunk[:, 0] * leg[:, 1] - trunk[:, 1] * leg[:, 0], np.sum(trunk * leg, axis=1)
    )
    away = -np.sign(_median(trunk[:, 0]))  # up in the picture, whichever way the head lies
    depth = _depth(pose.time_s, np.rad2deg(turn) * away, cut, rest=cut.rest_quantile)
    if depth is None:
        return None
    return Movement(
        depth=depth,
        smallest=cut.min_abduction_deg,
        side_of=_always(upper),
        rest="lying",
        planted="",
    )


MOVEMENTS: Final[dict[str, Finder]] = {
    "hinge": _hinge,
    "lunge": _lunge,
    "running_man": _running_man,
    "rise": _rise,
    "bridge": _bridge,
    "abduct": _abduct,
}
"""By the detector's name in the protocols."""

"""Repetitions of squats and heel raises, and holds on one leg."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from formcheck.data import BoolArray, FloatArray, PoseSequence, Rep, SampleSide, Scene
from formcheck.events.excursions import Depth, Movement, find_reps
from formcheck.events.rhythm import body_scale
from formcheck.events.smooth import fill, local_fit, runs
from formcheck.events.walking import standing_still, walking_mask, walks
from formcheck.keypoints import SIDES, Side, View, index_of
from formcheck.settings.events import EventSettings
from formcheck.settings.reps import RepSettings

Legs = Literal[1, 2] | None
"""On how many legs a squat is done; None where nobody said."""


def settings_of(settings: EventSettings | None, scene: Scene | None) -> RepSettings:
    """Return the thresholds for a view."""
    cut = (settings or EventSettings()).reps
    if scene is not None and (scene.view == View.SIDE or "view" in scene.ambiguous):
        return cut.model_copy(update={"lifted": cut.lifted_side})
    return cut


def stance_side(
    raw: PoseSequence, settings: EventSettings | None = None, scene: Scene | None = None
) -> tuple[SampleSide | None, ...]:
    """Return on which foot the person stands, frame by frame.

    Parameters
    ----------
    raw : PoseSequence
        Repaired landmarks, shape (T, 33, 2).

    Returns
    -------
    tuple, length T
        ``left``, ``right``, ``both``, or None where the feet were not seen.
    """
    cut = settings_of(settings, scene)
    lift = foot_lift(raw, cut)
    names: dict[int, SampleSide] = {1: "right", -1: "left", 0: "both"}
    side = np.where(lift > cut.lifted, 1, np.where(lift < -cut.lifted, -1, 0))
    return tuple(names[int(s)] if np.isfinite(v) else None for s, v in zip(side, lift, strict=True))


def stance_share(raw: PoseSequence, cut: RepSettings) -> tuple[float, float]:
    """Return the shares of the time in which the left and the right foot is off the floor."""
    lift = foot_lift(raw, cut)
    lift = lift[np.isfinite(lift)]
    if not lift.size:
        return 0.0, 0.0
    return float(np.mean(lift > cut.lifted)), float(np.mean(lift < -cut.lifted))


def foot_lift(raw: PoseSequence, cut: RepSettings) -> FloatArray:
    """Height of the left foot over the right one, in torso lengths, shape (T,)."""
    scale = body_scale(raw, cut.scale_s)
    feet = {}
    for side in SIDES:
        idx = [index_of(side, j) for j in ("ankle", "heel", "foot_index")]
        feet[side] = raw.xy_px[:, idx, 1].mean(axis=1)
    return np.asarray((feet["right"] - feet["left"]) / scale)


def detect_squats(
    pose: PoseSequence,
    raw: PoseSequence,
    scene: Scene,
    settings: EventSettings | None = None,
    *,
    legs: Legs = None,
) -> tuple[Rep, ...]:
    """Find squats on one leg or two.

    Parameters
    ----------
    pose : PoseSequence
        Filtered landmarks.
    raw : PoseSequence
        Repaired, unfiltered landmarks.
    scene : Scene
        In side view the far foot looks higher, so more is asked of a lifted one.
    legs : {1, 2}, optional
        On how many legs, where the test says so: on two, nobody asks which; on one, the foot that
        carries is told even where the other is hardly off the floor.

    Returns
    -------
    tuple of Rep
        In order of time. ``side`` is the standing leg, ``both`` where both feet were down.
        ``counted`` is False, with the reason, for a repetition that the clip cuts off, that does
        not come back to standing, that is much shallower than the first ones, that is too quick,
        or during which somebody walks or moves the standing foot.
    """
    cut = settings_of(settings, scene)
    mask = walking_mask(raw, cut)
    depth = squat_depth_signal(standing_still(pose, raw, mask), cut)
    if depth is None:
        return ()
    movement = Movement(
        depth=depth,
        smallest=cut.min_depth,
        side_of=_squatter(raw, scene, cut, legs),
        as_shown=_bend,
    )
    return with_walks(find_reps(movement, raw, cut), walks(raw, mask))


def with_walks(reps: tuple[Rep, ...], walked: tuple[Rep, ...]) -> tuple[Rep, ...]:
    """Return repetitions and walking in order of time; what walking explains is named once."""
    kept = [
        r for r in reps if r.counted or not any(w.start_s <= r.deepest_s <= w.end_s for w in walked)
    ]
    return tuple(sorted((*kept, *walked), key=lambda r: r.start_s))


def _bend(depth: FloatArray) -> FloatArray:
    """Bend of the knee (up to a factor) that goes with a sinking of the hip."""
    return np.arccos(np.clip(1 - depth, -1, 1))


def stander(raw: PoseSequence, cut: RepSettings) -> Callable[[float, float], SampleSide]:
    """Return the function that tells the leg that carries between two times."""
    return lambda a, b: _side_of(raw, a, b, cut)


def _squatter(
    raw: PoseSequence, scene: Scene, cut: RepSettings, legs: Legs
) -> Callable[[float, float], SampleSide]:
    """Return the function that tells the leg that carries a squat between two times."""
    if legs == 2:
        return lambda _a, _b: "both"
    if legs is None:
        return stander(raw, cut)

    def side(a: float, b: float) -> SampleSide:
        plain = _side_of(raw, a, b, cut)
        if plain != "both" or planted(raw, a, b, cut):
            return plain
        return scene.leg or _under_the_trunk(raw, a, b)

    return side


def planted(raw: PoseSequence, a: float, b: float, cut: RepSettings) -> bool:
    """Tell whether both feet stay on the floor: seen from each other, neither moves."""
    on = (raw.time_s >= a) & (raw.time_s <= b)
    apart = (raw.joint("left", "ankle") - raw.joint("right", "ankle"))[on]
    apart = apart[np.isfinite(apart).all(axis=1)] / float(
        np.median(body_scale(raw, cut.scale_s)[on])
    )
    if apart.shape[0] < 4:
        return True
    low, high = np.quantile(apart, [0.1, 0.9], axis=0)
    return bool(np.linalg.norm(high - low) < cut.steady)


def _under_the_trunk(raw: PoseSequence, a: float, b: float) -> Side:
    """Return the leg whose foot lies under the trunk: what carries is where the weight is."""
    on = (raw.time_s >= a) & (raw.time_s <= b)
    weight = 0.5 * (raw.mid("hip") + raw.mid("shoulder"))[on, 0]
    away = {s: np.abs(raw.joint(s, "ankle")[on, 0] - weight) for s in SIDES}
    mean = {
        s: float(np.mean(v[np.isfinite(v)])) if np.isfinite(v).any() else np.inf
        for s, v in away.items()
    }
    return "left" if mean["left"] <= mean["right"] else "right"


def squat_depth_signal(pose: PoseSequence, cut: RepSettings) -> Depth | None:
    """1 - hip height over the standing foot / the same when standing, smoothed."""
    t = pose.time_s
    if t.size < 5:
        return None
    hip = pose.mid("hip")[:, 1]
    ankles = np.stack([pose.joint(s, "ankle")[:, 1] for s in SIDES])
    height = np.fmax(*ankles) - hip  # the lower foot carries
    if np.isfinite(height).sum() < 5:
        return None
    width = max(cut.smooth_s, 0.7 * float(np.median(np.diff(t))))
    grid = np.arange(t[0], t[-1] + 1e-9, cut.grid_s)
    h = fill(grid, local_fit(t, height, grid, width, order=1)[0])
    standing = _standing(h, int(cut.standing_window_s / cut.grid_s), 1 - cut.rest_quantile)
    return Depth(time_s=grid, value=1 - h / np.maximum(standing, 1e-6))


def _standing(height: FloatArray, half: int, share: float) -> FloatArray:
    """Return the height when standing: a high quantile of what surrounds each moment."""
    step = max(half // 8, 1)
    at = np.arange(0, height.size, step)
    top = [np.quantile(height[max(0, k - half) : k + half + 1], share) for k in at]
    return np.asarray(np.interp(np.arange(height.size), at, top))


def _side_of(raw: PoseSequence, a: float, b: float, cut: RepSettings) -> SampleSide:
    """Return the leg that carries between two times."""
    lift = foot_lift(raw, cut)[(raw.time_s >= a) & (raw.time_s <= b)]
    lift = lift[np.isfinite(lift)]
    if not lift.size or abs(float(np.median(lift))) < cut.lifted:
        return "both"
    return "right" if float(np.median(lift)) > 0 else "left"


def detect_lifts(
    pose: PoseSequence,
    raw: PoseSequence,
    scene: Scene,
    settings: EventSettings | None = None,
) -> tuple[Rep, ...]:
    """Find heel raises: ``deepest_s`` is the heel's highest point.

    Parameters and returns as for :func:`detect_squats`.
    """
    cut = settings_of(settings, scene)
    mask = walking_mask(raw, cut)
    depth = _heel_rise(standing_still(pose, raw, mask), raw, cut)
    if depth is None:
        return ()
    movement = Movement(
        depth=depth,
        smallest=cut.min_heel_rise,
        side_of=stander(raw, cut),
        planted="foot_index",
        whole_share=cut.whole_lift_share,
    )
    return with_walks(find_reps(movement, raw, cut), walks(raw, mask))


def _heel_rise(pose: PoseSequence, raw: PoseSequence, cut: RepSettings) -> Depth | None:
    """Height of the carrying heel over its toes, above its flat-foot value, in torso lengths."""
    t = pose.time_s
    side = _side_of(raw, float(raw.time_s[0]), float(raw.time_s[-1]), cut) if t.size else "both"
    sides: tuple[Side, ...] = SIDES if side == "both" else (side,)
    scale = body_scale(pose, cut.scale_s)
    rise = np.mean(
        [(pose.joint(s, "foot_index") - pose.joint(s, "heel"))[:, 1] / scale for s in sides], axis=0
    )
    if np.isfinite(rise).sum() < 5:
        return None
    grid = np.arange(t[0], t[-1] + 1e-9, cut.grid_s)
    h = fill(grid, local_fit(t, rise, grid, cut.smooth_s, order=1)[0])
    return Depth(time_s=grid, value=h - np.quantile(h, 0.15))


def detect_holds(
    pose: PoseSequence,
    raw: PoseSequence,
    scene: Scene,
    settings: EventSettings | None = None,
) -> tuple[Rep, ...]:
    """Find stretches of standing on one leg: start, middle and end of each.

    Parameters and returns as for :func:`detect_squats`; a touch of the floor ends a hold.
    """
    del pose
    cut = settings_of(settings, scene)
    t = raw.time_s
    side = stance_side(raw, settings, scene)
    out = []
    for name in SIDES:
        on = _closed(np.array([s == name for s in side], dtype=bool), t, cut.touch_s)
        for a, b in runs(on):
            length = float(t[b - 1] - t[a])
            if length < cut.min_glimpse_s:
                continue
            short = length < cut.min_hold_s
            out.append(
                Rep(
                    side=name,
                    start_s=float(t[a]),
                    deepest_s=float(0.5 * (t[a] + t[b - 1])),
                    end_s=float(t[b - 1]),
                    counted=not short,
                    reason="too short to judge" if short else "",
                )
            )
    return tuple(sorted(out, key=lambda r: r.start_s))


def _closed(on: BoolArray, t: FloatArray, shortest_s: float) -> BoolArray:
    """Close gaps shorter than `shortest_s`: a flicker of a landmark is no touch of the floor."""
    out = on.copy()
    for a, b in runs(~on):
        if a > 0 and b < on.size and t[b] - t[a] < shortest_s:
            out[a:b] = True
    return out

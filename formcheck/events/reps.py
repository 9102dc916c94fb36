"""Repetitions of squats and heel raises, and holds on one leg."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import find_peaks

from formcheck.data import BoolArray, FloatArray, PoseSequence, Rep, SampleSide, Scene
from formcheck.events.rhythm import body_scale
from formcheck.events.smooth import fill, local_fit, runs
from formcheck.keypoints import SIDES, Side, View, index_of
from formcheck.settings.events import EventSettings, RepSettings


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Depth:
    """How far down (or up) somebody is: 0 standing, on a uniform clock."""

    time_s: FloatArray
    value: FloatArray


def _cut(settings: EventSettings | None, scene: Scene | None) -> RepSettings:
    """Return the thresholds for a view."""
    cut = (settings or EventSettings()).reps
    if scene is not None and scene.view == View.SIDE:
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
    cut = _cut(settings, scene)
    lift = _lift(raw, cut)
    names: dict[int, SampleSide] = {1: "right", -1: "left", 0: "both"}
    side = np.where(lift > cut.lifted, 1, np.where(lift < -cut.lifted, -1, 0))
    return tuple(names[int(s)] if np.isfinite(v) else None for s, v in zip(side, lift, strict=True))


def _lift(raw: PoseSequence, cut: RepSettings) -> FloatArray:
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

    Returns
    -------
    tuple of Rep
        In order of time. ``side`` is the standing leg, ``both`` where both feet were down.
        ``counted`` is False, with the reason, for a repetition that the clip cuts off, that does
        not come back to standing, that is much shallower than the others, or in which the standing
        foot moved away.
    """
    cut = _cut(settings, scene)
    depth = _squat_depth(pose, cut)
    if depth is None:
        return ()
    spans = _excursions(depth, cut.min_depth, cut)
    return _judged(_slow_enough(spans, depth, cut), depth, raw, cut)


def _slow_enough(
    spans: list[tuple[int, int, int, bool, bool]], depth: _Depth, cut: RepSettings
) -> list[tuple[int, int, int, bool, bool]]:
    """Leave out the ups and downs of walking into the picture."""
    last = depth.value.size - 1
    t = depth.time_s
    return [s for s in spans if t[s[2]] - t[s[0]] >= cut.min_rep_s or s[0] == 0 or s[2] == last]


def _squat_depth(pose: PoseSequence, cut: RepSettings) -> _Depth | None:
    """1 - hip height over the standing foot / the same when standing, smoothed."""
    t = pose.time_s
    if t.size < 5:
        return None
    hip = pose.mid("hip")[:, 1]
    ankles = np.stack([pose.joint(s, "ankle")[:, 1] for s in SIDES])
    height = np.max(ankles, axis=0) - hip  # the lower foot carries
    if np.isfinite(height).sum() < 5:
        return None
    width = max(cut.smooth_s, 0.7 * float(np.median(np.diff(t))))
    grid = np.arange(t[0], t[-1] + 1e-9, cut.grid_s)
    h = fill(grid, local_fit(t, height, grid, width, order=1)[0])
    standing = _standing(h, int(cut.standing_window_s / cut.grid_s))
    return _Depth(time_s=grid, value=1 - h / np.maximum(standing, 1e-6))


def _standing(height: FloatArray, half: int) -> FloatArray:
    """Return the height when standing: a high quantile of what surrounds each moment."""
    step = max(half // 8, 1)
    at = np.arange(0, height.size, step)
    top = [np.quantile(height[max(0, k - half) : k + half + 1], 0.9) for k in at]
    return np.asarray(np.interp(np.arange(height.size), at, top))


def _excursions(
    depth: _Depth, smallest: float, cut: RepSettings
) -> list[tuple[int, int, int, bool, bool]]:
    """Return start, peak, end and whether it starts and ends in standing, per excursion."""
    d = depth.value
    padded = np.concatenate([[d.min()], d, [d.min()]])
    peaks, _ = find_peaks(padded, height=smallest)
    if peaks.size == 0:
        return []
    tall = float(np.quantile(padded[peaks], 0.8))
    peaks, _ = find_peaks(padded, prominence=max(smallest, cut.min_share * tall))
    peaks = peaks - 1
    out = []
    for n, k in enumerate(peaks):
        before = int(peaks[n - 1]) if n else 0
        after = int(peaks[n + 1]) if n + 1 < peaks.size else d.size - 1
        start, from_standing = _edge(d, int(k), before, cut)
        end, to_standing = _edge(d, int(k), after, cut)
        start, end = _whole(d, int(k), start, before), _whole(d, int(k), end, after)
        out.append((start, int(k), end, from_standing, to_standing))
    for n in range(len(out) - 1):  # neighbours meet where they would overlap
        a, b = out[n], out[n + 1]
        if a[2] > b[0]:
            meet = (a[2] + b[0]) // 2
            out[n], out[n + 1] = (*a[:2], meet, *a[3:]), (meet, *b[1:])
    return out


def _edge(d: FloatArray, peak: int, limit: int, cut: RepSettings) -> tuple[int, bool]:
    """Walk from the deepest point towards `limit` until standing, or to the highest point."""
    step = 1 if limit >= peak else -1
    path = d[np.arange(peak, limit + step, step)]
    low = np.flatnonzero(path <= cut.standing_share * d[peak])
    if low.size:
        return peak + step * int(low[0]), True
    k = int(np.argmin(path))
    at_edge = limit in (0, d.size - 1) and k == path.size - 1
    share = cut.cut_share if at_edge else cut.half_share
    return peak + step * k, bool(path[k] <= share * d[peak])


def _whole(d: FloatArray, peak: int, edge: int, limit: int) -> int:
    """Move a repetition's start or end from where it is plain to where the movement began.

    The bend of the knee goes with ``arccos(1 - depth)``. People bend along a raised cosine, whose
    foot lies as far before a quarter of the bend as three quarters lie after it.
    """
    step = 1 if edge >= peak else -1
    bend = np.arccos(np.clip(1 - d[np.arange(peak, limit + step, step)], -1, 1))
    top = int(np.argmin(bend))
    floor = float(np.quantile(bend[max(0, top - 25) : top + 25], 0.2))
    share = (bend - floor) / max(float(bend[0]) - floor, 1e-9)
    quarter, three = (np.flatnonzero(share <= q) for q in (0.25, 0.75))
    if not quarter.size or not three.size:
        return edge
    k = 2 * int(quarter[0]) - int(three[0])
    stand = np.flatnonzero(share <= 0.03)
    k = min(k, int(stand[0]) if stand.size else k, abs(limit - peak))
    return peak + step * k


def _judged(
    spans: list[tuple[int, int, int, bool, bool]],
    depth: _Depth,
    raw: PoseSequence,
    cut: RepSettings,
) -> tuple[Rep, ...]:
    t, d = depth.time_s, depth.value
    deep = float(np.median([d[k] for _, k, _, a, b in spans if a and b] or [0.0]))
    out = []
    for start, k, end, from_standing, to_standing in spans:
        reason = _reason(start, end, d.size, from_standing, to_standing)
        if not reason and d[k] < cut.shallow_share * deep:
            reason = "much shallower than the others"
        side = _side_of(raw, float(t[start]), float(t[end]), cut)
        if not reason and _foot_moved(raw, side, (float(t[start]), float(t[end])), cut):
            reason = "the standing foot moved"
        out.append(
            Rep(
                side=side,
                start_s=float(t[start]),
                deepest_s=_middle(t, d, k, start, end),
                end_s=float(t[end]),
                counted=not reason,
                reason=reason,
            )
        )
    return tuple(out)


def _middle(t: FloatArray, d: FloatArray, k: int, start: int, end: int) -> float:
    """Return the deepest moment; the middle of the stay where somebody pauses at the bottom."""
    near = np.flatnonzero(d[start : end + 1] >= 0.97 * d[k]) + start
    block = next((b for b in np.split(near, np.flatnonzero(np.diff(near) > 1) + 1) if k in b), near)
    return float(0.5 * (t[block[0]] + t[block[-1]]))


def _reason(start: int, end: int, n: int, from_standing: bool, to_standing: bool) -> str:
    if not from_standing:
        return "begins before the clip" if start == 0 else "does not begin in standing"
    if not to_standing:
        return "the clip ends before it does" if end >= n - 1 else "does not come back to standing"
    return ""


def _side_of(raw: PoseSequence, a: float, b: float, cut: RepSettings) -> SampleSide:
    """Return the leg that carries between two times."""
    lift = _lift(raw, cut)[(raw.time_s >= a) & (raw.time_s <= b)]
    lift = lift[np.isfinite(lift)]
    if not lift.size or abs(float(np.median(lift))) < cut.lifted:
        return "both"
    return "right" if float(np.median(lift)) > 0 else "left"


def _foot_moved(
    raw: PoseSequence, side: SampleSide, span: tuple[float, float], cut: RepSettings
) -> bool:
    on = (raw.time_s >= span[0]) & (raw.time_s <= span[1])
    sides: tuple[Side, ...] = SIDES if side == "both" else (side,)
    scale = body_scale(raw, cut.scale_s)[on]
    for s in sides:
        x = raw.joint(s, "ankle")[on, 0] / scale
        x = x[np.isfinite(x)]
        if x.size > 3 and float(np.ptp(np.quantile(x, [0.1, 0.9]))) > cut.foot_moves:
            return True
    return False


def detect_lifts(
    pose: PoseSequence,
    raw: PoseSequence,
    scene: Scene,
    settings: EventSettings | None = None,
) -> tuple[Rep, ...]:
    """Find heel raises: ``deepest_s`` is the heel's highest point.

    Parameters and returns as for :func:`detect_squats`.
    """
    cut = _cut(settings, scene)
    depth = _heel_rise(pose, raw, cut)
    if depth is None:
        return ()
    return _judged(_excursions(depth, cut.min_heel_rise, cut), depth, raw, cut)


def _heel_rise(pose: PoseSequence, raw: PoseSequence, cut: RepSettings) -> _Depth | None:
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
    return _Depth(time_s=grid, value=h - np.quantile(h, 0.15))


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
    cut = _cut(settings, scene)
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

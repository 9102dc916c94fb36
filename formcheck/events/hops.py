"""Flights and landings of hops and jumps."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import find_peaks

from formcheck.data import EventKind, FloatArray, FootEvent, PoseSequence, Rep, SampleSide, Scene
from formcheck.events.rhythm import body_scale
from formcheck.events.smooth import fill, local_fit
from formcheck.keypoints import SIDES, Side, View, index_of, other
from formcheck.settings.events import EventSettings
from formcheck.settings.reps import HopSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class HopEvents:
    """What was found in a clip of hops or jumps.

    Attributes
    ----------
    events : tuple of FootEvent
        Take-offs (``toe_off``) and landings (``foot_strike``) of every foot that carried.
    reps : tuple of Rep
        One per landing: contact, lowest hip, next take-off (or the end of the sinking and rising).
    flight_s : ndarray of float, shape (number of reps,)
        Flight before each landing; NaN where the take-off was not seen.
    """

    events: tuple[FootEvent, ...]
    reps: tuple[Rep, ...]
    flight_s: FloatArray
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Track:
    """Heights in torso lengths on a uniform clock, up is positive."""

    time_s: FloatArray
    trunk: FloatArray
    foot: dict[Side, FloatArray]
    carry: FloatArray  # toes of the carrying foot, or the lower toes of the two
    speed: FloatArray  # of `carry`, torso lengths per second
    dt: float


def detect_hops(
    pose: PoseSequence,
    raw: PoseSequence,
    scene: Scene,
    settings: EventSettings | None = None,
    *,
    bounds: bool = False,
) -> HopEvents:
    """Find the flights and landings of hops in place, single-leg hops and jump landings.

    Parameters
    ----------
    pose : PoseSequence
        Filtered landmarks (not used for timing: a filter rounds the landing).
    raw : PoseSequence
        Repaired, unfiltered landmarks.
    bounds : bool
        Leaps from foot to foot: each landing has a carrying foot of its own, and the legs change
        places in the air.

    Returns
    -------
    HopEvents
        A flight counts where the trunk rises and the carrying foot leaves the floor with it.

    Notes
    -----
    Contact is read off the speed of the toes, not their height: floors look higher farther away,
    and a landmark may creep while the foot stands.
    """
    del pose
    cut = (settings or EventSettings()).hop
    if scene.view == View.SIDE or "view" in scene.ambiguous:
        cut = cut.model_copy(update={"lifted": cut.lifted_side})
    if bounds:
        cut = cut.model_copy(update={"usual_share": 0.0, "lifted": cut.lifted_bound})
    track = _track(raw, cut)
    if track is None:
        return HopEvents(events=(), reps=(), flight_s=np.empty(0), notes=("too few frames",))
    flights = _flights(track, cut)
    return _assembled(track, flights, raw, cut)


def _track(raw: PoseSequence, cut: HopSettings) -> _Track | None:
    t = raw.time_s
    if t.size < 8 or not np.isfinite(raw.mid("hip")[:, 1]).sum() > 8:
        return None
    scale = body_scale(raw, cut.scale_s)
    gap = float(np.median(np.diff(t)))
    width = max(cut.smooth_s, 0.6 * gap)
    grid = np.arange(t[0], t[-1] + 1e-9, cut.grid_s)

    def smooth(y: FloatArray) -> FloatArray:
        return fill(grid, local_fit(t, y, grid, width)[0])

    feet: dict[Side, FloatArray] = {}
    toes: dict[Side, FloatArray] = {}
    for side in SIDES:
        idx = [index_of(side, j) for j in ("ankle", "heel", "foot_index")]
        feet[side] = smooth(-raw.xy_px[:, idx, 1].mean(axis=1) / scale)
        toes[side] = smooth(-raw.joint(side, "foot_index")[:, 1] / scale)
    trunk = smooth(-0.5 * (raw.mid("hip") + raw.mid("shoulder"))[:, 1] / scale)
    off = float(np.median(feet["left"] - feet["right"]))
    # the toes leave last and land first or with the heel; the heel rises while still pushing
    seen = {x: float(np.isfinite(raw.joint(x, "foot_index")[:, 1]).mean()) for x in SIDES}
    more: Side = max(SIDES, key=lambda x: seen[x])
    if seen[other(more)] < 0.5 < seen[more]:  # a foot that is hidden tells nothing
        carry = toes[more]
    elif cut.usual_share > 0 and abs(off) > cut.lifted:  # else each landing has its own foot
        carry = toes["right"] if off > 0 else toes["left"]
    else:
        carry = np.minimum(toes["left"], toes["right"])
    return _Track(
        time_s=grid,
        trunk=trunk,
        foot=feet,
        carry=carry,
        speed=np.gradient(carry, cut.grid_s),
        dt=cut.grid_s,
    )


def _flights(track: _Track, cut: HopSettings) -> list[tuple[int, int, int]]:
    """Return the lowest trunk before, the highest, and the lowest after each flight (indices).

    The rise out of a dip, or a step, lifts trunk and feet a little: only what goes about as far as
    the flights next to it is one. (Hops that grow smaller as somebody tires stay hops.)
    """
    found = _rises(track, cut)
    size = [_size(track, *f) for f in found]
    usual = sorted(size)[-2 if len(size) > 3 else -1] if size else 0.0  # not somebody walking in
    beside = [min(usual, max(size[max(0, n - 1) : n + 2])) for n in range(len(size))]
    return [f for f, s, b in zip(found, size, beside, strict=True) if s >= cut.whole_share * b]


def _size(track: _Track, low0: int, top: int, low1: int) -> float:
    """Return how far trunk and carrying foot rise and fall, of what was seen of both."""
    seen = [
        low
        for low, cut_off in ((low0, top == 0), (low1, top == track.trunk.size - 1))
        if not cut_off
    ]
    return float(np.mean([y[top] - y[low] for y in (track.trunk, track.carry) for low in seen]))


def _tops(track: _Track, cut: HopSettings) -> list[int]:
    """Return the trunk's highest points, one while the foot stays off the floor."""
    y, foot = track.trunk, track.carry
    padded = np.concatenate([[y.min() - 1], y, [y.min() - 1]])
    near = int(cut.max_flight_s / track.dt)
    tops: list[int] = []
    for top in (find_peaks(padded, prominence=cut.min_rise)[0] - 1).tolist():
        if tops and (top - tops[-1]) * track.dt < cut.min_period_s:
            last = tops[-1]
            low = float(foot[last : top + 1].min())
            floor = max(
                float(foot[max(0, last - near) : last + 1].min()),
                float(foot[top : top + near + 1].min()),
            )
            if low - floor > 0.5 * (min(foot[last], foot[top]) - floor):
                tops[-1] = max(last, top, key=lambda k: y[k])
                continue
        tops.append(top)
    return tops


def _rises(track: _Track, cut: HopSettings) -> list[tuple[int, int, int]]:
    y = track.trunk
    tops = np.array(_tops(track, cut), dtype=int)
    out = []
    for n, top in enumerate(tops):
        before = int(tops[n - 1]) if n else 0
        after = int(tops[n + 1]) if n + 1 < tops.size else y.size - 1
        low0 = before + int(np.argmin(y[before : top + 1]))
        low1 = int(top) + int(np.argmin(_until(y, int(top), after, cut, track.dt)))
        if _left_floor(track, low0, int(top), low1, cut):
            out.append((low0, int(top), low1))
    return out


def _until(y: FloatArray, top: int, after: int, cut: HopSettings, dt: float) -> FloatArray:
    return y[top : min(after, top + int(cut.max_fall_s / dt)) + 1]


def _left_floor(track: _Track, low0: int, top: int, low1: int, cut: HopSettings) -> bool:
    """Tell whether the carrying foot rose with the trunk (or fell with it, at the clip's edges)."""
    f = track.carry
    rise, fall = f[top] - f[low0], f[top] - f[low1]
    if top == 0:
        return bool(fall > cut.min_foot_rise)
    if top == f.size - 1:
        return bool(rise > cut.min_foot_rise)
    return bool(min(rise, fall) > 0 and max(rise, fall) > cut.min_foot_rise) or bool(
        0.5 * (rise + fall) > cut.min_foot_rise
    )


def _time_of(track: _Track, low: int, top: int, cut: HopSettings) -> float:
    """Return when the foot lands or leaves between a highest point and a lowest one.

    The moment at which the foot moves at half its fastest speed, on the floor's side of that: a
    corner smoothed by a symmetric window has half its slope at the corner itself, however high the
    hop and wherever the floor. NaN where it is not in the clip.
    """
    step = 1 if top > low else -1
    speed = step * track.speed[np.arange(low, top + step, step)]
    if speed.size < 4:
        return float("nan")
    fast = int(np.argmax(speed))
    level = cut.speed_share * speed[fast]
    below = np.flatnonzero(speed[: fast + 1] < level)
    if not below.size or level <= 0:
        return float("nan")
    k = int(below[-1])
    part = (level - speed[k]) / (speed[k + 1] - speed[k])
    return float(track.time_s[low] + step * (k + part) * track.dt)


def _carriers(track: _Track, low: int, cut: HopSettings) -> tuple[Side, ...]:
    """Return the feet that are down at the lowest point."""
    apart = track.foot["left"] - track.foot["right"]
    # a hanging foot sinks with the body: what is usual in the clip counts as much as this landing
    near = apart[max(0, low - 12) : low + 13] if cut.usual_share == 0 else apart[low : low + 1]
    here = float(np.median(near))
    lift = (1 - cut.usual_share) * here + cut.usual_share * float(np.median(apart))
    if abs(lift) < cut.lifted:
        return SIDES
    return ("right",) if lift > 0 else ("left",)


def _assembled(
    track: _Track, flights: list[tuple[int, int, int]], raw: PoseSequence, cut: HopSettings
) -> HopEvents:
    gap = float(np.median(np.diff(raw.time_s)))
    sd = float(np.hypot(cut.sd_s, cut.sd_frames * gap))
    events: list[FootEvent] = []
    reps: list[Rep] = []
    air: list[float] = []
    offs = [_time_of(track, low0, top, cut) for low0, top, _ in flights]
    ons = [_time_of(track, low1, top, cut) for _, top, low1 in flights]
    # a landing in the last moments is a guess: the foot was not seen to stay down
    ons = [x if x < track.time_s[-1] - cut.confirm_s else float("nan") for x in ons]
    flown = [n for n in range(len(flights)) if not ons[n] - offs[n] > cut.max_flight_s]
    flights = [flights[n] for n in flown]
    offs, ons = [offs[n] for n in flown], [ons[n] for n in flown]
    feet = {low: _feet_at(track, low, raw, cut) for f in flights for low in (f[0], f[2])}
    if cut.usual_share == 0:
        feet |= _alternating({f[2]: feet[f[2]] for f in flights}, cut)
    for n, (low0, _, low1) in enumerate(flights):
        for s in feet[low0]:
            events += _event("toe_off", s, offs[n], sd, track)
        for s in feet[low1]:
            events += _event("foot_strike", s, ons[n], sd, track)
        if not np.isfinite(ons[n]):
            continue
        following = offs[n + 1] if n + 1 < len(flights) else float("nan")
        reps.append(_rep(track, ons[n], low1, following, feet[low1], cut))
        air.append(ons[n] - offs[n])
    events.sort(key=lambda e: (e.time_s, e.side))
    return HopEvents(events=tuple(events), reps=tuple(reps), flight_s=np.array(air))


def _alternating(
    feet: dict[int, tuple[Side, ...]], cut: HopSettings
) -> dict[int, tuple[Side, ...]]:
    """Let landings go from foot to foot where most of them are seen to.

    Legs that were mixed up at the picture's edge are outvoted; bounds on one leg stay as they are.
    """
    lows = sorted(feet)
    best: dict[int, tuple[Side, ...]] = {}
    for first in SIDES:
        order = [first if n % 2 == 0 else other(first) for n in range(len(lows))]
        agreed = sum(feet[low] == (side,) for low, side in zip(lows, order, strict=True))
        if agreed >= cut.most * len(lows):
            best = {low: (side,) for low, side in zip(lows, order, strict=True)}
    return best


def _event(kind: EventKind, side: Side, at_s: float, sd: float, track: _Track) -> list[FootEvent]:
    if not np.isfinite(at_s) or not track.time_s[0] <= at_s <= track.time_s[-1]:
        return []
    return [FootEvent(kind=kind, side=side, time_s=at_s, sd_s=sd, method="foot height")]


def _feet_at(track: _Track, low: int, raw: PoseSequence, cut: HopSettings) -> tuple[Side, ...]:
    """Return the feet that are down; a foot hidden behind the other goes where that one goes."""
    feet = _carriers(track, low, cut)
    if len(feet) == 2:
        return feet
    near = np.abs(raw.time_s - track.time_s[low]) <= cut.hidden_window_s
    hidden = np.isnan(raw.xy_px[near, index_of(other(feet[0]), "ankle"), 0])
    return SIDES if hidden.size and hidden.mean() > 0.5 else feet


def _rep(
    track: _Track,
    on_s: float,
    low: int,
    off_s: float,
    feet: tuple[Side, ...],
    cut: HopSettings,
) -> Rep:
    """Return the landing from contact to the next take-off, or until the body is up again."""
    side: SampleSide = "both" if len(feet) == 2 else feet[0]
    deepest = float(track.time_s[low])
    reason = ""
    if np.isfinite(off_s) and off_s - on_s < cut.max_contact_s:
        end = off_s
    else:
        end, settled = _settled(track, low, cut)
        reason = "" if settled else "the clip ends before the body is up again"
    if deepest <= on_s:
        deepest = min(on_s + 0.5 * (end - on_s), end)
    return Rep(side=side, start_s=on_s, deepest_s=deepest, end_s=end, reason=reason)


def _settled(track: _Track, low: int, cut: HopSettings) -> tuple[float, bool]:
    """Return when the trunk has first risen again after its lowest point."""
    y = track.trunk[low : low + int(cut.max_contact_s / track.dt) + 1]
    tops, _ = find_peaks(y, prominence=0.2 * cut.min_rise)
    high = [k for k in tops if y[k] - y[0] > 0.5 * (y.max() - y[0])]
    top = float(y[high[0]]) if high else float(y.max())
    if top - y[0] < 0.02:
        return float(track.time_s[low + y.size - 1]), False
    k = int(np.argmax(y >= y[0] + 0.9 * (top - y[0])))
    return float(track.time_s[low + k]), k < y.size - 1

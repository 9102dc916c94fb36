"""From one signal to repetitions: rest, out, back to rest; and why some do not count.

The signal is 0 at rest and larger the further the movement goes. A repetition counts if it begins
and ends at rest, goes about as far as the first ones, and nobody walks meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import median_filter
from scipy.signal import find_peaks

from formcheck.data import FloatArray, IntArray, PoseSequence, Rep, SampleSide
from formcheck.events.rhythm import body_scale
from formcheck.events.walking import WALKING, feet, left_place, travels
from formcheck.keypoints import SIDES, Side
from formcheck.settings.reps import RepSettings

Span = tuple[int, int, int, bool, bool]
FOOT_MOVED = "the standing foot moved"
TOO_QUICK = "too quick for a repetition"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Depth:
    """How far a movement goes: 0 at rest, on a uniform clock."""

    time_s: FloatArray
    value: FloatArray


def _same(values: FloatArray) -> FloatArray:
    return values


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Movement:
    """One test's signal and the rules for its repetitions.

    Attributes
    ----------
    smallest : float
        Smallest excursion that is listed at all.
    side_of : callable
        Working side between two times.
    rest : str
        What one does between repetitions, in words.
    planted : str
        Joint of the working leg that must stay in place; empty for none.
    whole_share : float
        A repetition goes at least this far against the first ones.
    as_shown : callable
        From the signal to a scale on which shares mean what people see.
    """

    depth: Depth
    smallest: float
    side_of: Callable[[float, float], SampleSide]
    rest: str = "standing"
    planted: str = "ankle"
    whole_share: float = 0.65
    as_shown: Callable[[FloatArray], FloatArray] = _same


def find_reps(movement: Movement, raw: PoseSequence, cut: RepSettings) -> tuple[Rep, ...]:
    """Find the repetitions in a signal, the ones that do not count with their reason.

    Parameters
    ----------
    movement : Movement
    raw : PoseSequence
        Repaired, unfiltered landmarks: who walks is read off them.
    cut : RepSettings

    Returns
    -------
    tuple of Rep
        In order of time.
    """
    spans = [s for s in excursions(movement, cut) if _seen(raw, s, movement.depth.time_s)]
    return _named(_judged(spans, movement, raw, cut), cut)


def excursions(movement: Movement, cut: RepSettings) -> list[Span]:
    """Return start, peak, end and whether it starts and ends in standing, per excursion."""
    d, smallest = movement.depth.value, movement.smallest
    shown, linear = movement.as_shown(d), movement.as_shown is _same
    padded = np.concatenate([[d.min()], d, [d.min()]])
    peaks, _ = find_peaks(padded, height=smallest)
    if peaks.size == 0:
        return []
    tall = float(np.quantile(padded[peaks], 0.8))
    peaks, _ = find_peaks(padded, prominence=max(smallest, cut.min_share * tall))
    peaks = _apart(d, peaks - 1, cut)
    out = []
    for n, k in enumerate(peaks):
        before = int(peaks[n - 1]) if n else 0
        after = int(peaks[n + 1]) if n + 1 < peaks.size else d.size - 1
        start, from_standing = _edge(d, int(k), before, cut)
        end, to_standing = _edge(d, int(k), after, cut)
        start = _whole(shown, int(k), start, before, linear=linear)
        end = _whole(shown, int(k), end, after, linear=linear)
        out.append((start, int(k), end, from_standing, to_standing))
    for n in range(len(out) - 1):  # neighbours meet where they would overlap
        a, b = out[n], out[n + 1]
        if a[2] > b[0]:
            meet = (a[2] + b[0]) // 2
            out[n], out[n + 1] = (*a[:2], meet, *a[3:]), (meet, *b[1:])
    return out


def _apart(d: FloatArray, peaks: IntArray, cut: RepSettings) -> IntArray:
    """Join peaks between which nobody comes back: a bounce at the bottom is no new repetition."""
    out: list[int] = []
    for k in peaks.tolist():
        if out and d[out[-1] : k].min() > cut.bounce_share * min(d[out[-1]], d[k]):
            out[-1] = max(out[-1], k, key=lambda at: d[at])
        else:
            out.append(k)
    return np.array(out, dtype=np.int64)


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


def _whole(shown: FloatArray, peak: int, edge: int, limit: int, *, linear: bool) -> int:
    """Move a repetition's start or end from where it is plain to where the movement began.

    People move along a raised cosine, whose foot lies as far before a quarter of the way as three
    quarters lie after it.
    """
    step = 1 if limit >= peak else -1
    bend = shown[np.arange(peak, limit + step, step)]
    top = int(np.argmin(bend))
    floor = float(np.quantile(bend[max(0, top - 25) : top + 25], 0.2))
    share = (bend - floor) / max(float(bend[0]) - floor, 1e-9)
    quarter, three = (np.flatnonzero(share <= q) for q in (0.25, 0.75))
    if not quarter.size or not three.size:
        return edge
    width = int(quarter[0]) - int(three[0])
    k = int(quarter[0]) + width
    stand = np.flatnonzero(share <= 0.03)
    # a raised cosine is 3 % up a third of that width after its foot; an angle that goes with the
    # root of the signal has noise instead of a foot
    late = width // 3 if linear else 0
    k = min(k, int(stand[0]) + late if stand.size else k, abs(limit - peak))
    return peak + step * k


def _judged(
    spans: list[Span], movement: Movement, raw: PoseSequence, cut: RepSettings
) -> list[Rep]:
    t, d = movement.depth.time_s, movement.depth.value
    shown = movement.as_shown(d)
    first = _first_ones(spans, movement, raw, cut)
    out = []
    for start, k, end, from_rest, to_rest in spans:
        a, b = float(t[start]), float(t[end])
        reach = float(shown[k]) / first if first > 0 else float("nan")
        side = movement.side_of(a, b)
        reason = _disturbed(raw, movement, (a, b), cut)
        if not reason and b - a < cut.min_rep_s and start > 0 and end < d.size - 1:
            reason = TOO_QUICK
        reason = reason or _cut_off((start, end, d.size), (from_rest, to_rest), movement.rest)
        if not reason and reach < movement.whole_share:
            reason = f"only {100 * reach:.0f} % as far as the first ones: much shallower"
        out.append(
            Rep(
                side=side,
                start_s=a,
                deepest_s=_middle(t, d, k, start, end),
                end_s=b,
                counted=not reason,
                reason=reason,
                reach_pct=100 * reach if np.isfinite(reach) else None,
            )
        )
    return out


def _seen(raw: PoseSequence, span: Span, t: FloatArray) -> bool:
    """Tell whether somebody is in the picture for most of an excursion."""
    on = (raw.time_s >= t[span[0]]) & (raw.time_s <= t[span[2]])
    return bool(on.any() and np.isfinite(raw.mid("hip")[on, 0]).mean() > 0.5)


def _first_ones(
    spans: list[Span], movement: Movement, raw: PoseSequence, cut: RepSettings
) -> float:
    """How far the first whole repetitions go: the median of three, the small ones left out."""
    t = movement.depth.time_s
    shown = movement.as_shown(movement.depth.value)
    whole = [
        float(shown[k])
        for a, k, b, from_rest, to_rest in spans
        if from_rest
        and to_rest
        and t[b] - t[a] >= cut.min_rep_s
        and not _disturbed(raw, movement, (float(t[a]), float(t[b])), cut)
    ]
    if not whole:
        return 0.0
    usual = [w for w in whole if w >= movement.whole_share * float(np.quantile(whole, 0.75))]
    return float(np.median(usual[: cut.first_reps]))


def _disturbed(
    raw: PoseSequence, movement: Movement, span: tuple[float, float], cut: RepSettings
) -> str:
    """Say whether somebody walked, or moved the standing foot, between two times."""
    if travels(raw, span, cut):
        return WALKING
    if not movement.planted:
        return ""
    moved = _foot_path(raw, movement.side_of(*span), span, movement.planted, cut)
    if moved > cut.walks:
        return WALKING
    return FOOT_MOVED if moved > cut.foot_moves else ""


def _cut_off(at: tuple[int, int, int], rests: tuple[bool, bool], rest: str) -> str:
    start, end, n = at
    from_rest, to_rest = rests
    if not from_rest:
        return "begins before the clip" if start == 0 else f"does not begin in {rest}"
    if not to_rest:
        return "the clip ends before it does" if end >= n - 1 else f"does not come back to {rest}"
    return ""


def _named(reps: list[Rep], cut: RepSettings) -> tuple[Rep, ...]:
    """Leave out quick small movements: they are none that anybody would count."""
    return tuple(
        r for r in reps if r.reason != TOO_QUICK or (r.reach_pct or 0.0) >= 100 * cut.worth_naming
    )


def _middle(t: FloatArray, d: FloatArray, k: int, start: int, end: int) -> float:
    """Return the deepest moment; the middle of the stay where somebody pauses at the bottom."""
    near = np.flatnonzero(d[start : end + 1] >= 0.97 * d[k]) + start
    block = next((b for b in np.split(near, np.flatnonzero(np.diff(near) > 1) + 1) if k in b), near)
    return float(0.5 * (t[block[0]] + t[block[-1]]))


def _foot_path(
    raw: PoseSequence,
    side: SampleSide,
    span: tuple[float, float],
    joint: str,
    cut: RepSettings,
) -> float:
    """Return how far the standing foot's place is left between two times, in torso lengths.

    A foot of either name may stand there: legs that were mixed up have not moved. A foot counts as
    gone only where both feet are seen elsewhere, and for more than a glimpse: landmarks of legs
    that cross lie between the two for single pictures.
    """
    on = np.flatnonzero((raw.time_s >= span[0]) & (raw.time_s <= span[1]))
    places = feet(raw, joint)[on] / float(np.median(body_scale(raw, cut.scale_s)[on]))
    if on.size < 4:
        return 0.0
    own = [0, 1] if side == "both" else [SIDES.index(side)]
    begin = places[: max(3, on.size // 12)]
    begin = begin[np.isfinite(begin[:, own]).all(axis=(1, 2))]
    if not begin.size:
        return 0.0
    first = np.median(begin, axis=0)
    away = np.array([left_place(first[own], now) for now in places])
    both_seen = np.isfinite(places).all(axis=(1, 2))
    away = away[np.isfinite(away).all(axis=1) & (both_seen | (away.max(axis=1) <= cut.foot_moves))]
    if not away.size:
        return 0.0
    step_s = float(np.median(np.diff(raw.time_s[on])))
    width = 2 * int(0.5 * cut.foot_gone_s / step_s) + 1
    return float(median_filter(away.max(axis=1), size=width, mode="nearest").max())


def sideways(
    raw: PoseSequence, side: Side, span: tuple[float, float], joint: str, cut: RepSettings
) -> float:
    """Return how far a joint goes sideways in the picture between two times, in torso lengths.

    The outer tenths are cut off, so that single misread frames do not count.
    """
    on = (raw.time_s >= span[0]) & (raw.time_s <= span[1])
    x = raw.joint(side, joint)[on, 0] / float(np.median(body_scale(raw, cut.scale_s)[on]))
    x = x[np.isfinite(x)]
    return float(np.ptp(np.quantile(x, [0.1, 0.9]))) if x.size > 3 else 0.0

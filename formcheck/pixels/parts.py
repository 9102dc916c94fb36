"""Where a clip breaks: cuts, frozen pictures, holes in its time; and pictures shown twice.

A clip that was edited, paused while it was filmed or recorded from a player is several clips in one
file. Steps counted across a break, or over pictures that only repeat, are not steps.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from formcheck.data import BoolArray, Clip, ClipPart, FloatArray, IntArray
from formcheck.keypoints import SIDES, index_of
from formcheck.pixels.result import PixelPass
from formcheck.pose.observations import Observations

_AROUND_S: Final = 0.5
_CUT_OVER_MOST: Final = 1.7
_CUT_OVER_USUAL: Final = 2.0
_CUT_LEAST: Final = 8.0
"""A cut changes most of the picture more than anything within half a second, and by this (of 255):
a codec that refreshes the whole picture once a second reaches 6."""
_JUMP_LEAST: Final = 6.0
"""The same, on the whole, where somebody is suddenly elsewhere in front of one background."""
_JUMP_OVER_MOST: Final = 1.3
_FEW: Final = 4
_LEGS: Final = [index_of(side, joint) for side in SIDES for joint in ("knee", "ankle")]
_STILL_SHARE: Final = 0.05
_MOVING_SHARE: Final = 0.25
"""Of the change of a lively frame: a picture shown again has less than the first, the pictures at
both ends of a repeat more than the second. One who comes to rest slows down first."""
_STILL_OF_RUN: Final = 0.8
"""The rest of a frozen picture's frames may be its codec touching it up."""
_LIVELY_SHARE: Final = 0.3
"""So many of the pictures around a repeat must move: with fewer, the scene itself stands still."""
_FROZEN_S: Final = 0.15
_BESIDE: Final = 3
_DEAD_SHARE: Final = 0.3
"""Of a lively frame's change: so much the last pictures before a frozen one and the first after the
jump that ends it must change. A person who comes to rest, or starts from it, moves less."""
_RE_TIMED_SHARE: Final = 0.03
"""So many pictures shown again mean another rate; a few may be a codec that saved its bits."""
_HOLE_S: Final = 0.25
_HOLE_FRAMES: Final = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Breaks:
    """Where a clip breaks.

    Attributes
    ----------
    starts : tuple of int
        The first frame of every part but the first, rising.
    reasons : tuple of str
        Why each begins: ``cut``, ``frozen`` or ``hole``.
    repeated : ndarray of bool, shape (T,)
        Frames that show the picture before them again.
    """

    starts: tuple[int, ...]
    reasons: tuple[str, ...]
    repeated: BoolArray


def find_breaks(
    time_s: FloatArray, change: FloatArray, spread: FloatArray, motion: FloatArray
) -> Breaks:
    """Return where a clip breaks.

    Parameters
    ----------
    time_s : ndarray of float, shape (T,)
        True times.
    change, spread : ndarray of float, shape (T,)
        ``picture_change`` and ``picture_change_spread``: how much each frame differs from the one
        before, on the whole and in most places; NaN where unknown.
    motion : ndarray of float, shape (T,)
        How far the person's legs moved since the frame before, any unit; NaN where unknown.
    """
    steps = np.diff(time_s)
    usual_s = float(np.median(steps)) if steps.size else 0.0
    reasons: dict[int, str] = {}
    repeated, frozen_ends = _repeats(time_s, change, usual_s)
    holes = np.flatnonzero(steps > max(_HOLE_S, _HOLE_FRAMES * usual_s)) + 1
    reasons |= dict.fromkeys(holes.tolist(), "hole")
    for end in frozen_ends:
        reasons.setdefault(end, "frozen")
    shown = np.flatnonzero(~repeated)
    times_s = time_s[shown]
    cuts = set(_spikes(times_s, spread[shown], _CUT_LEAST))
    # pictures cut out of one take change only where somebody moves, as a caption does
    elsewhere = _spikes(times_s, change[shown], _JUMP_LEAST)
    cuts |= {k for k in elsewhere if _jumps(times_s, motion[shown], k)}
    for k in sorted(cuts):
        reasons.setdefault(int(shown[k]), "cut")
    starts = tuple(sorted(k for k in reasons if 0 < k < time_s.size))
    return Breaks(starts, tuple(reasons[k] for k in starts), repeated)


def longest_part(clip: Clip, pixels: PixelPass) -> tuple[Clip, PixelPass]:
    """Return the longest unbroken part in which somebody is seen, without repeated pictures.

    Parameters
    ----------
    clip : Clip
    pixels : PixelPass
        Of the whole clip.

    Returns
    -------
    Clip
        Its ``parts`` say where the whole clip breaks, and which part this is.
    PixelPass
    """
    channels = pixels.frame_channels
    found = find_breaks(
        clip.time_s,
        channels["picture_change"],
        channels["picture_change_spread"],
        _motion(pixels.seen),
    )
    if not found.starts and not found.repeated.any():
        return clip, pixels
    seen = np.zeros(clip.n_frames, dtype=bool)
    seen[pixels.seen.frame] = True
    spans = tuple(pairwise((0, *found.starts, clip.n_frames)))
    rows = [np.arange(a, b)[~found.repeated[a:b]] for a, b in spans]
    best = int(np.argmax([_seen_s(clip, r[seen[r]]) for r in rows]))
    if rows[best].size < 2:
        return clip, pixels
    offset_s = clip.begins_s / clip.slow_motion_factor
    parts = tuple(
        ClipPart(
            round(offset_s + float(clip.time_s[r[0]]), 3),
            round(offset_s + float(clip.time_s[r[-1]]), 3),
            reason,
            k == best,
        )
        for k, (r, reason) in enumerate(zip(rows, ("start", *found.reasons), strict=True))
        if r.size
    )
    n_repeated = int(found.repeated[slice(*spans[best])].sum())
    whole = replace(clip, parts=parts if len(parts) > 1 else (), n_repeated=n_repeated)
    return whole.only(rows[best]), pixels.only(rows[best])


def _seen_s(clip: Clip, rows: IntArray) -> float:
    return float(clip.time_s[rows[-1]] - clip.time_s[rows[0]]) if rows.size else -1.0


def _spikes(time_s: FloatArray, change: FloatArray, least: float) -> list[int]:
    """Return the frames that differ more from the one before than any frame around them."""
    spikes = []
    for k in np.flatnonzero(change >= least).tolist():
        around = _around(time_s, change, k)
        if around.size < _FEW:
            continue
        is_most = change[k] >= _CUT_OVER_MOST * around.max()
        if is_most and change[k] >= _CUT_OVER_USUAL * np.median(around):
            spikes.append(k)
    return spikes


def _jumps(time_s: FloatArray, motion: FloatArray, k: int) -> bool:
    """Tell whether the person is suddenly elsewhere; landmarks may take a frame to follow."""
    around = _around(time_s, motion, k)
    now = motion[k : k + 2]
    now = now[np.isfinite(now)]
    if around.size < _FEW or now.size == 0:
        return False
    return bool(now.max() >= _JUMP_OVER_MOST * np.percentile(around, 95))


def _around(time_s: FloatArray, values: FloatArray, k: int) -> FloatArray:
    near = np.abs(time_s - time_s[k]) <= _AROUND_S
    near[max(0, k - 1) : k + 2] = False
    return np.asarray(values[near & np.isfinite(values)])


def _motion(seen: Observations) -> FloatArray:
    """Return how far the legs of the largest person moved since the frame before, shape (T,)."""
    legs = np.full((seen.n_frames, len(_LEGS), 2), np.nan)
    heights = np.diff(seen.boxes_px[:, [1, 3]], axis=1)[:, 0]
    for row in np.argsort(heights, kind="stable"):  # the largest is written last
        legs[seen.frame[row]] = seen.xy_px[row, _LEGS]
    moved = np.full(seen.n_frames, np.nan)
    moved[1:] = np.linalg.norm(np.diff(legs, axis=0), axis=2).mean(axis=1)
    return moved


def _repeats(
    time_s: FloatArray, change: FloatArray, usual_s: float
) -> tuple[BoolArray, tuple[int, ...]]:
    """Return which frames repeat the one before, and where frozen pictures end."""
    repeated, short = np.zeros((2, time_s.size), dtype=bool)
    known = change[np.isfinite(change)]
    lively = float(np.percentile(known, 90)) if known.size else 0.0
    still = change < _STILL_SHARE * lively  # never where the change is unknown
    ends: list[int] = []
    for start, stop in _runs(change < _MOVING_SHARE * lively):
        abrupt = still[start] and still[stop - 1] and still[start:stop].mean() >= _STILL_OF_RUN
        if abrupt and _is_lively(time_s, still, start, stop):
            if (stop - start) * usual_s >= _FROZEN_S:
                if not _stops_dead(change, start, stop, lively):
                    continue
                repeated[start:stop] = True
                ends.append(stop)
            else:
                short[start:stop] = True
    if short.sum() >= _RE_TIMED_SHARE * short.size:
        repeated |= short
    return repeated, tuple(ends)


def _stops_dead(change: FloatArray, start: int, stop: int, lively: float) -> bool:
    """Tell whether the movement breaks off and goes on at full speed; one who rests slows down."""
    sides = [change[max(0, start - _BESIDE) : start], change[stop + 1 : stop + 1 + _BESIDE]]
    known = [side[np.isfinite(side)] for side in sides]
    speeds = [float(np.median(side)) for side in known if side.size]
    return bool(speeds) and min(speeds) >= _DEAD_SHARE * lively


def _is_lively(time_s: FloatArray, still: BoolArray, start: int, stop: int) -> bool:
    around = (time_s >= time_s[start] - _AROUND_S) & (time_s <= time_s[stop - 1] + _AROUND_S)
    around[start:stop] = False
    return bool(around.any()) and float(np.mean(~still[around])) >= _LIVELY_SHARE


def _runs(marked: BoolArray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]

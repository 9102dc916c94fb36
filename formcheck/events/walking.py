"""When somebody walks: no foot stays where it was, and the body goes elsewhere.

Repetitions are looked for in between.

Feet are followed by their places, not by their names, so that legs that the landmark model mixes up
do not look like steps.
"""

import numpy as np

from formcheck.data import BoolArray, FloatArray, PoseSequence, Rep
from formcheck.events.rhythm import body_scale
from formcheck.events.smooth import runs
from formcheck.keypoints import SIDES
from formcheck.settings.reps import RepSettings

WALKING = "walking, not a repetition"


def feet(raw: PoseSequence, joint: str) -> FloatArray:
    """Return both feet's places in pixels, shape (T, 2, 2): time, foot, x and y."""
    return np.stack([raw.joint(s, joint) for s in SIDES], axis=1)


def left_place(places: FloatArray, now: FloatArray) -> FloatArray:
    """Return how far the nearest foot is from each of some places, shape (places,).

    Parameters
    ----------
    places : ndarray of float, shape (P, 2)
        NaN for a foot that was not seen: it has left nothing.
    now : ndarray of float, shape (2, 2)
        Both feet at a later moment; an unseen foot is nowhere.
    """
    gap = np.linalg.norm(places[:, None] - now[None], axis=-1)
    return np.asarray(np.min(np.where(np.isfinite(gap), gap, np.inf), axis=1))


def walking_mask(raw: PoseSequence, cut: RepSettings) -> BoolArray:
    """Return when somebody walks, shape (T,): both feet and the body leave their places meanwhile.

    Landmarks of feet that are hidden, or seen from behind, wander without anybody walking.

    Parameters
    ----------
    raw : PoseSequence
        Repaired, unfiltered landmarks.
    cut : RepSettings
    """
    t = raw.time_s
    both = feet(raw, "ankle")
    scale = body_scale(raw, cut.scale_s)
    seen = np.isfinite(both).all(axis=(1, 2))  # of a foot alone, nobody knows which it is
    at = np.flatnonzero(seen)
    out, judged = np.zeros((2, t.size), dtype=bool)
    if at.size < 3:
        return out
    for k in at:
        before = at[np.searchsorted(t[at], t[k] - cut.walk_half_s)]
        after = at[np.searchsorted(t[at], t[k] + cut.walk_half_s, side="right") - 1]
        away = left_place(both[before], both[after]) / scale[k]
        share = (t[after] - t[before]) / (2 * cut.walk_half_s)
        out[k] = bool((away > cut.walk_away * share).all())
        judged[k] = share > 0.6
    out = _to_the_edges(out, judged)
    out = _without_glimpses(out, t, cut)
    for a, b in runs(out):
        out[a:b] = travels(raw, (float(t[a]), float(t[b - 1])), cut)
    return out


def travels(raw: PoseSequence, span: tuple[float, float], cut: RepSettings) -> bool:
    """Tell whether the body is elsewhere, or nearer the phone, after a span than before it.

    A trunk that leans looks shorter and nearer: where both feet stay, nobody has gone anywhere.
    """
    if _feet_stay(raw, span, cut):
        return False
    scale = body_scale(raw, cut.rest_s)  # at rest one stands as tall before as after
    x = raw.mid("hip")[:, 0] / float(np.median(scale[np.isfinite(scale)]))
    found = []
    for values in (x, np.log(scale)):
        ends = [values[np.abs(raw.time_s - at) <= cut.rest_s] for at in span]
        ends = [e[np.isfinite(e)] for e in ends]
        moved = abs(float(np.median(ends[1]) - np.median(ends[0]))) if all(map(len, ends)) else 0.0
        found.append(moved)
    return found[0] > cut.travels or found[1] > cut.nearer


def _feet_stay(raw: PoseSequence, span: tuple[float, float], cut: RepSettings) -> bool:
    """Tell whether both feet are seen to stand after a span where they stood before it."""
    ends = []
    for at in span:
        near = feet(raw, "ankle")[np.abs(raw.time_s - at) <= cut.rest_s]
        near = near[np.isfinite(near).all(axis=(1, 2))]
        if not near.size:
            return False
        ends.append(np.median(near, axis=0))
    on = (raw.time_s >= span[0]) & (raw.time_s <= span[1])
    scale = float(np.nanmedian(body_scale(raw, cut.scale_s)[on])) if on.any() else float("nan")
    return bool((left_place(ends[0], ends[1]) < cut.walk_away * scale).all())


def _to_the_edges(mask: BoolArray, judged: BoolArray) -> BoolArray:
    """Give moments too near the clip's ends what the nearest judged moment got."""
    known = np.flatnonzero(judged)
    if not known.size:
        return np.zeros_like(mask)
    nearest = known[np.clip(np.searchsorted(known, np.arange(mask.size)), 0, known.size - 1)]
    return np.asarray(mask[nearest])


def _without_glimpses(mask: BoolArray, t: FloatArray, cut: RepSettings) -> BoolArray:
    """Drop short stretches of walking, and short stops in it."""
    out = mask.copy()
    for wanted in (True, False):
        for a, b in runs(out == wanted):
            if t[b - 1] - t[a] < cut.walk_glimpse_s and (wanted or (a > 0 and b < t.size)):
                out[a:b] = not wanted
    return out


def walks(raw: PoseSequence, mask: BoolArray) -> tuple[Rep, ...]:
    """Return every stretch of walking as something that was not counted."""
    t = raw.time_s
    return tuple(
        Rep(
            side="both",
            start_s=float(t[a]),
            deepest_s=float(0.5 * (t[a] + t[b - 1])),
            end_s=float(t[b - 1]),
            counted=False,
            reason=WALKING,
        )
        for a, b in runs(mask)
    )


def standing_still(pose: PoseSequence, raw: PoseSequence, mask: BoolArray) -> PoseSequence:
    """Return the filtered landmarks with the walking blanked out."""
    if not mask.any():
        return pose
    near = np.clip(np.searchsorted(raw.time_s, pose.time_s), 0, mask.size - 1)
    blank = mask[near]
    xy = np.where(blank[:, None, None], np.nan, pose.xy_px)
    return pose.with_("walking left out", xy_px=xy)

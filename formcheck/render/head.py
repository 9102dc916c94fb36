"""Where the head is in every frame, from any side: for blurring faces."""

import numpy as np

from formcheck.data import BoolArray, FloatArray, PoseSequence, readonly
from formcheck.keypoints import FACE
from formcheck.settings.render import RenderSettings


def head_track(raw: PoseSequence, settings: RenderSettings) -> FloatArray:
    """Return where to blur in every frame: the head as seen, and as its neighbours in time say.

    The size comes from the torso, the shoulders and the spread of the face landmarks, whichever is
    largest, so that it holds for a face, a profile and the back of a head. The second place is the
    running median, for frames whose landmarks went astray. Frames without landmarks take the
    nearest frame's values up to ``blur_hold_s`` away, enlarged with the gap.

    Parameters
    ----------
    raw : PoseSequence
        Unfiltered landmarks, one row per frame.

    Returns
    -------
    ndarray of float, shape (T, 2, 3)
        Centre x, centre y, height, px, of both places; NaN where nobody was seen near that time.
    """
    shoulder, hip = raw.mid("shoulder"), raw.mid("hip")
    torso = np.hypot(*(shoulder - hip).T)
    apart = np.hypot(*(raw.joint("left", "shoulder") - raw.joint("right", "shoulder")).T)
    face = raw.xy_px[:, FACE]
    seen: BoolArray = np.asarray(np.isfinite(face).all(axis=2))
    count = seen.sum(axis=1)
    total = np.where(seen[..., None], face, 0.0).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        center = total / count[:, None]
    up = _unit(np.where(count[:, None] > 0, center, shoulder + (shoulder - hip)) - shoulder)
    height = np.fmax(
        settings.head_height_over_torso * torso, settings.head_height_over_shoulders * apart
    )
    height = np.fmax(height, 1.6 * _spread(face, center))
    fallback = shoulder + _unit(shoulder - hip) * (0.95 * height)[:, None]
    center = np.where(count[:, None] > 0, center + 0.1 * height[:, None] * up, fallback)
    ears = raw.mid("ear")
    # in profile the face lies ahead of the head's middle, which is nearer the ears
    center = np.where(np.isfinite(ears), 0.5 * (center + ears + 0.1 * height[:, None] * up), center)
    track = np.column_stack([center, height])
    track[_astray(raw.time_s, torso, settings)] = np.nan
    calm = _running_median(raw.time_s, track, settings.blur_median_s)
    track[:, 2] = np.fmax(track[:, 2], calm[:, 2])
    own, usual = (_hold(raw.time_s, t, settings.blur_hold_s) for t in (track, calm))
    usual[~np.isfinite(own).all(axis=1)] = np.nan  # too far from anything seen: blur it all
    return readonly(np.stack([own, usual], axis=1))


def _astray(time_s: FloatArray, torso: FloatArray, settings: RenderSettings) -> BoolArray:
    """Tell where the torso's length departs from its usual one: such landmarks place no head."""
    usual = _running_median(time_s, torso[:, None], settings.blur_usual_s)[:, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = torso / usual
    return np.asarray(np.abs(np.log(ratio)) > np.log(settings.blur_torso_ratio))


def _running_median(time_s: FloatArray, track: FloatArray, span_s: float) -> FloatArray:
    """Return the median of the finite rows over ``span_s`` around each frame."""
    out = np.full_like(track, np.nan)
    first = np.searchsorted(time_s, time_s - span_s / 2)
    last = np.searchsorted(time_s, time_s + span_s / 2, side="right")
    for i, (a, b) in enumerate(zip(first, last, strict=True)):
        part = track[a:b]
        part = part[np.isfinite(part).all(axis=1)]
        if part.size:
            out[i] = np.median(part, axis=0)
    return out


def _unit(v: FloatArray) -> FloatArray:
    length = np.hypot(v[:, 0], v[:, 1])
    return np.asarray(v / np.where(length > 0, length, 1.0)[:, None])


def _spread(face: FloatArray, center: FloatArray) -> FloatArray:
    """Return the largest distance of a face landmark from their centre, 0 where unseen."""
    d = np.hypot(*np.moveaxis(face - center[:, None], 2, 0))
    return np.asarray(np.max(np.where(np.isfinite(d), d, 0.0), axis=1))


def _hold(time_s: FloatArray, track: FloatArray, limit_s: float) -> FloatArray:
    """Fill unseen rows from the nearest seen one in time, larger by up to half with the gap."""
    good = np.flatnonzero(np.isfinite(track).all(axis=1))
    out = np.full_like(track, np.nan)
    if good.size == 0:
        return out
    right = np.searchsorted(time_s[good], time_s)
    a = good[np.clip(right - 1, 0, good.size - 1)]
    b = good[np.clip(right, 0, good.size - 1)]
    nearer = np.where(np.abs(time_s[a] - time_s) <= np.abs(time_s[b] - time_s), a, b)
    gap = np.abs(time_s[nearer] - time_s)
    ok = gap <= limit_s
    out[ok] = track[nearer[ok]]
    out[ok, 2] *= 1 + 0.5 * gap[ok] / max(limit_s, 1e-9)
    return out

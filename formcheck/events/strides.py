"""The mean stride of each foot, finer than the frame interval, and every step's shift against it.

The strides of a clip fall differently between the frames. Laid over each other at their own
reference times they sample one mean stride many times more densely than the camera did, so that an
event can be read off it between frames; swaps, blur and single bad frames are voted down. Every
step is then matched to its mean stride (a least-squares time shift over all channels at once),
which gives its own time and how well it is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from formcheck.data import BoolArray, FloatArray, PoseSequence, Scene
from formcheck.events.rhythm import body_scale
from formcheck.events.smooth import local_fit, trend
from formcheck.keypoints import Side, View, index_of
from formcheck.robust import masked_median
from formcheck.settings.events import StrideSettings

Channels = Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeanStride:
    """The mean stride of one foot.

    Attributes
    ----------
    lag_s : ndarray of float, shape (N,)
        Time after the step's reference.
    value, slope : mapping of str to ndarray, each shape (N,)
        Per channel, in torso lengths (and per second); NaN where nothing was seen.
    noise : mapping of str to float
        Robust SD of one sample around the mean.
    n_strides : int
    """

    lag_s: FloatArray
    value: Channels
    slope: Channels
    noise: Mapping[str, float]
    n_strides: int


def foot_channels(pose: PoseSequence, scene: Scene, side: Side, stride_s: float) -> Channels:
    """Return the signals of one foot and of the trunk, in torso lengths, each shape (T,).

    ``trunk``: height of shoulders and hips; ``heel_y``, ``toe_y``, ``ankle_y``: heights;
    ``leg``: hip to ankle, straight; side view also ``heel_x``, ``toe_x``, ``ankle_x`` (+ forward,
    against the slow drift of the hips) and ``knee`` (flexion in radians).
    """
    scale = body_scale(pose)
    slow = settings_width(stride_s)
    t = pose.time_s
    hip, shoulder = pose.mid("hip"), pose.mid("shoulder")
    out: dict[str, FloatArray] = {"trunk": -0.5 * (hip + shoulder)[:, 1] / scale}
    drift = trend(t, hip[:, 0], slow)
    for joint, name in (("heel", "heel"), ("foot_index", "toe"), ("ankle", "ankle")):
        xy = pose.joint(side, joint)
        out[f"{name}_y"] = -xy[:, 1] / scale
        if scene.view == View.SIDE:
            out[f"{name}_x"] = scene.forward_sign * (xy[:, 0] - drift) / scale
    h, k, a = (pose.joint(side, j) for j in ("hip", "knee", "ankle"))
    out["leg"] = np.linalg.norm(a - h, axis=1) / scale
    if scene.view == View.SIDE:
        out["knee"] = _flexion(h, k, a)
    return {
        name: v if name in ("leg", "knee") else v - trend(t, v, slow) for name, v in out.items()
    }


def settings_width(stride_s: float) -> float:
    """Width of the window whose line is taken as the slow drift: half a stride."""
    return 0.5 * stride_s


def _flexion(hip: FloatArray, knee: FloatArray, ankle: FloatArray) -> FloatArray:
    a, b = knee - hip, ankle - knee
    cross = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    return np.asarray(np.abs(np.arctan2(cross, np.sum(a * b, axis=1))))


def _pool(
    time_s: FloatArray, values: FloatArray, refs_s: FloatArray, span_s: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """Return lag and value of every sample near every reference, sorted by lag."""
    lag = (time_s[None, :] - refs_s[:, None]).ravel()
    v = np.broadcast_to(values, (refs_s.size, values.size)).ravel()
    keep = (lag >= span_s[0]) & (lag < span_s[1]) & np.isfinite(v)
    lag, v = lag[keep], v[keep]
    order = np.argsort(lag, kind="stable")
    return lag[order], v[order]


def _clean(lag: FloatArray, v: FloatArray, width_s: float) -> tuple[FloatArray, FloatArray, float]:
    """Drop samples far off the running median; return the rest and the robust spread."""
    if v.size < 8:
        return lag, v, np.nan
    off = v - _running_median(lag, v, width_s)
    spread = 1.4826 * float(np.median(np.abs(off))) + 1e-9
    keep = np.abs(off) < 4.0 * spread
    return lag[keep], v[keep], spread


def _running_median(lag: FloatArray, v: FloatArray, width_s: float) -> FloatArray:
    """Return the median within `width_s` to either side: twice per width, straight lines between.

    A median at every sample would take a time that grows with the square of the clip's length.
    """
    at = np.arange(lag[0], lag[-1] + 0.5 * width_s, 0.5 * width_s)
    lo, hi = np.searchsorted(lag, at - width_s), np.searchsorted(lag, at + width_s)
    index = lo[:, None] + np.arange(int((hi - lo).max()))
    middle = masked_median(v[np.minimum(index, v.size - 1)], index < hi[:, None])
    seen = np.isfinite(middle)
    return np.asarray(np.interp(lag, at[seen], middle[seen]))


def mean_stride(
    time_s: FloatArray,
    channels: Channels,
    refs_s: FloatArray,
    stride_s: float,
    settings: StrideSettings,
) -> MeanStride:
    """Lay the strides over each other and smooth (see the module's description)."""
    span = (settings.span[0] * stride_s, settings.span[1] * stride_s)
    lag_grid = np.arange(span[0], span[1], settings.grid_s)
    gap = float(np.median(np.diff(time_s))) / max(refs_s.size, 1)
    width = max(settings.width_s, settings.width_gaps * gap)
    value, slope, noise = {}, {}, {}
    for name, signal in channels.items():
        lag, v = _pool(time_s, signal, refs_s, (span[0] - 3 * width, span[1] + 3 * width))
        lag, v, noise[name] = _clean(lag, v, 2 * width)
        lag = lag + 1e-9 * np.arange(lag.size)
        value[name], slope[name] = local_fit(lag, v, lag_grid, width)
    return MeanStride(lag_s=lag_grid, value=value, slope=slope, noise=noise, n_strides=refs_s.size)


def match(
    time_s: FloatArray,
    channels: Channels,
    mean: MeanStride,
    ref_s: float,
    window_s: tuple[float, float],
) -> tuple[float, float]:
    """Return the time shift of one step against its mean stride, and its SD (seconds).

    NaN where less than half of the window was seen.
    """
    at = (time_s - ref_s >= window_s[0]) & (time_s - ref_s <= window_s[1])
    names = [n for n in channels if np.isfinite(mean.noise[n])]
    if not at.any() or not names:
        return np.nan, np.nan
    seen = np.stack([channels[n][at] for n in names])
    value, slope = (np.stack([m[n] for n in names]) for m in (mean.value, mean.slope))
    noise = np.array([mean.noise[n] for n in names])
    shift, info = 0.0, 0.0
    for _ in range(4):
        lag = time_s[at] - ref_s - shift
        r, d = seen - _between(mean.lag_s, value, lag), _between(mean.lag_s, slope, lag)
        ok = np.isfinite(r) & np.isfinite(d)
        top, info = _shift_terms(r, d, ok, noise)
        if ok.sum() < 0.5 * lag.size * len(channels) or info <= 0:
            return np.nan, np.nan
        shift -= top / info
        if abs(shift) > 0.5 * (window_s[1] - window_s[0]):
            return np.nan, np.nan
    return shift, float(1 / np.sqrt(info))


def _between(lag_s: FloatArray, rows: FloatArray, at_s: FloatArray) -> FloatArray:
    """Interpolate rows given on a uniform grid, shape (C, N), NaN outside; shape (C, M)."""
    place = (at_s - lag_s[0]) / (lag_s[1] - lag_s[0])
    i = np.clip(place.astype(int), 0, lag_s.size - 2)
    part = place - i
    out = rows[:, i] * (1 - part) + rows[:, i + 1] * part
    return np.asarray(np.where((part >= 0) & (part <= 1), out, np.nan))


def _shift_terms(
    r: FloatArray, d: FloatArray, ok: BoolArray, noise: FloatArray
) -> tuple[float, float]:
    """Return the normal equations of a time shift with free levels, robustly weighted.

    Parameters
    ----------
    r, d : ndarray of float, shape (C, M)
        Residual and slope of each channel.
    ok : ndarray of bool, shape (C, M)
    noise : ndarray of float, shape (C,)
    """
    enough = ok.sum(axis=1) >= 3
    r, d, ok, noise = r[enough], d[enough], ok[enough], noise[enough, None]
    r, d = np.where(ok, r, 0.0), np.where(ok, d, 0.0)
    r = r - masked_median(r, ok)[:, None]
    w = np.where(ok, np.maximum(0.0, 1 - (r / (5 * noise)) ** 2) ** 2 / noise**2, 0.0)
    total = np.maximum(w.sum(axis=1, keepdims=True), 1e-300)
    r = r - (w * r).sum(axis=1, keepdims=True) / total
    d = d - (w * d).sum(axis=1, keepdims=True) / total
    return float((w * r * d).sum()), float((w * d * d).sum())


def knee_flexion_deg(pose: PoseSequence, side: Side) -> FloatArray:
    """Return the knee's bend from the model's metric landmarks, any view, 0 = straight, shape (T,).

    A guess good enough to tell a bent leg from a straight one, not to report.
    """
    h, k, a = (pose.world_m[:, index_of(side, j)] for j in ("hip", "knee", "ankle"))
    u, v = k - h, a - k
    cos = np.sum(u * v, axis=1) / (np.linalg.norm(u, axis=1) * np.linalg.norm(v, axis=1) + 1e-9)
    return np.asarray(np.degrees(np.arccos(np.clip(cos, -1.0, 1.0))))

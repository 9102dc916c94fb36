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

from formcheck.data import FloatArray, PoseSequence, Scene
from formcheck.events.rhythm import body_scale
from formcheck.events.smooth import local_fit, trend
from formcheck.keypoints import Side, View, index_of
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
    middle = np.array(
        [
            np.median(v[max(0, a) : b])
            for a, b in zip(
                np.searchsorted(lag, lag - width_s),
                np.searchsorted(lag, lag + width_s),
                strict=True,
            )
        ]
    )
    off = v - middle
    spread = 1.4826 * float(np.median(np.abs(off))) + 1e-9
    keep = np.abs(off) < 4.0 * spread
    return lag[keep], v[keep], spread


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
    shift, info = 0.0, 0.0
    for _ in range(4):
        top, info, seen, total = 0.0, 0.0, 0, 0
        lag = time_s[at] - ref_s - shift
        for name, signal in channels.items():
            m = np.interp(lag, mean.lag_s, mean.value[name], left=np.nan, right=np.nan)
            d = np.interp(lag, mean.lag_s, mean.slope[name], left=np.nan, right=np.nan)
            r = signal[at] - m
            ok = np.isfinite(r) & np.isfinite(d)
            total, seen = total + ok.size, seen + int(ok.sum())
            if ok.sum() < 3 or not np.isfinite(mean.noise[name]):
                continue
            a, b = _shift_terms(r[ok], d[ok], mean.noise[name])
            top, info = top + a, info + b
        if seen < 0.5 * total or info <= 0:
            return np.nan, np.nan
        shift -= top / info
        if abs(shift) > 0.5 * (window_s[1] - window_s[0]):
            return np.nan, np.nan
    return shift, float(1 / np.sqrt(info))


def _shift_terms(r: FloatArray, d: FloatArray, noise: float) -> tuple[float, float]:
    """Return the normal equations of a time shift with a free level, robustly weighted."""
    r = r - np.median(r)
    w = np.maximum(0.0, 1 - (r / (5 * noise)) ** 2) ** 2 / noise**2
    if w.sum() <= 0:
        return 0.0, 0.0
    r, d = r - np.average(r, weights=w), d - np.average(d, weights=w)
    return float(np.sum(w * r * d)), float(np.sum(w * d * d))


def knee_flexion_deg(pose: PoseSequence, side: Side) -> FloatArray:
    """Return the knee's bend from the model's metric landmarks, any view, 0 = straight, shape (T,).

    A guess good enough to tell a bent leg from a straight one, not to report.
    """
    h, k, a = (pose.world_m[:, index_of(side, j)] for j in ("hip", "knee", "ankle"))
    u, v = k - h, a - k
    cos = np.sum(u * v, axis=1) / (np.linalg.norm(u, axis=1) * np.linalg.norm(v, axis=1) + 1e-9)
    return np.asarray(np.degrees(np.arccos(np.clip(cos, -1.0, 1.0))))

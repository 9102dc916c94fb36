"""What the gates look at: a few numbers about the clip, from landmarks and pixel channels."""

from dataclasses import dataclass

import numpy as np

from formcheck.data import BoolArray, Channels, Clip, FloatArray, PoseSequence, Scene
from formcheck.keypoints import INDEX, Side, View
from formcheck.settings import QualitySettings
from formcheck.signals.geometry import lean_deg

FOOT = tuple(INDEX[f"{s}_{j}"] for s in ("left", "right") for j in ("ankle", "heel", "foot_index"))
HIPS = (INDEX["left_hip"], INDEX["right_hip"])
HEAD = INDEX["nose"]
HEAD_TO_HEEL = 0.92
"""Nose to heel over standing height (measures.md 7d)."""
LUMA = "luma_mean"
BLACK = "luma_dark_pct"
MOSTLY_BLACK_PCT = 95.0
SHIFT = ("camera_shift_x_px", "camera_shift_y_px")
FOOT_SHARPNESS = "foot_sharpness"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipStats:
    """Numbers about a clip; None where they cannot be told.

    Attributes
    ----------
    detection_rate : float
        Share of frames with a person.
    body_px : float
        Median body height, px.
    body_share : float
        The same over the picture's height.
    feet_cut_share, head_cut_share, hips_hidden_share : float
        Shares of the frames with a person.
    trunk_angle_deg : float
        Median angle of the trunk from upright.
    luma, sharpness, shake_share : float or None
        From the pixel channels: mean luma 0-255; sharpness of the blurriest tenth against the
        sharpest tenth; camera motion over body height.
    two_people_share : float or None
        Share of frames with a second person; whoever chose the runner fills it in.
    left_leg_hidden_share, right_leg_hidden_share : float
        Shares of the frames in which neither knee nor ankle of that side is sure.
    swap_share : float
        Share of frames whose legs were exchanged back.
    """

    detection_rate: float
    body_px: float
    body_share: float
    feet_cut_share: float
    head_cut_share: float
    hips_hidden_share: float
    trunk_angle_deg: float
    luma: float | None = None
    sharpness: float | None = None
    shake_share: float | None = None
    two_people_share: float | None = None
    left_leg_hidden_share: float = 0.0
    right_leg_hidden_share: float = 0.0
    n_swaps: int = 0
    swap_share: float = 0.0


def clip_stats(
    clip: Clip,
    scene: Scene,
    raw: PoseSequence,
    channels: Channels,
    settings: QualitySettings | None = None,
    *,
    n_swaps: int = 0,
) -> ClipStats:
    """Compute the numbers that the gates look at.

    Parameters
    ----------
    clip : Clip
    scene : Scene
    raw : PoseSequence
        Unfiltered landmarks, one row per frame, NaN where nobody was found.
    channels : Channels
        Pixel signals; unknown ones are ignored, missing ones give None.
    settings : QualitySettings, optional
    n_swaps : int
        Frames in which left and right legs were exchanged back.

    Returns
    -------
    ClipStats
    """
    settings = settings or QualitySettings()
    found = np.isfinite(raw.xy_px[:, HIPS[0], 0]) & np.isfinite(raw.xy_px[:, HIPS[1], 0])
    xy, confidence = raw.xy_px[found], raw.confidence[found]
    body = _body_px(xy)
    shake = _shake_px(channels, settings)
    n = max(1, raw.time_s.size)
    return ClipStats(
        detection_rate=float(found.sum()) / n,
        body_px=body,
        body_share=body / clip.height_px,
        feet_cut_share=_share(_feet_cut(clip, xy, confidence, settings)),
        head_cut_share=_share(_cut(clip, xy[:, [HEAD]], settings)[:, 0]),
        hips_hidden_share=_share(_hips_hidden(scene, confidence, settings)),
        left_leg_hidden_share=_share(_leg_hidden("left", confidence, settings)),
        right_leg_hidden_share=_share(_leg_hidden("right", confidence, settings)),
        trunk_angle_deg=_trunk_angle_deg(raw),
        luma=_luma(channels),
        sharpness=_relative_sharpness(channels),
        shake_share=None if shake is None or body <= 0 else shake / body,
        n_swaps=n_swaps,
        swap_share=n_swaps / n,
    )


def body_heights_px(xy_px: FloatArray) -> FloatArray:
    """Return the body height (nose to lowest foot, extended to the crown) per frame, shape (T,).

    Parameters
    ----------
    xy_px : ndarray of float, shape (T, 33, 2)
    """
    with np.errstate(invalid="ignore"):
        lowest = np.max(xy_px[:, FOOT, 1], axis=1)
    return np.asarray((lowest - xy_px[:, HEAD, 1]) / HEAD_TO_HEEL)


def _body_px(xy: FloatArray) -> float:
    height = body_heights_px(xy)
    height = height[np.isfinite(height)]
    return float(np.median(height)) if height.size else 0.0


def _cut(clip: Clip, xy: FloatArray, settings: QualitySettings) -> BoolArray:
    """Return whether each landmark lies at or beyond the border, shape (T, K)."""
    size = np.array([clip.width_px, clip.height_px], dtype=np.float64)
    margin = settings.border_share * size
    return np.asarray(((xy < margin) | (xy > size - margin)).any(axis=2))


def _feet_cut(
    clip: Clip, xy: FloatArray, confidence: FloatArray, settings: QualitySettings
) -> BoolArray:
    """Return frames in which a foot touches the border, or neither foot is seen."""
    cut = _cut(clip, xy[:, FOOT], settings).any(axis=1)
    unseen = (confidence[:, FOOT] < settings.unseen_visibility).all(axis=1)
    return np.asarray(cut | unseen)


def _hips_hidden(scene: Scene, confidence: FloatArray, settings: QualitySettings) -> BoolArray:
    """Return frames without a sure hip line; in side view the far hip is always a guess."""
    unsure = confidence[:, HIPS] < settings.hip_visibility
    hidden = unsure.all(axis=1) if scene.view == View.SIDE else unsure.any(axis=1)
    return np.asarray(hidden)


def _leg_hidden(side: Side, confidence: FloatArray, settings: QualitySettings) -> BoolArray:
    leg = [INDEX[f"{side}_{joint}"] for joint in ("knee", "ankle")]
    return np.asarray((confidence[:, leg] < settings.unseen_visibility).all(axis=1))


def _share(flags: BoolArray) -> float:
    return float(np.mean(flags)) if flags.size else 0.0


def _trunk_angle_deg(raw: PoseSequence) -> float:
    angle = np.abs(lean_deg(raw.mid("shoulder"), raw.mid("hip")))
    angle = angle[np.isfinite(angle)]
    return float(np.median(angle)) if angle.size else 0.0


def _seen(channels: Channels, name: str) -> FloatArray | None:
    """Return the finite values of a channel, None if it is missing or empty."""
    values = channels.values.get(name)
    if values is None or not np.isfinite(values).any():
        return None
    return np.asarray(values[np.isfinite(values)])


def _median(channels: Channels, name: str) -> float | None:
    values = _seen(channels, name)
    return None if values is None else float(np.median(values))


def _luma(channels: Channels) -> float | None:
    """Return the mean luma outside black padding: bars around a picture are no dark room."""
    luma = _median(channels, LUMA)
    black = _median(channels, BLACK) or 0.0
    if luma is None or black > MOSTLY_BLACK_PCT:
        return luma
    return min(255.0, luma / (1.0 - black / 100.0))


def _relative_sharpness(channels: Channels) -> float | None:
    values = _seen(channels, FOOT_SHARPNESS)
    if values is None or values.size < 10:
        return None
    low, high = np.percentile(values, [10, 90])
    return float(low / high) if high > 0 else None


def _shake_px(channels: Channels, settings: QualitySettings) -> float | None:
    """Return how far the background wanders within a short time, 95th percentile, px.

    Single frames are no use here: the jitter of the estimate adds up over none.
    """
    if any(_seen(channels, name) is None for name in SHIFT):
        return None
    path = np.stack([np.cumsum(np.nan_to_num(channels.values[n])) for n in SHIFT], axis=1)
    later = np.searchsorted(channels.time_s, channels.time_s + settings.shake_window_s)
    pairs = later < path.shape[0]
    if not pairs.any():
        return None
    moved = np.linalg.norm(path[later[pairs]] - path[pairs], axis=1)
    return float(np.percentile(moved, 95))

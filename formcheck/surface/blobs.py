"""Small round spots that differ from everything around them, in a colour patch."""

from dataclasses import dataclass

import cv2
import numpy as np

from formcheck.data import BoolArray, FloatArray
from formcheck.settings.stickers import StickerSettings
from formcheck.surface.probe import ImageArray

_STRIDE = 2  # spots are looked for in a picture of half the size
_DIRECTIONS = 8
_CORE_PX = 3
_SPREAD_PX = 9  # a maximum must stand out over this
_OUTLINES = (0.5, 0.4, 0.3)  # shares of the contrast; a spot that runs into another gets less
_ALIKE = 0.35  # share of the contrast within which a colour is taken for the sticker's
_SHADE = 0.3  # how much light and shade count when two spots are compared


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blob:
    """One spot.

    Attributes
    ----------
    xy : ndarray of float, shape (2,)
        Centre in pixels of the patch, sub-pixel.
    colour : ndarray of float, shape (3,)
        CIELAB.
    contrast : float
        Least CIELAB distance to what lies around it.
    area : float
        Square pixels of the patch.
    """

    xy: FloatArray
    colour: FloatArray
    contrast: float
    area: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """A place that stands out from its surroundings.

    Attributes
    ----------
    xy : ndarray of float, shape (2,)
        Pixels of the patch, to within two.
    contrast : float
        Least CIELAB distance to what lies around it.
    """

    xy: FloatArray
    contrast: float


def unlike(a: FloatArray, b: FloatArray) -> float:
    """Return the colour difference of two spots, one of which may lie in the shade.

    Shade scales lightness and colour together; what lies along that line counts less.
    """
    middle = a + b
    along = float((a - b) @ middle) / max(float(np.linalg.norm(middle)), 1e-6)
    across2 = max(float((a - b) @ (a - b)) - along**2, 0.0)
    return float(np.hypot(np.sqrt(across2), _SHADE * along))


def lab_of(rgb: ImageArray) -> FloatArray:
    """Return CIELAB (L 0..100, a and b around 0), shape (H, W, 3), float32."""
    lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB).astype(np.float32)
    lab[..., 0] *= 100.0 / 255.0
    lab[..., 1:] -= 128.0
    return np.asarray(lab)


def candidates(rgb: ImageArray, settings: StickerSettings) -> list[Candidate]:
    """Return the places of a patch that stand out from all around them, the clearest first.

    Parameters
    ----------
    rgb : ndarray of uint8, shape (H, W, 3)
        At ``settings.patch_torso_px`` pixels per torso length.
    settings : StickerSettings
    """
    reach = round(settings.ring * settings.patch_torso_px / _STRIDE)
    size = rgb.shape[1] // _STRIDE, rgb.shape[0] // _STRIDE
    if min(size) <= 2 * reach + 1:
        return []
    small = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    standing_out = _stand_out(lab_of(small), reach)
    wide = cv2.dilate(standing_out, np.ones((_SPREAD_PX, _SPREAD_PX), dtype=np.uint8))
    rows, cols = np.nonzero((standing_out >= wide) & (standing_out > settings.min_contrast))
    clear = standing_out[rows, cols]
    return [
        Candidate(
            xy=_STRIDE * (reach + np.array([cols[i], rows[i]], dtype=np.float64)),
            contrast=float(clear[i]),
        )
        for i in np.argsort(-clear)[: settings.max_candidates]
    ]


def _stand_out(lab: FloatArray, reach: int) -> FloatArray:
    """Least colour distance to eight places on a ring, for the pixels at least `reach` inside."""
    smooth = cv2.blur(lab, (_CORE_PX, _CORE_PX))
    h, w = smooth.shape[:2]
    centre = smooth[reach : h - reach, reach : w - reach]
    least = np.full(centre.shape[:2], np.inf, dtype=np.float32)
    for k in range(_DIRECTIONS):
        angle = 2.0 * np.pi * k / _DIRECTIONS
        dx, dy = round(reach * np.cos(angle)), round(reach * np.sin(angle))
        apart = smooth[reach + dy : h - reach + dy, reach + dx : w - reach + dx] - centre
        np.minimum(least, np.einsum("ijk,ijk->ij", apart, apart), out=least)
    return np.asarray(np.sqrt(least))


def measured(rgb: ImageArray, candidate: Candidate, settings: StickerSettings) -> Blob | None:
    """Outline a candidate; None if it is not a round spot of the right size."""
    size, contrast = settings.patch_torso_px, candidate.contrast
    at = (int(candidate.xy[0]), int(candidate.xy[1]))
    reach = round(1.35 * settings.ring * size)
    x0, y0 = max(0, at[0] - reach), max(0, at[1] - reach)
    lab = lab_of(np.ascontiguousarray(rgb[y0 : at[1] + reach + 1, x0 : at[0] + reach + 1]))
    low, high = (0.25 * np.pi * (d * size) ** 2 for d in settings.diameter)
    seed = (at[0] - x0, at[1] - y0)
    for share in _OUTLINES:
        apart = _distance(lab, seed)
        inside = _outline(apart, seed, share * contrast)
        area = float(inside.sum())
        if area > high or _touches_border(inside):
            continue
        if area < low or not _round(inside, area, settings):
            return None
        xy = _weighted_centre(inside, np.clip(1.0 - apart / contrast, 0.0, 1.0))
        colour = np.asarray(lab[inside].mean(axis=0), dtype=np.float64)
        return Blob(xy=xy + np.array([x0, y0]), colour=colour, contrast=contrast, area=area)
    return None


def _distance(lab: FloatArray, seed: tuple[int, int]) -> FloatArray:
    """Colour distance to what is around a pixel, shape (H, W)."""
    x, y = seed
    core = lab[y - 1 : y + 2, x - 1 : x + 2].reshape(-1, 3).mean(axis=0)
    off = lab - core
    return np.asarray(np.sqrt(np.einsum("ijk,ijk->ij", off, off)))


def _outline(apart: FloatArray, seed: tuple[int, int], limit: float) -> BoolArray:
    """Return the connected pixels around the seed that are like it."""
    _, labels = cv2.connectedComponents((apart < limit).astype(np.uint8), connectivity=4)
    own = labels[seed[1], seed[0]]
    return np.asarray((labels == own) & (own > 0))


def _weighted_centre(inside: BoolArray, weight: FloatArray) -> FloatArray:
    """Return the centre of a spot with soft edges: a pixel half covered counts half."""
    near = cv2.dilate(inside.astype(np.uint8), np.ones((3, 3), dtype=np.uint8))
    ys, xs = np.nonzero(near)
    w = weight[ys, xs]
    return np.array([float(w @ xs), float(w @ ys)]) / float(w.sum())


def alike_outside(rgb: ImageArray, pair: tuple[Blob, Blob], settings: StickerSettings) -> float:
    """Return the area of the pair's colour around the pair, over the area of the pair.

    Stickers are the only things of their colour there; the dots of a pattern are not.
    """
    a, b = pair
    margin = settings.lonely * settings.patch_torso_px
    x0, y0 = (max(0, round(float(v))) for v in np.minimum(a.xy, b.xy) - margin)
    x1, y1 = (round(float(v)) + 1 for v in np.maximum(a.xy, b.xy) + margin)
    lab = lab_of(np.ascontiguousarray(rgb[y0:y1, x0:x1]))
    alike = np.zeros(lab.shape[:2], dtype=bool)
    for blob in pair:
        off = lab - blob.colour.astype(np.float32)
        limit = _ALIKE * blob.contrast
        alike |= np.einsum("ijk,ijk->ij", off, off) < limit * limit
    rows, cols = np.arange(lab.shape[0])[:, None], np.arange(lab.shape[1])[None]
    for blob in pair:
        cx, cy = float(blob.xy[0]) - x0, float(blob.xy[1]) - y0
        alike &= (cols - cx) ** 2 + (rows - cy) ** 2 > 2.5 * blob.area / np.pi
    return float(alike.sum() / (a.area + b.area))


def _touches_border(inside: BoolArray) -> bool:
    return bool(inside[0].any() or inside[-1].any() or inside[:, 0].any() or inside[:, -1].any())


def _round(inside: BoolArray, area: float, settings: StickerSettings) -> bool:
    """Tell whether an outline is about as long as it is wide, and full."""
    ys, xs = np.nonzero(inside)
    x, y = xs - xs.mean(), ys - ys.mean()
    # a pixel is a square: its own second moment is 1/12
    xx, yy, xy = (
        float(x @ x) / x.size + 1 / 12,
        float(y @ y) / x.size + 1 / 12,
        float(x @ y) / x.size,
    )
    middle, spread = 0.5 * (xx + yy), float(np.hypot(0.5 * (xx - yy), xy))
    long2, short2 = middle + spread, max(middle - spread, 1e-6)
    ellipse = 4.0 * np.pi * float(np.sqrt(long2 * short2))
    return bool(
        np.sqrt(short2 / long2) >= settings.min_roundness
        and area / ellipse >= settings.min_solidity
    )

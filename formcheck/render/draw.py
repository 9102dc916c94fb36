"""Drawing primitives on RGB pictures: lines with a halo, markers, arcs, plates, text, icons.

Every function draws on the array it is given; annotators hand them a copy.
"""

import math
from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.assess import Verdict
from formcheck.data import FloatArray
from formcheck.render.palette import HALO, PLATE, WHITE, Rgb

Image = NDArray[np.uint8]
Point = tuple[float, float] | FloatArray

_SHIFT = 4  # sub-pixel bits of OpenCV's drawing functions
_ONE = 1 << _SHIFT


@cache
def _font() -> "cv2.FontFace":
    return cv2.FontFace("sans")


def _fixed(p: Point) -> tuple[int, int]:
    return round(float(p[0]) * _ONE), round(float(p[1]) * _ONE)


def finite(*points: Point) -> bool:
    """Tell whether every coordinate of every point is a number."""
    return all(math.isfinite(c) for p in points for c in p)


def line(
    image: Image, a: Point, b: Point, width_px: float, *, color: Rgb = WHITE, dashed: bool = False
) -> None:
    """Draw a line with a dark halo twice as wide; dashed on request."""
    if not finite(a, b):
        return
    pieces = _dashes(a, b, 5.0 * width_px) if dashed else [(a, b)]
    thick = max(1, round(width_px))
    for colour, t in ((HALO, max(thick + 2, round(2 * width_px))), (color, thick)):
        for p, q in pieces:
            cv2.line(image, _fixed(p), _fixed(q), colour, t, cv2.LINE_AA, _SHIFT)


def _dashes(a: Point, b: Point, dash_px: float) -> list[tuple[FloatArray, FloatArray]]:
    p, q = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    length = float(np.hypot(*(q - p)))
    n = max(1, round(length / (2 * dash_px)))
    if length == 0:
        return []
    t = np.linspace(0, 1, 2 * n + 1)
    return [(p + (q - p) * t[2 * i], p + (q - p) * t[2 * i + 1]) for i in range(n)] + [
        (p + (q - p) * t[-2] * 1.0 + (q - p) * (t[-1] - t[-2]) * 0.6, q)
    ]


def curve(image: Image, points: FloatArray, width_px: float, *, color: Rgb = WHITE) -> None:
    """Draw a smooth line through `points`, shape (N, 2), with one dark halo."""
    corners = np.array([_fixed(p) for p in points], dtype=np.int32)
    thick = max(1, round(width_px))
    for colour, t in ((HALO, thick + 2), (color, thick)):
        cv2.polylines(image, [corners], False, colour, t, cv2.LINE_AA, _SHIFT)


def joint(image: Image, at: Point, radius_px: float, *, square: bool, hollow: bool) -> None:
    """Draw a joint: square for the right side, round for the left; hollow where unsure."""
    if not finite(at):
        return
    r = max(2.0, radius_px)
    for colour, size in ((HALO, r + max(1.0, r / 3)), (WHITE, r)):
        thick = max(1, round(r / 2.5)) if hollow and colour == WHITE else cv2.FILLED
        _shape(image, at, size, square, colour, thick)
    if hollow:
        _shape(image, at, r * 0.55, square, HALO, cv2.FILLED)


def _shape(image: Image, at: Point, r: float, square: bool, color: Rgb, thick: int) -> None:
    if square:
        a = _fixed((float(at[0]) - r, float(at[1]) - r))
        b = _fixed((float(at[0]) + r, float(at[1]) + r))
        cv2.rectangle(image, a, b, color, thick, cv2.LINE_AA, _SHIFT)
    else:
        cv2.circle(image, _fixed(at), round(r * _ONE), color, thick, cv2.LINE_AA, _SHIFT)


def polygon(image: Image, points: Sequence[Point], *, color: Rgb, opacity: float) -> None:
    """Fill a polygon, see-through by ``1 - opacity``."""
    if not finite(*points):
        return
    corners = np.array([_fixed(p) for p in points], dtype=np.int32)
    mask = np.zeros(image.shape[:2], np.uint8)
    cv2.fillPoly(mask, [corners], 255, cv2.LINE_AA, _SHIFT)
    _blend(image, mask, color, opacity)


def _blend(image: Image, mask: NDArray[np.uint8], color: Rgb, opacity: float) -> None:
    rows, cols = np.nonzero(mask)
    if rows.size == 0:
        return
    box = np.s_[rows.min() : rows.max() + 1, cols.min() : cols.max() + 1]
    weight = (mask[box].astype(np.float32) / 255 * opacity)[..., None]
    blended = image[box] * (1 - weight) + np.array(color, np.float32) * weight
    image[box] = np.rint(blended).astype(np.uint8)


def fan(apex: Point, a_rad: float, b_rad: float, radius_px: float) -> list[tuple[float, float]]:
    """Return the corners of a pie slice from direction `a_rad` to `b_rad` (image axes, y down)."""
    angles = np.linspace(a_rad, b_rad, 25)
    x, y = float(apex[0]), float(apex[1])
    rim = [(x + radius_px * float(np.cos(t)), y + radius_px * float(np.sin(t))) for t in angles]
    return [(x, y), *rim]


def text_size(words: str, size_px: float, *, bold: bool = False) -> tuple[int, int]:
    """Return width and height of `words`, px."""
    box = cv2.getTextSize(
        (0, 0), words, (0, 0), _font(), max(6, round(size_px)), 700 if bold else 450
    )
    return int(box[2]), round(size_px)


def text(
    image: Image,
    words: str,
    baseline: Point,
    size_px: float,
    *,
    color: Rgb = WHITE,
    bold: bool = False,
) -> None:
    """Draw text whose left end of the baseline is at `baseline`."""
    at = round(float(baseline[0])), round(float(baseline[1]))
    size = max(6, round(size_px))
    cv2.putText(image, words, at, color, _font(), size, 700 if bold else 450)


def haloed_text(
    image: Image, words: str, baseline: Point, size_px: float, *, color: Rgb = WHITE
) -> None:
    """Draw bold text with a dark rim, for letters that stand on the picture itself."""
    x, y = float(baseline[0]), float(baseline[1])
    rim = max(1, round(size_px / 12))
    for dx in (-rim, 0, rim):
        for dy in (-rim, 0, rim):
            if dx or dy:
                text(image, words, (x + dx, y + dy), size_px, color=HALO, bold=True)
    text(image, words, (x, y), size_px, color=color, bold=True)


def plate(
    image: Image, box: tuple[float, float, float, float], opacity: float, color: Rgb = PLATE
) -> None:
    """Lay a dark see-through plate over ``(left, top, right, bottom)``."""
    h, w = image.shape[:2]
    left, right = (int(np.clip(round(v), 0, w)) for v in (box[0], box[2]))
    top, bottom = (int(np.clip(round(v), 0, h)) for v in (box[1], box[3]))
    if right <= left or bottom <= top:
        return
    if opacity >= 1:
        image[top:bottom, left:right] = color
        return
    area = image[top:bottom, left:right].astype(np.float32)
    mixed = area * (1 - opacity) + np.array(color, np.float32) * opacity
    image[top:bottom, left:right] = np.rint(mixed).astype(np.uint8)


def icon(image: Image, verdict: Verdict, center: Point, radius_px: float, color: Rgb) -> None:
    """Draw the verdict's own shape: circle with tick, triangle, or diamond with "!"."""
    x, y, r = float(center[0]), float(center[1]), radius_px
    dark = PLATE
    thick = max(1, round(r / 4.5))
    if verdict == "usual":
        cv2.circle(image, _fixed((x, y)), round(r * _ONE), color, cv2.FILLED, cv2.LINE_AA, _SHIFT)
        tick = [(x - 0.45 * r, y), (x - 0.1 * r, y + 0.4 * r), (x + 0.5 * r, y - 0.4 * r)]
        cv2.polylines(image, [_ints(tick)], False, dark, thick, cv2.LINE_AA, _SHIFT)
        return
    if verdict == "watch":
        corners = [(x, y - r), (x + r, y + 0.8 * r), (x - r, y + 0.8 * r)]
        bar = ((x, y - 0.25 * r), (x, y + 0.25 * r), (x, y + 0.55 * r))
    else:
        corners = [(x, y - r * 1.15), (x + r * 1.15, y), (x, y + r * 1.15), (x - r * 1.15, y)]
        bar = ((x, y - 0.6 * r), (x, y + 0.1 * r), (x, y + 0.5 * r))
    cv2.fillPoly(image, [_ints(corners)], color, cv2.LINE_AA, _SHIFT)
    cv2.line(image, _fixed(bar[0]), _fixed(bar[1]), dark, thick, cv2.LINE_AA, _SHIFT)
    cv2.circle(image, _fixed(bar[2]), round(thick * 0.6 * _ONE), dark, -1, cv2.LINE_AA, _SHIFT)


def _ints(points: Sequence[tuple[float, float]]) -> NDArray[np.int32]:
    return np.array([_fixed(p) for p in points], dtype=np.int32)


def wrap(words: Sequence[str], size_px: float, width_px: float, joiner: str) -> list[str]:
    """Break `words` into as few lines as fit into `width_px`, joined by `joiner`."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]}{joiner}{word}" if lines else word
        if lines and text_size(longer, size_px)[0] <= width_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines

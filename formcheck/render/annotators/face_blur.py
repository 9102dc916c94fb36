"""Pixelates the head, seen from any side: the ellipse comes from the head's place, not its face."""

from dataclasses import dataclass

import cv2
import numpy as np

from formcheck.data import FloatArray
from formcheck.render.context import ANNOTATORS, FrameContext
from formcheck.render.draw import Image
from formcheck.settings.render import RenderSettings


@dataclass(frozen=True, slots=True)
class FaceBlur:
    """Pixelate an ellipse over the head; the whole picture where nobody was found near its time."""

    layer: int = 0

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the head made unrecognisable."""
        found = context.head_px[np.isfinite(context.head_px).all(axis=1)]
        if found.shape[0] == 0:
            h, w = image.shape[:2]
            return _pixelate(image, (0, 0, w, h), max(8, h // 24))
        for head in found:
            image = self._blur(image, head, context.settings)
        return image

    @staticmethod
    def _blur(image: Image, head: FloatArray, settings: RenderSettings) -> Image:
        x, y, tall = (float(v) for v in head)
        ry = 0.5 * tall * settings.blur_margin
        rx = 0.9 * ry
        box = _clip_box(image, x - rx, y - ry, x + rx, y + ry)
        left, top, right, bottom = box
        if right <= left or bottom <= top:
            return image
        out = image.copy()
        coarse = _pixelate(image, box, max(3, round(tall / settings.blur_blocks)))
        mask = np.zeros(image.shape[:2], np.uint8)
        cv2.ellipse(mask, (round(x), round(y)), (round(rx), round(ry)), 0, 0, 360, 255, -1)
        inside = np.nonzero(mask)
        out[inside] = coarse[inside]
        return out


def _clip_box(
    image: Image, left: float, top: float, right: float, bottom: float
) -> tuple[int, int, int, int]:
    h, w = image.shape[:2]
    return (
        max(0, int(left)),
        max(0, int(top)),
        min(w, int(np.ceil(right)) + 1),
        min(h, int(np.ceil(bottom)) + 1),
    )


def _pixelate(image: Image, box: tuple[int, int, int, int], block_px: int) -> Image:
    """Return a copy with `box` averaged over blocks of `block_px`."""
    left, top, right, bottom = box
    out = image.copy()
    area = image[top:bottom, left:right]
    cols = max(1, round((right - left) / block_px))
    rows = max(1, round((bottom - top) / block_px))
    small = cv2.resize(area, (cols, rows), interpolation=cv2.INTER_AREA)
    size = (right - left, bottom - top)
    out[top:bottom, left:right] = cv2.resize(small, size, interpolation=cv2.INTER_NEAREST)
    return out


ANNOTATORS.add("face_blur", FaceBlur())

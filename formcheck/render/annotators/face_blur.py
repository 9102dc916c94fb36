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
            return _coarse(image, max(8, image.shape[0] // 24))
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
        area = out[top:bottom, left:right]
        mask = np.zeros(area.shape[:2], np.uint8)
        centre = round(x) - left, round(y) - top
        cv2.ellipse(mask, centre, (round(rx), round(ry)), 0, 0, 360, 255, -1)
        coarse = _coarse(area, max(3, round(tall / settings.blur_blocks)))
        cv2.copyTo(coarse, mask, area)
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


def _coarse(image: Image, block_px: int) -> Image:
    """Return a picture averaged over blocks of about `block_px`."""
    height, width = image.shape[:2]
    cells = max(1, round(width / block_px)), max(1, round(height / block_px))
    small = cv2.resize(image, cells, interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST), dtype=np.uint8
    )


ANNOTATORS.add("face_blur", FaceBlur())

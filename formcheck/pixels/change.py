"""How much the picture changes from one frame to the next: shows cuts, and pictures shown twice."""

from typing import Final

import cv2
import numpy as np

from formcheck.data import FloatArray
from formcheck.pose.backend import ImageArray

NAMES: Final = ("picture_change", "picture_change_spread")
_EVERY_PX: Final = 4
_BLOCKS: Final = (8, 8)


class ChangeMeter:
    """Compares each frame of one segment with the frame before it."""

    def __init__(self) -> None:
        self._index = -1
        self._last: ImageArray | None = None

    def frame(self, index: int, rgb: ImageArray) -> FloatArray:
        """Return the values of :data:`NAMES` for one frame, shape (2,).

        The first is the mean difference of brightness from the frame before, 0..255, over every
        fourth pixel of every fourth row (green, the bulk of brightness). The second is the median
        of that over the blocks of an 8 by 8 grid: a cut changes most of them, a caption or the
        runner a few. NaN where the frame before was not read.
        """
        now = rgb[::_EVERY_PX, ::_EVERY_PX, 1].copy()
        last, follows = self._last, index == self._index + 1
        self._index, self._last = index, now
        if last is None or not follows:
            return np.full(len(NAMES), np.nan)
        differs = cv2.absdiff(now, last).astype(np.float32)
        blocks = cv2.resize(differs, _BLOCKS, interpolation=cv2.INTER_AREA)
        return np.array([float(differs.mean()), float(np.median(blocks))])

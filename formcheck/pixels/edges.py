"""Straight edges of the room: door frames, skirting boards, treadmill uprights.

They tell how the camera was rolled; what is upright or level among them is judged later, from all
frames together (:mod:`formcheck.signals.roll`).
"""

import cv2
import numpy as np

from formcheck.data import FloatArray
from formcheck.pose.backend import Detection, ImageArray

_SIDE_PX = 800
_MIN_LENGTH = 0.06


def straight_edges(gray: ImageArray, people: tuple[Detection, ...]) -> FloatArray:
    """Return line segments away from people, shape (E, 4): x0, y0, x1, y1 in pixels of `gray`.

    Parameters
    ----------
    gray : ndarray of uint8, shape (H, W)
    people : tuple of Detection
        Segments whose middle lies in somebody's box are left out.
    """
    k = min(1.0, _SIDE_PX / max(gray.shape))
    size = max(1, round(gray.shape[1] * k)), max(1, round(gray.shape[0] * k))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(small)[0]
    if found is None:
        return np.empty((0, 4))
    lines = np.asarray(found, dtype=np.float64).reshape(-1, 4) / k
    lengths = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    lines = lines[lengths > _MIN_LENGTH * max(gray.shape)]
    middle = 0.5 * (lines[:, :2] + lines[:, 2:])
    for person in people:
        x0, y0, x1, y1 = person.box
        inside = (
            (middle[:, 0] > x0) & (middle[:, 0] < x1) & (middle[:, 1] > y0) & (middle[:, 1] < y1)
        )
        lines, middle = lines[~inside], middle[~inside]
    return np.asarray(lines)

"""Brightness, shake of the camera, and how sharp the feet are."""

import cv2
import numpy as np

from formcheck.data import BoolArray, FloatArray
from formcheck.keypoints import SIDES, index_of
from formcheck.pose.backend import Box, Detection, ImageArray, box_of
from formcheck.surface.probe import Picture

NAMES = (
    "luma_mean",
    "luma_dark_pct",
    "luma_blown_pct",
    "camera_shift_x_px",
    "camera_shift_y_px",
)
PERSON_NAMES = ("foot_sharpness",)
_DARK, _BLOWN = 16, 250
_MIN_TRACKED = 8
_AGREE_PX, _AGREE_SHARE = 1.0, 0.6
_BODY_MARGIN = 0.12
_FEET = [index_of(side, joint) for side in SIDES for joint in ("ankle", "heel", "foot_index")]


class LightMeter:
    """Judges some of the frames of one segment.

    Parameters
    ----------
    side_px : int
        Longer side of the small picture that is judged.
    judged : ndarray of bool, shape (T,)
        Which frames of the clip are.
    clip_px_per_px : float
        Pixels of the clip per pixel of the pictures given.
    """

    def __init__(self, side_px: int, judged: BoolArray, clip_px_per_px: float) -> None:
        self._side_px = side_px
        self._judged = judged
        self._clip_px_per_px = clip_px_per_px
        self._last: ImageArray | None = None

    def frame(self, index: int, picture: Picture, people: tuple[Detection, ...]) -> FloatArray:
        """Return the values of :data:`NAMES` for one frame, shape (5,), NaN if not judged.

        The shift is that since the last frame judged, so that shifts add up to a path.
        """
        if not self._judged[index]:
            return np.full(len(NAMES), np.nan)
        gray = picture.gray
        k = min(1.0, self._side_px / max(gray.shape))
        size = max(1, round(gray.shape[1] * k)), max(1, round(gray.shape[0] * k))
        small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        boxes = [_scaled(p.box, k) for p in people]
        shift = np.full(2, np.nan)
        if self._last is not None:
            shift = background_shift(self._last, small, boxes) / k * self._clip_px_per_px
        self._last = small
        shares = np.cumsum(np.bincount(small.ravel(), minlength=256)) / small.size
        return np.array(
            [
                float(cv2.mean(small)[0]),
                100 * shares[_DARK - 1],
                100 * (1 - shares[_BLOWN]),
                *shift,
            ]
        )


def foot_sharpness(rgb: ImageArray, person: Detection) -> float:
    """Return the variance of the Laplacian of the luma around both feet, NaN if out of sight.

    Only ratios within a clip have a meaning: a foot that moves fast in poor light is blurred where
    the standing one is not.
    """
    x0, y0, x1, y1 = box_of(person.xy_px[_FEET])
    part = rgb[max(0, int(y0)) : max(0, int(y1)), max(0, int(x0)) : max(0, int(x1))]
    if min(part.shape[:2]) < 8:
        return float("nan")
    luma = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
    _, deviation = cv2.meanStdDev(cv2.Laplacian(luma, cv2.CV_16S))
    return float(deviation[0, 0]) ** 2


def background_shift(before: ImageArray, now: ImageArray, boxes: list[Box]) -> FloatArray:
    """Return the median motion of the picture outside `boxes`, shape (2,), pixels.

    A treadmill's belt or a passer-by moves too, hence the median over corners spread over the
    picture; NaN with too few corners to judge by, or where they do not agree: in a plain room most
    corners may lie on a jumper's hair or shadow.
    """
    mask = np.full(before.shape, 255, dtype=np.uint8)
    for box in boxes:
        x0, y0, x1, y1 = _widened(box)
        mask[max(0, int(y0)) : max(0, int(y1) + 1), max(0, int(x0)) : max(0, int(x1) + 1)] = 0
    corners: FloatArray | None = cv2.goodFeaturesToTrack(before, 60, 0.02, 6, mask=mask)  # type: ignore[assignment]  # None where none is found
    if corners is None or len(corners) < _MIN_TRACKED:
        return np.full(2, np.nan)
    moved, ok, _ = cv2.calcOpticalFlowPyrLK(
        before,
        now,
        corners,
        None,
        winSize=(9, 9),
        maxLevel=2,  # type: ignore[call-overload]
    )
    good = ok.ravel() == 1
    if good.sum() < _MIN_TRACKED:
        return np.full(2, np.nan)
    shifts = (moved - corners)[good].reshape(-1, 2).astype(np.float64)
    common = np.median(shifts, axis=0)
    agree = np.linalg.norm(shifts - common, axis=1) < _AGREE_PX
    return np.asarray(common) if agree.mean() >= _AGREE_SHARE else np.full(2, np.nan)


def _widened(box: Box) -> Box:
    """Return a box with room for hair and hands, which lie beyond the landmarks."""
    margin = _BODY_MARGIN * (box[3] - box[1])
    return box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin


def _scaled(box: Box, k: float) -> Box:
    return box[0] * k, box[1] * k, box[2] * k, box[3] * k

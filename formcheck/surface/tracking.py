"""Points followed from one frame to the next: pyramidal Lucas-Kanade on equalised trunks."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.data import BoolArray, FloatArray
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.probe import ImageArray
from formcheck.surface.strips import Torso

# half size of the cut-out around the middle of the torso, in torso lengths: the strips and room
# for Lucas-Kanade's window and the motion between two frames
_HALF_WIDTH, _HALF_HEIGHT = 0.75, 1.15


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cutout:
    """Two frames' trunks in one common frame, equalised.

    Attributes
    ----------
    scale : float
        Pixels of the cut-out per pixel of the picture (1 or less).
    origin_px : ndarray of float, shape (2,)
        Picture position of the cut-out's corner.
    before, after : ndarray of uint8, shape (h, w)
    """

    scale: float
    origin_px: FloatArray
    before: ImageArray
    after: ImageArray

    def inside(self, points_px: FloatArray) -> FloatArray:
        """Return picture positions as positions in the cut-out, shape (N, 2)."""
        return (points_px - self.origin_px) * self.scale


def cut_out(
    before: ImageArray,
    after: ImageArray,
    torsos: tuple[Torso, Torso],
    settings: SurfaceSettings,
) -> Cutout:
    """Cut the trunk out of two frames with the *same* window, so that no motion is added."""
    length = 0.5 * (torsos[0].length_px + torsos[1].length_px)
    centre = 0.5 * (torsos[0].centre_px + torsos[1].centre_px)
    half = np.array([_HALF_WIDTH, _HALF_HEIGHT]) * length
    return cut_window(before, after, centre, half, length, settings)


def cut_window(
    before: ImageArray,
    after: ImageArray,
    centre_px: FloatArray,
    half_px: FloatArray,
    torso_px: float,
    settings: SurfaceSettings,
) -> Cutout:
    """Cut the same window out of two frames.

    Parameters
    ----------
    centre_px, half_px : ndarray of float, shape (2,)
        Middle and half size of the window in the picture.
    torso_px : float
        Torso length: larger people are scaled down.
    """
    scale = min(1.0, settings.target_torso_px / torso_px)
    size = tuple(int(v) for v in np.ceil(2 * half_px * scale))
    origin = centre_px - half_px
    window = np.array([[scale, 0.0, -scale * origin[0]], [0.0, scale, -scale * origin[1]]])
    sigma = max(1.0, settings.equalise_sigma * torso_px * scale)
    images = []
    for image in (before, after):
        cut = cv2.warpAffine(
            image, window, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        images.append(_equalise(np.asarray(cut, dtype=np.uint8), sigma, settings.equalise_floor))
    return Cutout(scale=scale, origin_px=origin, before=images[0], after=images[1])


def _equalise(cut: ImageArray, sigma: float, floor: float) -> ImageArray:
    """Subtract the local mean and divide by the local contrast: light and dark cloth count alike.

    The floor keeps sensor noise on plain cloth from being blown up to a pattern.
    """
    image = cut.astype(np.float32)
    detail = image - _blurred(image, sigma)
    contrast = np.sqrt(_blurred(detail * detail, sigma)) + np.float32(floor)
    return np.asarray(np.clip(128.0 + 48.0 * detail / contrast, 0, 255), dtype=np.uint8)


def _blurred(image: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Return a Gaussian blur; a wide one is made on a smaller picture, twenty times faster."""
    k = max(1, int(0.5 * sigma))
    height, width = image.shape
    small = cv2.resize(image, (-(-width // k), -(-height // k)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / k)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def follow(
    cut: Cutout, points_px: FloatArray, guess_px: FloatArray, settings: SurfaceSettings
) -> tuple[FloatArray, FloatArray]:
    """Follow points from the first frame of a cut-out to the second and back.

    Parameters
    ----------
    cut : Cutout
    points_px : ndarray of float, shape (N, 2)
        Picture positions in the first frame.
    guess_px : ndarray of float, shape (2,)
        Expected common motion (from the landmarks).
    settings : SurfaceSettings

    Returns
    -------
    motion_px : ndarray of float, shape (N, 2)
        Picture pixels.
    weight : ndarray of float, shape (N,)
        Trackability 0..1 from the smaller eigenvalue of the structure tensor; 0 where the way
        back does not end where it began.
    """
    start = cut.inside(points_px).astype(np.float32)
    height, width = cut.before.shape
    ok = ((start > 2) & (start < np.array([width - 3, height - 3]))).all(axis=1)
    guess = (start + guess_px * cut.scale).astype(np.float32)
    there, found = _lucas_kanade((cut.before, cut.after), start, guess, settings)
    back, returned = _lucas_kanade((cut.after, cut.before), there, start, settings)
    ok &= found & returned
    ok &= np.linalg.norm(back - start, axis=1) < settings.max_return_px
    strength = np.asarray(cv2.cornerMinEigenVal(cut.before, settings.window_px, ksize=3))
    at = np.clip(np.round(start).astype(int), 0, np.array([width - 1, height - 1]))
    eigen = strength[at[:, 1], at[:, 0]].astype(np.float64)
    weight = np.where(ok, eigen / (eigen + settings.half_trackability), 0.0)
    return (there - start).astype(np.float64) / cut.scale, weight


def _lucas_kanade(
    images: tuple[ImageArray, ImageArray],
    start: NDArray[np.float32],
    guess: NDArray[np.float32],
    settings: SurfaceSettings,
) -> tuple[NDArray[np.float32], BoolArray]:
    end, found, _ = cv2.calcOpticalFlowPyrLK(
        images[0],
        images[1],
        start[:, None],
        guess[:, None].copy(),
        winSize=(settings.window_px, settings.window_px),
        maxLevel=settings.pyramid_levels,
        flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
        criteria=(cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 20, 0.01),
        minEigThreshold=1e-5,
    )
    return np.asarray(end, dtype=np.float32)[:, 0], np.asarray(found)[:, 0] > 0

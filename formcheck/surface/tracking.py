"""Points followed from one frame to the next: pyramidal Lucas-Kanade on equalised trunks."""

import math
from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.data import FloatArray
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.probe import ImageArray

_LENGTH_STEP = 1.1


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a part of the body is cut out; the same for two pictures that are compared.

    Attributes
    ----------
    px_per_px : float
        Pixels of the cut-out per pixel of the picture (1 or less).
    size_px : tuple of int
        Width and height of the cut-out.
    sigma_px : float
        Local contrast is taken over this, pixels of the cut-out.
    """

    px_per_px: float
    size_px: tuple[int, int]
    sigma_px: float

    @classmethod
    def of(
        cls, torso_px: float, half_torsos: tuple[float, float], settings: SurfaceSettings
    ) -> Self:
        """Return the scale for a body.

        Parameters
        ----------
        torso_px : float
            Length of the torso, rounded up here to one of a few lengths 10 % apart.
        half_torsos : tuple of float
            Half width and height of the cut-out, torso lengths.
        settings : SurfaceSettings
        """
        length = _LENGTH_STEP ** math.ceil(math.log(torso_px, _LENGTH_STEP))
        scale = min(1.0, settings.target_torso_px / length)
        width, height = (math.ceil(2 * half * length * scale) for half in half_torsos)
        return cls(scale, (width, height), max(1.0, settings.equalise_sigma * length * scale))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cutout:
    """A part of one picture, equalised.

    Its pixels lie at whole multiples of ``1 / px_per_px`` of the picture, wherever the body is:
    between two cut-outs of one scale only the picture's own motion shows.

    Attributes
    ----------
    scale : Scale
    corner : ndarray of float, shape (2,)
        Place of its first pixel, in scaled pixels of the picture (whole numbers).
    image : ndarray of uint8, shape (h, w)
    """

    scale: Scale
    corner: FloatArray
    image: ImageArray

    def inside(self, points_px: FloatArray) -> NDArray[np.float32]:
        """Return picture positions as positions in the cut-out, shape (N, 2)."""
        return (points_px * self.scale.px_per_px - self.corner).astype(np.float32)

    def outside(self, points: NDArray[np.float32]) -> FloatArray:
        """Return positions in the cut-out as picture positions, shape (N, 2)."""
        return np.asarray((points + self.corner) / self.scale.px_per_px)


def cut_out(
    gray: ImageArray, centre_px: FloatArray, scale: Scale, settings: SurfaceSettings
) -> Cutout:
    """Cut a part out of a picture."""
    k = scale.px_per_px
    corner = np.round(centre_px * k - 0.5 * np.array(scale.size_px))
    window = np.array([[k, 0.0, -corner[0]], [0.0, k, -corner[1]]])
    cut = cv2.warpAffine(
        gray, window, scale.size_px, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    image = _equalise(np.asarray(cut, dtype=np.uint8), scale.sigma_px, settings.equalise_floor)
    return Cutout(scale=scale, corner=corner, image=image)


def _equalise(cut: ImageArray, sigma: float, floor: float) -> ImageArray:
    """Subtract the local mean and divide by the local contrast: light and dark cloth count alike.

    The floor keeps sensor noise on plain cloth from being blown up to a pattern.
    """
    image = cut.astype(np.float32)
    detail = image - _blurred(image, sigma)
    contrast = np.sqrt(_blurred(detail * detail, sigma)) + np.float32(floor)
    return np.asarray(np.clip(128.5 + 48.0 * detail / contrast, 0, 255), dtype=np.uint8)


def _blurred(image: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Return a Gaussian blur; a wide one is made on a smaller picture, twenty times faster."""
    k = max(1, int(0.5 * sigma))
    height, width = image.shape
    small = cv2.resize(image, (-(-width // k), -(-height // k)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / k)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def follow(
    before: Cutout,
    after: Cutout,
    points_px: FloatArray,
    guess_px: FloatArray,
    settings: SurfaceSettings,
) -> tuple[FloatArray, FloatArray]:
    """Follow points from one cut-out to another of the same scale, and back.

    Parameters
    ----------
    before, after : Cutout
    points_px : ndarray of float, shape (N, 2)
        Picture positions in the first picture.
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
    start = before.inside(points_px)
    height, width = before.image.shape
    ok = ((start > 2) & (start < np.array([width - 3, height - 3]))).all(axis=1)
    guess = after.inside(points_px + guess_px)
    there, strength = _lucas_kanade(before, after, start, guess, settings.pyramid_levels, settings)
    # the way back begins where it should end: no pyramid is needed to find that it does not
    back, returned = _lucas_kanade(after, before, there, start, 0, settings)
    ok &= (strength > 0) & (returned > 0)
    ok &= np.linalg.norm(back - start, axis=1) < settings.max_return_px
    weight = np.where(ok, strength / (strength + settings.half_trackability), 0.0)
    return after.outside(there) - before.outside(start), weight


def _lucas_kanade(
    before: Cutout,
    after: Cutout,
    start: NDArray[np.float32],
    guess: NDArray[np.float32],
    levels: int,
    settings: SurfaceSettings,
) -> tuple[NDArray[np.float32], FloatArray]:
    """Return where points went and how well they can be told (smaller eigenvalue; 0 if lost)."""
    end, found, strength = cv2.calcOpticalFlowPyrLK(
        before.image,
        after.image,
        start[:, None],
        guess[:, None].copy(),
        winSize=(settings.window_px, settings.window_px),
        maxLevel=levels,
        flags=cv2.OPTFLOW_USE_INITIAL_FLOW | cv2.OPTFLOW_LK_GET_MIN_EIGENVALS,
        criteria=(cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 20, 0.01),
        minEigThreshold=1e-5,
    )
    kept = np.where(np.asarray(found)[:, 0] > 0, np.asarray(strength)[:, 0], 0.0)
    return np.asarray(end, dtype=np.float32)[:, 0], kept.astype(np.float64)

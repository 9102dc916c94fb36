"""Lens softness, vignetting, exposure drift and signal-dependent noise."""

import cv2
import numpy as np
import numpy.typing as npt

PAD_PX = 32


class Sensor:
    """Turns rendered pictures into camera pictures.

    Parameters
    ----------
    width_px, height_px : int
        Size of the picture.
    noise : float
        Standard deviation of the noise in grey levels for a bright pixel, about.
    soft_px : float
        Blur of the lens.
    seed : int
        Of the noise.
    """

    def __init__(
        self,
        width_px: int,
        height_px: int,
        noise: float = 2.2,
        soft_px: float = 0.55,
        seed: int = 7,
    ) -> None:
        self.rng = np.random.default_rng(seed)
        w, h = width_px, height_px
        y, x = np.mgrid[0:h, 0:w]
        r2 = ((x - w / 2) ** 2 + (y - h / 2) ** 2) / (w * w + h * h) * 4
        self.vignette = (1 - 0.16 * r2)[..., None].astype("f4")
        self.noise, self.soft_px = noise, soft_px
        shape = (h + PAD_PX, w + PAD_PX)
        self.bank = [
            self.rng.standard_normal((*shape, 1), dtype="f4") * 0.8
            + self.rng.standard_normal((*shape, 3), dtype="f4") * 0.5
            for _ in range(2)
        ]
        self.count = 0

    def __call__(self, picture: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
        """Expose one picture, shape (H, W, 3), values 0..255."""
        h, w = picture.shape[:2]
        if self.soft_px:
            picture = cv2.GaussianBlur(picture, (0, 0), self.soft_px)
        drift = 1 + 0.006 * np.sin(self.count * 0.21)
        picture = picture * (self.vignette * np.float32(drift))
        dy, dx = self.rng.integers(0, PAD_PX, 2)
        noise = self.bank[self.count % 2][dy : dy + h, dx : dx + w]
        if self.rng.random() < 0.5:
            noise = noise[:, ::-1]
        self.count += 1
        level = np.sqrt(np.maximum(picture, 0) / 255) * np.float32(0.9) + np.float32(0.55)
        return np.clip(picture + noise * (np.float32(self.noise) * level), 0, 255).astype("u1")

"""Procedural textures: noise, wall, floor and belt."""

import numpy as np

from sample_videos.render.meshes import FloatArray

SIZE_PX = 512


def value_noise(
    rng: np.random.Generator,
    octaves: tuple[int, ...],
    persistence: float = 0.55,
    stretch: float = 1.0,
) -> FloatArray:
    """Periodic value noise in 0..1, shape (SIZE_PX, SIZE_PX)."""
    n = SIZE_PX
    out, amplitude = np.zeros((n, n)), 1.0
    for octave in octaves:
        g = rng.random((octave, max(1, int(octave * stretch))))
        g = np.concatenate([g, g[:1]], 0)
        g = np.concatenate([g, g[:, :1]], 1)
        y = np.linspace(0, g.shape[0] - 1, n, endpoint=False)
        x = np.linspace(0, g.shape[1] - 1, n, endpoint=False)
        yi, xi = y.astype(int), x.astype(int)
        fy, fx = (y - yi)[:, None], (x - xi)[None]
        fy, fx = fy * fy * (3 - 2 * fy), fx * fx * (3 - 2 * fx)
        a = g[yi][:, xi] * (1 - fx) + g[yi][:, xi + 1] * fx
        b = g[yi + 1][:, xi] * (1 - fx) + g[yi + 1][:, xi + 1] * fx
        out += amplitude * (a * (1 - fy) + b * fy)
        amplitude *= persistence
    out -= out.min()
    return out / out.max()


def _wall(rng: np.random.Generator, seed: int) -> FloatArray:
    n = SIZE_PX
    shade = 0.90 + 0.07 * value_noise(rng, (4, 16, 64, 256), 0.7) + 0.03 * rng.random((n, n))
    w = np.ones((n, n, 3)) * shade[..., None]
    y, x = np.mgrid[0:n, 0:n]
    if seed % 3 == 1:  # bricks
        row = y // 16
        shifted = x + (row % 2) * 20
        joint = ((y % 16) < 2) | ((shifted % 40) < 2)
        tone = rng.random((n // 16 + 1, 64))[row, shifted // 40 % 64]
        w *= np.where(joint, 0.80, 0.72 + 0.25 * tone)[..., None]
    elif seed % 3 == 2:  # panels
        w *= np.where((x % 128) < 3, 0.6, 1)[..., None]
    return w


def _floor(rng: np.random.Generator, seed: int) -> FloatArray:
    n = SIZE_PX
    y = np.mgrid[0:n, 0:n][0]
    if seed % 2:  # planks
        tone = rng.random(20)[y // 32 % 20]
        f = 0.62 + 0.25 * tone + 0.2 * value_noise(rng, (8, 64), 0.6, 0.15).T
        return f[..., None] * np.array([1, 0.82, 0.62]) * np.where((y % 32) < 1, 0.55, 1)[..., None]
    speckle = 0.22 * (rng.random((n, n)) > 0.975)
    return (0.42 + 0.10 * value_noise(rng, (8, 32), 0.6) + speckle)[..., None] * np.ones(3)


def textures(seed: int) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Noise (grey), wall, floor and belt (colour), values 0..1."""
    rng = np.random.default_rng(seed)
    n = SIZE_PX
    noise = value_noise(rng, (8, 16, 32, 64, 128), 0.6)
    wall, floor = _wall(rng, seed), _floor(rng, seed)
    grain = 0.045 + 0.03 * rng.random((n, n)) + 0.02 * value_noise(rng, (16, 64), 0.6)
    belt = grain[..., None] * np.ones(3)
    belt[60:66, 60:452] = 0.35  # a mark across the belt
    return noise, wall, floor, belt.transpose(1, 0, 2).copy()

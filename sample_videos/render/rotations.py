"""Small rotations and interpolation curves. World: X forward, Y left, Z up."""

from collections.abc import Sequence

import numpy as np

from sample_videos.render.meshes import FloatArray

DEG = np.pi / 180
GRAVITY_MPS2 = 9.81


def about_x(a: float) -> FloatArray:
    """Turn about the forward axis; positive lifts the left side."""
    c, s = np.cos(a), np.sin(a)
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def about_z(a: float) -> FloatArray:
    """Turn about the vertical; positive turns to the left."""
    c, s = np.cos(a), np.sin(a)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def pitch(a: float) -> FloatArray:
    """Pitch; positive lifts the toes or leans back."""
    c, s = np.cos(a), np.sin(a)
    return np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]])


def about_axis(axis: FloatArray, a: float) -> FloatArray:
    """Turn by ``a`` about a unit vector (Rodrigues)."""
    x, y, z = axis
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(a) * k + (1 - np.cos(a)) * (k @ k)


def unit(v: FloatArray) -> FloatArray:
    """Scale to length 1."""
    return v / np.sqrt(v @ v)


def cross(a: FloatArray, b: FloatArray) -> FloatArray:
    """Cross product of two 3-vectors, without numpy's overhead."""
    return np.array(
        [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
    )


def axes(d: FloatArray, n: FloatArray) -> FloatArray:
    """Orthonormal columns: d, n made orthogonal to d, d x n."""
    d = unit(d)
    n = unit(n - d * (n @ d))
    return np.stack([d, n, cross(d, n)], 1)


def hermite(t: float, ts: Sequence[float], ys: Sequence[float], slopes: Sequence[float]) -> float:
    """Piecewise cubic Hermite curve through (ts, ys) with the given slopes."""
    i = 0
    while i < len(ts) - 2 and t > ts[i + 1]:
        i += 1
    h = ts[i + 1] - ts[i]
    u = (t - ts[i]) / h
    return float(
        (1 + 2 * u) * (1 - u) ** 2 * ys[i]
        + u * (1 - u) ** 2 * h * slopes[i]
        + u * u * (3 - 2 * u) * ys[i + 1]
        + u * u * (u - 1) * h * slopes[i + 1]
    )


def smooth(u: float) -> float:
    """Quintic step from 0 to 1 with zero speed and acceleration at both ends."""
    u = min(max(u, 0.0), 1.0)
    return u * u * u * (10 - 15 * u + 6 * u * u)

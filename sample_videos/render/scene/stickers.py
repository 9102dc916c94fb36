"""Two round stickers over the PSIS, on the back of a tight waistband.

They are small meshes of their own that move with the pelvis. The cloth around them is tied to the
pelvis too, as an elastic waistband is; away from it the clothes keep their own skin weights.
"""

from dataclasses import dataclass

import numpy as np

from sample_videos.render.meshes import FloatArray, IntArray
from sample_videos.render.skeleton import Skeleton
from sample_videos.render.tailoring import SIDE_SIGN, Part

MATERIAL = 9
RADIUS_M = 0.014
_LIFT_M = 0.0025
_RINGS, _SPOKES = 4, 24
_SMOOTH_M = 0.006
_NEAREST = 10
#: Height above the hip joints over which the cloth is tied to the pelvis: fades in, all, fades out.
_BAND_M = (0.03, 0.065, 0.115, 0.17)
_TRUNK = ("root", "pelvis", "spine", "upperleg")


@dataclass(frozen=True)
class Extra:
    """Vertices to be drawn beside the body's, tied to one bone.

    Attributes
    ----------
    v, n : ndarray, shape (N, 3)
        Places and normals in the rest pose.
    f : ndarray of int, shape (F, 3)
        Triangles, counted from 0.
    """

    v: FloatArray
    n: FloatArray
    f: IntArray


def waistband_share(skeleton: Skeleton, v: FloatArray, main_bone: list[str]) -> FloatArray:
    """Return how much of each vertex moves with the pelvis whatever its skin weights say.

    Parameters
    ----------
    v : ndarray, shape (N, 3)
        Rest places.
    main_bone : list of str, length N
        The bone with the largest weight: hands hang beside the hips in the rest pose.

    Returns
    -------
    ndarray, shape (N,)
        0..1.
    """
    up = v[:, 2] - skeleton.joint("upperleg01.L")[2]
    share = np.interp(up, _BAND_M, [0.0, 1.0, 1.0, 0.0])
    return np.where([b.startswith(_TRUNK) for b in main_bone], share, 0.0)


def discs(skeleton: Skeleton, shown: IntArray) -> Extra:
    """Return both stickers, draped over the outermost garment.

    Parameters
    ----------
    skeleton : Skeleton
        Whose body.
    shown : ndarray of int
        The body's vertices that are drawn.
    """
    b = skeleton.data
    cloth = shown[np.isin(b["part"][shown], (Part.SHIRT, Part.SHORTS, Part.LEGGINGS))]
    v, n, f = [], [], []
    for k, side in enumerate(SIDE_SIGN):
        psis = b[f"psis_{side}"]
        near = cloth[np.linalg.norm(b["v"][cloth] - psis, axis=1) < 0.06]
        disc_v, disc_n = _draped(psis, b["v"][near], b["n"][near])
        v.append(disc_v)
        n.append(disc_n)
        f.append(_faces() + k * len(disc_v))
    return Extra(np.concatenate(v), np.concatenate(n), np.concatenate(f))


def _draped(psis: FloatArray, cloth: FloatArray, normals: FloatArray) -> tuple[FloatArray, ...]:
    out = normals.mean(0) / np.linalg.norm(normals.mean(0))
    across = np.cross([0.0, 0.0, 1.0], out)
    across /= np.linalg.norm(across)
    up = np.cross(out, across)
    radius = np.repeat(np.linspace(0, RADIUS_M, _RINGS + 1)[1:], _SPOKES)
    angle = np.tile(2 * np.pi * np.arange(_SPOKES) / _SPOKES, _RINGS)
    flat = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)
    flat = np.concatenate([np.zeros((1, 2)), flat])
    on_plane = np.stack([(cloth - psis) @ across, (cloth - psis) @ up], 1)
    height = (cloth - psis) @ out
    # the outermost layer: the highest vertices within a fingertip's breadth
    far = np.linalg.norm(on_plane[None] - flat[:, None], axis=2)
    top = np.array([height[np.argsort(d)[:_NEAREST]].max() for d in far])
    apart = np.linalg.norm(flat[None] - flat[:, None], axis=2)
    close = np.exp(-0.5 * (apart / _SMOOTH_M) ** 2)
    lift = (close * top).sum(1) / close.sum(1) + _LIFT_M
    v = psis + flat[:, :1] * across + flat[:, 1:] * up + lift[:, None] * out
    return v, np.tile(out, (len(v), 1))


def _faces() -> IntArray:
    first = np.arange(_SPOKES)
    then = (first + 1) % _SPOKES
    out = [np.stack([np.zeros(_SPOKES, int), 1 + first, 1 + then], 1)]
    for ring in range(_RINGS - 1):
        a, b = 1 + ring * _SPOKES, 1 + (ring + 1) * _SPOKES
        out.append(np.stack([a + first, b + first, b + then], 1))
        out.append(np.stack([a + first, b + then, a + then], 1))
    return np.concatenate(out)

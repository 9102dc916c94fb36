"""The landmarks of a mirrored picture."""

import numpy as np

from formcheck.data import FloatArray
from formcheck.keypoints import SWAP


def mirrored(
    xy_px: FloatArray, world_m: FloatArray, visibility: FloatArray, width_px: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return landmarks as the mirrored picture shows them, the sides' names exchanged.

    Parameters
    ----------
    xy_px : ndarray of float, shape (..., 33, 2)
    world_m : ndarray of float, shape (..., 33, 3)
    visibility : ndarray of float, shape (..., 33)
    width_px : int
        Of the picture.

    Returns
    -------
    xy_px, world_m, visibility : ndarray of float
        Of the same shapes.
    """
    order = list(SWAP)
    xy, world = np.array(xy_px[..., order, :]), np.array(world_m[..., order, :])
    xy[..., 0] = width_px - xy[..., 0]
    world[..., 0] *= -1
    return xy, world, visibility[..., order]

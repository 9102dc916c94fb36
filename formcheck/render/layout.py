"""Finding free room on a picture for plates and insets."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from formcheck.data import FloatArray
from formcheck.keypoints import BONES, INDEX
from formcheck.render.context import FrameContext
from formcheck.render.draw import Image

Box = tuple[float, float, float, float]

_LINKS: Final = (*BONES, ("left_shoulder", "right_hip"), ("right_shoulder", "left_hip"))
_WEIGHT: Final = 8  # a hidden joint of the measured leg counts as much as a hidden limb
_ALONG: Final = np.linspace(0, 1, 9)
_RIM: Final = 0.5 * np.array([(x, y) for x in (-1, -0.5, 0, 0.5, 1) for y in (-1, 0, 1)])


def body_points(context: FrameContext) -> FloatArray:
    """Return points spread along the limbs and across the trunk, shape (N, 2), px, none NaN."""
    a = context.xy_px[[INDEX[p] for p, _ in _LINKS]][:, None]
    b = context.xy_px[[INDEX[q] for _, q in _LINKS]][:, None]
    points = (a + (b - a) * _ALONG[None, :, None]).reshape(-1, 2)
    heads = context.head_px[:, None, :2] + context.head_px[:, None, 2:] * _RIM
    points = np.vstack([points, heads.reshape(-1, 2)])
    if context.side is not None:  # what is measured there must stay in sight
        joints = [context.point(context.side, j) for j in ("hip", "knee", "ankle")]
        points = np.vstack([points, np.repeat(joints, _WEIGHT, axis=0)])
    return np.asarray(points[np.isfinite(points).all(axis=1)])


def free_box(
    image: Image,
    context: FrameContext,
    size_px: tuple[float, float],
    tall: float,
    taken: Iterable[Box] = (),
) -> Box:
    """Return the place for a box of `size_px` that hides least of the body, low places first.

    Parameters
    ----------
    size_px : (width, height)
    tall : float
        Text height, px: margins are multiples of it.
    taken : iterable of (left, top, right, bottom)
        Places already used.
    """
    h, w = image.shape[:2]
    bottom = (context.bottom_px or h - 1.5 * tall) - 0.5 * tall
    wide, high = size_px
    gap, top = 0.5 * tall, 3.2 * tall
    around = 1.2 * tall  # a body is wider than its landmarks
    rows = np.linspace(bottom - high, max(top, min(top, bottom - high)), 9)
    points = body_points(context)
    used = tuple(taken)

    def cost(box: Box) -> float:
        near = (
            (points[:, 0] > box[0] - around)
            & (points[:, 0] < box[2] + around)
            & (points[:, 1] > box[1] - around)
            & (points[:, 1] < box[3] + around)
        )
        return float(near.sum()) + 1000.0 * sum(_overlap(box, u) for u in used)

    spots = [(x, float(y), x + wide, float(y) + high) for y in rows for x in (gap, w - wide - gap)]
    left, y0, right, y1 = min(spots, key=cost)
    shift = max(0.0, -left)
    return left + shift, y0, right + shift, y1


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]

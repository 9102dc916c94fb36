"""A second look at the few pictures a value hangs on: the larger model, the picture and its mirror.

In front view the model leans to one side (the shoulder line of somebody who stands square reads 4
degrees with ``full`` and 11 with ``heavy``, turned the other way in the mirrored picture), and the
knee's place in a deep squat wanders. Averaging a picture with its mirror image removes the first,
the larger model much of the second. Far too slow for every picture (130 ms), but a squat hangs on
a dozen.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol, runtime_checkable

import numpy as np

from formcheck.data import FloatArray
from formcheck.pose.backend import Detection, ImageArray
from formcheck.pose.mirror import mirrored

MAX_OFF_TORSOS: Final = 0.5
"""A person farther than this from the landmarks known already is somebody else."""
_TRUNK: Final = (11, 12, 23, 24)


@runtime_checkable
class Looker(Protocol):
    """Finds the people in a single picture."""

    def look(self, rgb: ImageArray) -> tuple[Detection, ...]:
        """Return the people in a picture, shape (H, W, 3)."""
        ...


def seen_both_ways(looker: Looker, rgb: ImageArray, known_px: FloatArray) -> Detection | None:
    """Return the mean of what is seen of a person in a picture and in its mirror image.

    Parameters
    ----------
    looker : Looker
    rgb : ndarray of uint8, shape (H, W, 3)
    known_px : ndarray of float, shape (33, 2)
        Where the person is, roughly.

    Returns
    -------
    Detection or None
        None if the person is missed in either.
    """
    straight = _nearest(looker.look(rgb), known_px)
    width_px = rgb.shape[1]
    mirror = looker.look(np.ascontiguousarray(rgb[:, ::-1]))
    turned = _nearest([_mirrored(d, width_px) for d in mirror], known_px)
    if straight is None or turned is None:
        return None
    return replace(
        straight,
        xy_px=(straight.xy_px + turned.xy_px) / 2,
        visibility=np.minimum(straight.visibility, turned.visibility),
        world_m=(straight.world_m + turned.world_m) / 2,
    )


def _mirrored(seen: Detection, width_px: int) -> Detection:
    xy, world, visibility = mirrored(seen.xy_px, seen.world_m, seen.visibility, width_px)
    return replace(seen, xy_px=xy, world_m=world, visibility=visibility)


def _nearest(people: Sequence[Detection], known_px: FloatArray) -> Detection | None:
    """Return who stands where the person was seen before, None if nobody does."""
    torso_px = float(np.linalg.norm(known_px[[11, 12]].mean(axis=0) - known_px[[23, 24]].mean(0)))
    off = [
        float(np.linalg.norm(p.xy_px[list(_TRUNK)] - known_px[list(_TRUNK)], axis=1).mean())
        for p in people
    ]
    if not off or not min(off) <= MAX_OFF_TORSOS * torso_px:
        return None
    return people[int(np.argmin(off))]

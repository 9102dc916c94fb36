"""The part of a second look that runs in a worker process."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from formcheck.data import Clip, FloatArray
from formcheck.keypoints import N_KEYPOINTS
from formcheck.pixels.result import SegmentResult
from formcheck.pixels.segments import Segment
from formcheck.pose.backend import Detection, PoseBackend
from formcheck.pose.second_look import Looker, seen_both_ways
from formcheck.video import read_indices


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LookPlan:
    """Which pictures are looked at again; picklable.

    Attributes
    ----------
    frames : tuple of int
        Rising. A segment of this plan counts places in it.
    known_px : ndarray of float, shape (N, 33, 2)
        Where the person is in each of them.
    """

    clip: Clip
    backend: PoseBackend
    frames: tuple[int, ...]
    known_px: FloatArray


def run_looks(
    plan: LookPlan, segment: Segment, looker: Looker, tick: Callable[[int], None]
) -> SegmentResult:
    """Look at some of the pictures of a plan.

    Parameters
    ----------
    plan : LookPlan
    segment : Segment
        Places in ``plan.frames``.
    looker : Looker
    tick : callable
        Called with 1 after each picture.

    Returns
    -------
    SegmentResult
        Rows of the person; no channels.
    """
    places = {f: i for i, f in enumerate(plan.frames)}
    rows: list[tuple[int, Detection]] = []
    for index, rgb in read_indices(plan.clip, plan.frames[segment.start : segment.stop]):
        found = seen_both_ways(looker, rgb, plan.known_px[places[index]])
        if found is not None:
            rows.append((index, found))
        tick(1)
    m = len(rows)

    def stacked(name: str, *shape: int) -> FloatArray:
        return np.array([getattr(d, name) for _, d in rows]).reshape(m, *shape)

    return SegmentResult(
        start=segment.start,
        stop=segment.stop,
        frame=np.array([i for i, _ in rows], dtype=np.int64),
        track=np.zeros(m, dtype=np.int64),
        xy_px=stacked("xy_px", N_KEYPOINTS, 2).astype(np.float32),
        visibility=stacked("visibility", N_KEYPOINTS).astype(np.float32),
        world_m=stacked("world_m", N_KEYPOINTS, 3).astype(np.float32),
        person_values=np.empty((m, 0), dtype=np.float32),
        frame_values=np.empty((segment.stop - segment.start, 0)),
        edges_px=np.empty((0, 5)),
    )

"""The pictures of a clip for one process, whose next segment mostly follows its last."""

from collections import deque
from collections.abc import Iterator

from formcheck.data import Clip
from formcheck.pixels.segments import Segment
from formcheck.pose.backend import ImageArray
from formcheck.video import read_frames

_KEPT = 4  # as many as lead-ins usually ask for


class PictureSource:
    """Reads on where the last segment ended, with its last pictures kept for the lead-in.

    A decoder that starts anew has to begin at the keyframe before: up to a few hundred pictures
    for nothing.

    Parameters
    ----------
    clip : Clip
    max_side_px : int
        Longer side of the pictures at most.
    """

    def __init__(self, clip: Clip, max_side_px: int) -> None:
        self._clip = clip
        self._max_side_px = max_side_px
        self._reader: Iterator[tuple[int, ImageArray]] = iter(())
        self._decode_from = -1
        self._kept: deque[tuple[int, ImageArray]] = deque(maxlen=_KEPT)
        self._next = 0

    def read(self, segment: Segment) -> Iterator[tuple[int, ImageArray]]:
        """Yield index and picture of a segment and its lead-in, as far as they can be decoded."""
        if not self._reads_on(segment):
            self._start(segment)
        yield from [p for p in self._kept if segment.lead_in <= p[0] < segment.stop]
        while self._next < segment.stop:
            pair = next(self._reader, None)
            if pair is None:
                return
            self._kept.append(pair)
            self._next = pair[0] + 1
            if pair[0] < segment.stop:
                yield pair

    def _reads_on(self, segment: Segment) -> bool:
        oldest = self._kept[0][0] if self._kept else self._next
        same = self._decode_from == segment.decode_from
        return same and oldest <= segment.lead_in <= self._next

    def _start(self, segment: Segment) -> None:
        self._reader = read_frames(
            self._clip,
            segment.lead_in,
            max_side_px=self._max_side_px,
            decode_from=segment.decode_from,
        )
        self._decode_from = segment.decode_from
        self._kept.clear()
        self._next = segment.lead_in

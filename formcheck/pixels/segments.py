"""Cutting a clip into segments that can be worked on apart, in any order, by anyone."""

import math
from dataclasses import dataclass

from formcheck.data import Clip
from formcheck.pixels.slots import first_needed, frames_apart, true_time_s
from formcheck.settings.pose import PassSettings
from formcheck.surface.probe import ChannelProbe
from formcheck.video import split_segments

_READ_ON = 4  # segments at most that begin decoding at the same frame


@dataclass(frozen=True, slots=True)
class Segment:
    """Frames ``[start, stop)``, read from `lead_in` on so that followers and probes settle.

    Decoding begins at `decode_from`, which neighbouring segments share: whoever works on one after
    the other reads on, and whoever does not gets the same pictures, even of a damaged file.
    """

    start: int
    stop: int
    lead_in: int
    decode_from: int


def plan_segments(
    clip: Clip, settings: PassSettings, probes: tuple[ChannelProbe, ...] = ()
) -> tuple[Segment, ...]:
    """Return the segments of a clip; they depend on the clip and the settings only.

    The number of workers plays no part, so it cannot change a result.

    Parameters
    ----------
    clip : Clip
    settings : PassSettings
    probes : tuple of ChannelProbe
        They may need earlier frames.
    """
    if clip.n_frames == 0:
        return ()
    pairs = round(0.5 * clip.n_frames / settings.segment_frames)
    wanted = min(settings.max_segments, max(1, 2 * pairs))
    file_s = float(clip.file_time_s[-1])
    n = max(wanted, math.ceil(file_s / settings.max_segment_s))
    if not clip.seekable:
        n = 1  # every segment would have to decode from the start
    time_s = true_time_s(clip)
    needs = [(frames_apart(time_s, p.least_s), p.context_frames) for p in probes]

    def lead_in(start: int) -> int:
        settled = max(0, start - settings.lead_in_frames)
        return min([settled, *(first_needed(chosen, start, n) for chosen, n in needs)])

    pieces = split_segments(clip, n)
    together = min(_READ_ON, max(1, len(pieces) // 2))
    return tuple(
        Segment(start, stop, lead_in(start), lead_in(pieces[i - i % together][0]))
        for i, (start, stop) in enumerate(pieces)
    )

"""Cutting a clip into segments that can be worked on apart, in any order, by anyone."""

import math
from dataclasses import dataclass

from formcheck.data import Clip
from formcheck.settings.pose import PassSettings
from formcheck.video import split_segments


@dataclass(frozen=True, slots=True)
class Segment:
    """Frames ``[start, stop)``, read from `lead_in` on so that followers and probes settle."""

    start: int
    stop: int
    lead_in: int


def plan_segments(clip: Clip, settings: PassSettings, context_frames: int) -> tuple[Segment, ...]:
    """Return the segments of a clip; they depend on the clip and the settings only.

    The number of workers plays no part, so it cannot change a result.

    Parameters
    ----------
    clip : Clip
    settings : PassSettings
    context_frames : int
        Earlier frames that the probes need.
    """
    if clip.n_frames == 0:
        return ()
    pairs = round(0.5 * clip.n_frames / settings.segment_frames)
    wanted = min(settings.max_segments, max(1, 2 * pairs))
    file_s = float(clip.file_time_s[-1])
    n = max(wanted, math.ceil(file_s / settings.max_segment_s))
    if not clip.seekable:
        n = 1  # every segment would have to decode from the start
    lead = max(settings.lead_in_frames, context_frames)
    return tuple(
        Segment(start, stop, max(0, start - lead)) for start, stop in split_segments(clip, n)
    )

"""Reading and writing video: true timestamps, upright pictures, bounded memory."""

from formcheck.video.decode import (
    keyframe_indices,
    read_frames,
    read_indices,
    read_still,
    split_segments,
)
from formcheck.video.encode import Mp4Writer
from formcheck.video.probe import open_clip
from formcheck.video.slowmotion import ClockDoubt, judge_cadence

__all__ = [
    "ClockDoubt",
    "Mp4Writer",
    "judge_cadence",
    "keyframe_indices",
    "open_clip",
    "read_frames",
    "read_indices",
    "read_still",
    "split_segments",
]

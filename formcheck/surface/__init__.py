"""Surface motion: what the pixels of pelvis and back say about rotation, beside the landmarks."""

from formcheck.surface.probe import ChannelProbe, ProbeFrame, ProbeRun
from formcheck.surface.repetitions import pelvis_obliquity_per_rep
from formcheck.surface.strip_probe import StripProbe
from formcheck.surface.waveforms import (
    Waveforms,
    pelvis_obliquity_waveform,
    pelvis_rotation_per_stride,
    shoulder_rotation_per_stride,
)

__all__ = [
    "ChannelProbe",
    "ProbeFrame",
    "ProbeRun",
    "StripProbe",
    "Waveforms",
    "pelvis_obliquity_per_rep",
    "pelvis_obliquity_waveform",
    "pelvis_rotation_per_stride",
    "shoulder_rotation_per_stride",
]

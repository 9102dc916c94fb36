"""Surface motion: what the pixels of pelvis and back say about rotation, beside the landmarks.

Only what a worker process needs is imported here: ``waveforms`` and ``repetitions`` bring scipy,
which would cost every worker more than a second, and are imported by name.
"""

from formcheck.surface.probe import ChannelProbe, ProbeFrame, ProbeRun
from formcheck.surface.strip_probe import StripProbe

__all__ = ["ChannelProbe", "ProbeFrame", "ProbeRun", "StripProbe"]

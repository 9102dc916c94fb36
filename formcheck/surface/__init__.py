"""Surface motion: what the pixels of pelvis and back say about rotation, beside the landmarks.

Only what a worker process needs is imported here: ``waveforms`` brings scipy, which would cost
every worker more than a second, and is imported by name.
"""

from formcheck.surface.probe import ChannelProbe, ProbeFrame, ProbeRun
from formcheck.surface.strip_probe import StripProbe

__all__ = ["ChannelProbe", "ProbeFrame", "ProbeRun", "StripProbe"]

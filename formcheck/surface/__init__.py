"""Surface motion: what the pixels of pelvis and back say about rotation, beside the landmarks.

Only what a worker process needs is imported here: ``waveforms`` brings scipy, which would cost
every worker more than a second, and is imported by name.
"""

from formcheck.surface.head_probe import HeadProbe
from formcheck.surface.probe import ChannelProbe, ProbeFrame, ProbeRun
from formcheck.surface.sticker_probe import StickerProbe
from formcheck.surface.strip_probe import StripProbe

__all__ = ["ChannelProbe", "HeadProbe", "ProbeFrame", "ProbeRun", "StickerProbe", "StripProbe"]

"""Every cut-off of the program as frozen pydantic models: unit, bounds and source beside each."""

import hashlib
from typing import Final

from formcheck.settings.base import SettingsModel
from formcheck.settings.events import EventSettings
from formcheck.settings.head import HeadSettings
from formcheck.settings.measures import MeasureSettings
from formcheck.settings.options import AnalyzeOptions, ModelName
from formcheck.settings.pose import PoseSettings
from formcheck.settings.quality import QualitySettings
from formcheck.settings.render import RenderSettings
from formcheck.settings.signals import SignalSettings
from formcheck.settings.stickers import StickerSettings
from formcheck.settings.surface import SurfaceSettings
from formcheck.settings.uncertainty import UncertaintySettings
from formcheck.settings.video import VideoSettings

_NO_NUMBER: Final[dict[str, bool | set[str]]] = {
    "render": True,
    "video": {
        "decode_threads",
        "seek_gap_frames",
        "snap_segment_pct",
        "crf",
        "gop_frames",
        "preset",
        "hash_chunk_bytes",
    },
}
"""How pictures look and how fast a file is read or written."""


class Settings(SettingsModel):
    """All thresholds, by stage."""

    video: VideoSettings = VideoSettings()
    pose: PoseSettings = PoseSettings()
    surface: SurfaceSettings = SurfaceSettings()
    head: HeadSettings = HeadSettings()
    stickers: StickerSettings = StickerSettings()
    signals: SignalSettings = SignalSettings()
    events: EventSettings = EventSettings()
    quality: QualitySettings = QualitySettings()
    measures: MeasureSettings = MeasureSettings()
    uncertainty: UncertaintySettings = UncertaintySettings()
    render: RenderSettings = RenderSettings()

    def sha256(self) -> str:
        """Return a digest that changes with any setting that may change a number."""
        words = self.model_dump_json(exclude=_NO_NUMBER)
        return hashlib.sha256(words.encode()).hexdigest()


__all__ = [
    "AnalyzeOptions",
    "EventSettings",
    "HeadSettings",
    "MeasureSettings",
    "ModelName",
    "PoseSettings",
    "QualitySettings",
    "RenderSettings",
    "Settings",
    "SettingsModel",
    "SignalSettings",
    "StickerSettings",
    "SurfaceSettings",
    "UncertaintySettings",
    "VideoSettings",
]

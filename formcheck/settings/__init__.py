"""Every cut-off of the program as frozen pydantic models: unit, bounds and source beside each."""

import hashlib

from formcheck.settings.base import SettingsModel
from formcheck.settings.events import EventSettings
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


class Settings(SettingsModel):
    """All thresholds, by stage."""

    video: VideoSettings = VideoSettings()
    pose: PoseSettings = PoseSettings()
    surface: SurfaceSettings = SurfaceSettings()
    stickers: StickerSettings = StickerSettings()
    signals: SignalSettings = SignalSettings()
    events: EventSettings = EventSettings()
    quality: QualitySettings = QualitySettings()
    measures: MeasureSettings = MeasureSettings()
    uncertainty: UncertaintySettings = UncertaintySettings()
    render: RenderSettings = RenderSettings()

    def sha256(self) -> str:
        """Return a digest that changes with any threshold."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


__all__ = [
    "AnalyzeOptions",
    "EventSettings",
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

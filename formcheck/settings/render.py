"""Thresholds of the render stage, each with unit, bounds and source."""

from formcheck.settings.base import SettingsModel


class RenderSettings(SettingsModel):
    """Settings of the render stage."""

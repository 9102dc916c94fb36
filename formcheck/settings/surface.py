"""Thresholds of the surface stage, each with unit, bounds and source."""

from formcheck.settings.base import SettingsModel


class SurfaceSettings(SettingsModel):
    """Settings of the surface stage."""

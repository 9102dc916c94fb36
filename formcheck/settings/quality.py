"""Thresholds of the quality stage, each with unit, bounds and source."""

from formcheck.settings.base import SettingsModel


class QualitySettings(SettingsModel):
    """Settings of the quality stage."""

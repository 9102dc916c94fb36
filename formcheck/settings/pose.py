"""Thresholds of the pose stage, each with unit, bounds and source."""

from formcheck.settings.base import SettingsModel


class PoseSettings(SettingsModel):
    """Settings of the pose stage."""

"""Thresholds of the events stage, each with unit, bounds and source."""

from formcheck.settings.base import SettingsModel


class EventSettings(SettingsModel):
    """Settings of the events stage."""

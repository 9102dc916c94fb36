"""Thresholds of the signals stage, each with unit, bounds and source."""

from formcheck.settings.base import SettingsModel


class SignalSettings(SettingsModel):
    """Settings of the signals stage."""

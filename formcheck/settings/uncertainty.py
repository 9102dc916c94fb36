"""Thresholds of the uncertainty stage, each with unit, bounds and source."""

from formcheck.settings.base import SettingsModel


class UncertaintySettings(SettingsModel):
    """Settings of the uncertainty stage."""

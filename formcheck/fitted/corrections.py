"""Small corrections learned on rendered `fit` people, each with where it comes from."""

from typing import ClassVar

from pydantic import Field

from formcheck.fitted.header import Table
from formcheck.settings.base import SettingsModel


class Learned(SettingsModel):
    """One number learned from clips with known truth.

    Attributes
    ----------
    value : float
        In `unit`.
    left_out_sd : float
        Spread of what it corrects, on clips that took no part in fitting it.
    """

    value: float
    unit: str
    what: str
    n_clips: int = Field(ge=0)
    left_out_sd: float = Field(ge=0)
    date: str = ""
    source: str = "fitted on rendered fit set"


class Corrections(Table):
    """Learned numbers that measures use.

    Attributes
    ----------
    front_yaw_zero : Learned
        What the metric shoulder line of somebody reads who stands square to the camera.
    shoulder_width : Learned
        Distance of the shoulder landmarks over the torso's length.
    contact_knee_rise : Learned
        How much more the knee is bent at a running foot strike than it is read shortly before.
    landing_speed_rise : Learned
        How much faster the hips fall at a landing than is read shortly before it is found.
    """

    FILE: ClassVar[str] = "corrections.json"

    front_yaw_zero: Learned
    shoulder_width: Learned
    contact_knee_rise: Learned
    landing_speed_rise: Learned

    def learned(self) -> dict[str, Learned]:
        """Return the corrections by name."""
        return {name: value for name, value in self if isinstance(value, Learned)}

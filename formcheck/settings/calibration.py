"""Small corrections learned on rendered `fit` people, each with where it comes from.

``python -m formcheck.validation.calibrate FIT_DIR`` refits them; nothing that is scored is seen.
"""

from functools import cache
from importlib.resources import files

from pydantic import Field

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


class Calibration(SettingsModel):
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

    front_yaw_zero: Learned
    shoulder_width: Learned
    contact_knee_rise: Learned
    landing_speed_rise: Learned


@cache
def load_calibration() -> Calibration:
    """Return the numbers that ship with the package."""
    text = files("formcheck.settings").joinpath("calibration.json").read_text("utf-8")
    return Calibration.model_validate_json(text)

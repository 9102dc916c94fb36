"""Angles of the near leg read as a whole movement: which signals, at which moments, which weights.

The weights are learned on rendered `fit` people (``python -m formcheck.validation.calibrate
FIT_DIR``); nothing that is scored is seen.
"""

from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from formcheck.settings.base import SettingsModel

ReadingKind = Literal["run", "landing"]


class ReadingSpec(SettingsModel):
    """What goes into a reading.

    Attributes
    ----------
    kind : {"run", "landing"}
        Which contacts it is for.
    signals : tuple of str
        Of :func:`formcheck.kinematics.legs.leg_signals`.
    lags_s : tuple of float
        Moments, seconds after contact.
    shares : tuple of float
        Moments, shares of the time on the ground after contact.
    ridge : float
        Strength of the penalty on the weights, clips.
    """

    kind: ReadingKind
    unit: str
    what: str
    signals: tuple[str, ...]
    lags_s: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()
    ridge: float = Field(gt=0)


class LearnedReading(SettingsModel):
    """Weights of a reading, with where they come from.

    Attributes
    ----------
    weights : tuple of float
        One per moment and signal, moments first.
    low, high : tuple of float
        Range of each input on the fit clips; what lies outside is taken as its end.
    left_out_rmse, left_out_slope : float
        Of clip means of people who took no part in the fit.
    plain_rmse : float
        The same clips without the reading.
    """

    spec: ReadingSpec
    intercept: float
    weights: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    n_clips: int = Field(ge=0)
    n_people: int = Field(ge=0)
    left_out_rmse: float = Field(ge=0)
    left_out_slope: float
    plain_rmse: float = Field(ge=0)
    date: str = ""
    source: str = "fitted on rendered fit set"


class Readings(SettingsModel):
    """All learned readings, by name."""

    readings: dict[str, LearnedReading] = Field(default_factory=dict)


@cache
def load_readings() -> Readings:
    """Return the readings that ship with the package."""
    text = files("formcheck.settings").joinpath("readings.json").read_text("utf-8")
    return Readings.model_validate_json(text)

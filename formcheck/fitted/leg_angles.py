"""Angles of the near leg read as a whole movement: which signals, at which moments, which weights.

The weights are learned on rendered `fit` people; nothing that is scored is seen.
"""

from typing import ClassVar, Literal

from pydantic import Field

from formcheck.fitted.header import Table
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


class LegAngles(Table):
    """All learned readings, by name."""

    FILE: ClassVar[str] = "leg_angles.json"

    readings: dict[str, LearnedReading] = Field(default_factory=dict)


class Weights(SettingsModel):
    """What of a reading changes when somebody takes no part in the fit."""

    intercept: float
    weights: tuple[float, ...]


class LegAnglesLeftOut(Table):
    """Per person of the fit clips, the readings learned without them, by name."""

    FILE: ClassVar[str] = "leg_angles_left_out.json"

    people: dict[str, dict[str, Weights]] = Field(default_factory=dict)

    def without(self, person: str, table: LegAngles) -> LegAngles:
        """Return `table` as learned without a person; unchanged for anybody else."""
        readings = dict(table.readings)
        for name, own in self.people.get(person, {}).items():
            if name in readings:
                update = {"intercept": own.intercept, "weights": own.weights}
                readings[name] = readings[name].model_copy(update=update)
        return table.model_copy(update={"readings": readings})

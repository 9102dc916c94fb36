"""Thresholds for saying which leg works in a test on one leg, seen from the side."""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class LegRuleSettings(SettingsModel):
    """When the names of the legs are believed; lengths in torso lengths.

    Set on the first two takes of the rendered tests: where the model knew the leg, 93 to 100 of 100
    pictures agreed; where it did not (a lunge, rising from a seat), 31 to 55.
    """

    in_front: float = Field(
        0.5, gt=0, lt=2, description="In a lunge, one foot this far ahead of the other (25 cm)."
    )
    gap_s: float = Field(
        1.5,
        gt=0,
        le=10,
        description="One stretch of work on a leg may hold this long a moment in which it is not "
        "plain which leg works (standing up from a seat, a touch of the floor), s.",
    )
    shortest_s: float = Field(
        1.0, gt=0, le=10, description="A stretch is ruled on if it is plain for this long, s."
    )
    agree: float = Field(
        0.8, gt=0.5, le=1, description="Share of a stretch's pictures that must name the same leg."
    )
    longest_against_s: float = Field(
        1.0,
        gt=0,
        le=10,
        description="Names that disagree for this long in one go are no slip, but maybe the other "
        "leg's turn, s.",
    )

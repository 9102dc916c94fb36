"""How the strips of cloth on the trunk answer to pelvis, thorax and thighs, seen from behind.

`docs/surface.md` says how they are found.
"""

from typing import ClassVar, Literal

from pydantic import Field

from formcheck.fitted.header import Table
from formcheck.settings.base import SettingsModel
from formcheck.settings.surface import Drivers

Kind = Literal["roll", "shift", "shoulder_x", "shoulder_tilt", "world_yaw"]


class Feature(SettingsModel):
    """One thing that is seen, and how it answers to the movements that drive it."""

    kind: Kind = Field(description="Rotation or shift of a strip, or a landmark signal.")
    strip: int = Field(0, ge=0, description="Which strip, 0 = lowest (roll and shift only).")
    noise: float = Field(gt=0, description="One sigma, degrees or percent of the torso length.")
    loadings: Drivers = Field(
        description="Answer per degree of pelvic obliquity (+ left side higher), pelvis yaw and "
        "thorax yaw (+ turned left), thorax roll (+ left shoulder higher), left minus right thigh "
        "flexion, sum of the thighs' outward angles, and per percent of sideways motion.",
    )


class StripLoadings(Table):
    """The features of the rear view."""

    FILE: ClassVar[str] = "strip_loadings.json"

    rear: tuple[Feature, ...]

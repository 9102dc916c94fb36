"""Settings of the head's motion in the pixels, each with unit, bounds and source."""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class HeadSettings(SettingsModel):
    """Where points on the head are put; how they are followed is as on the trunk."""

    least_s: float = Field(
        0.026,
        ge=0,
        lt=0.05,
        description="From one picture looked at to the next at least, true seconds: about 30 a "
        "second whatever the clip's rate. The rise and fall holds little above 8 Hz.",
    )
    radius: float = Field(
        0.26,
        gt=0.05,
        lt=0.6,
        description="Points lie this near the middle of the face landmarks, torso lengths (12 cm: "
        "inside the head, whichever way it is seen).",
    )
    spacing: float = Field(
        0.065, gt=0.01, lt=0.2, description="Grid of followed points, torso lengths (3 cm)."
    )
    half_width: float = Field(
        0.55, gt=0.1, lt=2, description="Half width of the cut-out, torso lengths."
    )
    half_height: float = Field(0.60, gt=0.1, lt=2, description="Half height of the cut-out.")
    min_points: int = Field(6, ge=3, description="Fewer followed points say nothing.")
    robust_scale: float = Field(
        4.0, gt=1, description="Points further off than this many spreads do not count (biweight)."
    )
    spread_floor_px: float = Field(
        1e-3, gt=0, description="Smallest spread of the points' motions, px."
    )
    robust_iterations: int = Field(5, ge=1, le=50)

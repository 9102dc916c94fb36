"""How a physiotherapist's corrections are taken up; no part of Settings: no clip is measured by it.

Changing one of these changes edited numbers only.
"""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class EditSettings(SettingsModel):
    """Settings of edits."""

    match_s: float = Field(
        0.12,
        gt=0,
        le=0.3,
        description="A step is the one an edit means if its time is this near, s (a third of a "
        "running step).",
    )
    picked_sd_frames: float = Field(
        0.5,
        gt=0,
        le=2,
        description="Error of a moment picked by eye, frames: two raters differ by one frame or "
        "less (measures.md 5, our choice).",
    )
    nudge_spread_s: float = Field(
        0.025,
        gt=0,
        le=0.2,
        description="Time over which a moved landmark pulls its filtered curve along, s, one "
        "sigma: about what a 6 Hz low-pass blurs one sample over.",
    )
    max_move_s: float = Field(
        0.25, gt=0, le=1, description="A moment can be moved by this much at most, s."
    )

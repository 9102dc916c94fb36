"""Thresholds of live mode, each with unit and bounds; all are design choices.

Live mode counts and reminds; it measures nothing, so none of these bears on a number of a result.
"""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class LiveSettings(SettingsModel):
    """Settings of live mode."""

    side_px: int = Field(
        640, ge=240, le=1920, description="Long side of the picture worked on and shown, px."
    )
    squat_down: float = Field(
        0.07,
        gt=0,
        lt=1,
        description="Hips this much lower (share of the standing leg): down. A single-leg squat "
        "to 60 degrees lowers them by 0.13, a shallow one by less.",
    )
    squat_up: float = Field(
        0.035, gt=0, lt=1, description="Hips this near to standing again (share of leg): up."
    )
    squat_least_s: float = Field(
        0.3, gt=0, le=5, description="A repetition is down at least this long, s."
    )
    squat_longest_s: float = Field(
        8.0, gt=0, le=60, description="Down for longer than this is no repetition, s."
    )
    squat_fast_s: float = Field(
        0.8, gt=0, le=10, description="Down for less than this earns the cue to slow down, s."
    )
    standing_fall_per_s: float = Field(
        0.02,
        ge=0,
        le=1,
        description="How fast the memory of standing height fades (share per second), for a person "
        "who walks away from the camera.",
    )
    step_lift: float = Field(
        0.07, gt=0, lt=1, description="One ankle this much above the other (share of leg): a step."
    )
    step_least_s: float = Field(0.18, gt=0, le=2, description="Steps are at least this apart, s.")
    cue_hold_s: float = Field(4.0, gt=0, le=30, description="A cue stays at least this long, s.")
    cue_every_s: float = Field(
        10.0, gt=0, le=120, description="The next reminder comes after this long, s."
    )
    seen_visibility: float = Field(
        0.5, gt=0, lt=1, description="A landmark below this visibility counts as unseen."
    )
    lost_s: float = Field(
        1.0, gt=0, le=10, description="Nobody for this long: the cue says how to stand, s."
    )

"""Thresholds of the uncertainty stage, each with unit, bounds and source."""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class UncertaintySettings(SettingsModel):
    """Settings of the uncertainty stage."""

    trim_share: float = Field(
        0.10, ge=0, lt=0.5, description="Share trimmed from each end (measures.md 7f)."
    )
    min_steps_ok: int = Field(
        7, ge=3, description="Steps per side for a steady mean (6.3 +/- 0.3 needed [S 2])."
    )
    min_steps: int = Field(3, ge=2, description="Fewer steps per side: no value.")
    min_reps_ok: int = Field(3, ge=1, description="Good repetitions (measures.md 1.4).")
    max_autocorrelation: float = Field(
        0.6, ge=0, lt=1, description="Cap of the lag-1 autocorrelation between steps."
    )
    event_systematic_share: float = Field(
        0.5,
        ge=0,
        le=1,
        description="Share of an event's time error (as SD) that all steps of a clip share: a "
        "bias does not average out (measures.md 7a).",
    )
    contact_stop_fps: float = Field(
        24.0,
        ge=5,
        description="Below this frame rate nothing that hangs on the moment of contact is given.",
    )
    contact_min_fps: float = Field(
        50.0,
        ge=24,
        description="Measures whose own min_fps is at least this hang on the moment of contact.",
    )
    fps_tolerance: float = Field(
        0.97, gt=0.8, le=1, description="59.94 or a lost frame still counts as 60."
    )
    yaw_sd_known_deg: float = Field(4.0, ge=0, description="Error of an estimated yaw, degrees.")
    yaw_sd_unknown_deg: float = Field(
        7.0,
        ge=0,
        description="Spread of the camera's yaw when it cannot be estimated, degrees [P].",
    )
    scale_sd_share: float = Field(
        0.03, ge=0, description="Scale error where none was estimated, share (height: +/- 2 % [M])."
    )
    belt_speed_sd_share: float = Field(
        0.02, ge=0, description="Error of a treadmill's own display, share [P]."
    )
    method_repeat_share: float = Field(
        0.5,
        ge=0,
        le=1,
        description="Share of the method's error that differs between two clips of one person in "
        "the same set-up; the rest cancels in a comparison [P].",
    )
    shallow_squat_deg: float = Field(
        45.0, ge=0, description="Knee bend below which a squat says little (measures.md 1.4)."
    )
    many_beyond_share: float = Field(
        0.25,
        gt=0,
        lt=0.5,
        description="Share of the steps or repetitions read beyond what people can reach from "
        "which the rest is only indicative; from a half on nothing is given [P].",
    )

"""Thresholds of the uncertainty stage, each with unit, bounds and source."""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class Sensitivity(SettingsModel):
    """How far a measure moves when the camera is off.

    Attributes
    ----------
    roll : float
        Units per degree of camera roll that was not corrected.
    opposite : bool
        True if roll (or the level of a pixel signal) moves left and right apart, so that it counts
        twice in their difference; else it moves both alike and cancels there.
    yaw, yaw2 : float
        Units per degree, and per degree squared, that the camera stands off square.
    yaw_sd_deg : float or None
        Spread of the yaw that is assumed where it is not known, if other than for the rest: who
        points the toes at the phone as told is nearly square.
    """

    roll: float = 0.0
    opposite: bool = False
    yaw: float = Field(0.0, ge=0)
    yaw2: float = Field(0.0, ge=0)
    yaw_sd_deg: float | None = Field(None, ge=0)


SENSITIVITY: dict[str, Sensitivity] = {
    # level comes from the body's own mid-flight: roll drops out, an error of that level does not
    "pelvic_drop": Sensitivity(opposite=True),
    # measures.md 0.2: 1 degree of roll = 1 degree on one side, minus 1 on the other
    "trunk_side_lean": Sensitivity(roll=1.0, opposite=True, yaw=0.12),
    "trunk_side_lean_peak": Sensitivity(roll=1.0, opposite=True, yaw=0.12),
    "trunk_forward_lean": Sensitivity(roll=1.0, yaw=0.05),
    "trunk_forward_lean_peak": Sensitivity(roll=1.0, yaw=0.05),
    "tibia_angle_at_contact": Sensitivity(roll=1.0, yaw2=0.001),
    "peak_hip_extension": Sensitivity(roll=1.0, yaw2=0.004),
    # hips are about 0.8 m above the ankle: 0.8 m x sin 1 degree = 1.4 cm
    "overstride": Sensitivity(roll=1.4, yaw=0.1, yaw2=0.004),
    # measures.md 0.2: yaw 30 degrees: knee at contact -2.1, stance peak -5.6 degrees
    "knee_flexion_at_contact": Sensitivity(yaw2=0.0023),
    "peak_knee_flexion_stance": Sensitivity(yaw2=0.0062),
    "knee_excursion": Sensitivity(yaw2=0.0039),
    # range x (1 - cos yaw)
    "hip_range": Sensitivity(yaw2=0.010),
    "knee_range": Sensitivity(yaw2=0.014),
    "foot_inclination_at_contact": Sensitivity(yaw2=0.003),
    # measures.md 0.2: 5 degrees of yaw = 6 degrees of false angle at 60 degrees of knee bend
    "squat_valgus": Sensitivity(yaw=1.2, yaw_sd_deg=2.5),
    "knee_line": Sensitivity(yaw=1.2, yaw_sd_deg=2.5),
    "trunk_lean_peak": Sensitivity(roll=1.0, yaw=0.05),
    "trunk_lean_at_landing": Sensitivity(roll=1.0, yaw=0.05),
}

USEFUL_HALF_WIDTH: dict[str, float] = {
    "pelvic_drop": 5.0,
    "pelvic_drop_excursion": 5.0,
    "trunk_rotation": 14.0,
    "pelvis_rotation": 10.0,
    "trunk_pelvis_separation": 14.0,
    "trunk_side_lean": 5.0,
    "trunk_side_lean_peak": 5.0,
    "trunk_forward_lean": 8.0,
    "trunk_forward_lean_peak": 8.0,
    "knee_excursion": 15.0,
    "knee_flexion_at_contact": 15.0,
    "peak_knee_flexion_stance": 15.0,
    "squat_valgus": 14.0,
    "landing_softness": 30.0,
    "cadence": 4.0,
    "contact_time": 45.0,
    "flight_time": 45.0,
    "step_time": 25.0,
    "duty_factor": 6.0,
    "step_width": 5.0,
    "step_width_pct_leg": 6.0,
    "overstride": 9.0,
    "foot_inclination_at_contact": 12.0,
    "tibia_angle_at_contact": 9.0,
    "vertical_oscillation": 3.0,
    "hip_range": 14.0,
    "knee_range": 18.0,
    "peak_hip_extension": 12.0,
    "speed": 0.4,
    "squat_depth": 24.0,
    "rep_time": 0.6,
    "hold_time": 1.0,
    "sway": 4.0,
    "hop_height": 5.0,
    "hop_contact_time": 60.0,
    "heel_rise_height": 30.0,
    "trunk_lean_peak": 12.0,
    "trunk_to_shank": 14.0,
    "knee_line": 14.0,
    "hip_shift": 25.0,
    "thigh_swing": 24.0,
    "hip_rise": 18.0,
    "leg_raise": 18.0,
    "rep_fade": 25.0,
    "feet_apart": 35.0,
    "trunk_lean_at_landing": 14.0,
}


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
    useful_half_width: dict[str, float] = Field(
        USEFUL_HALF_WIDTH,
        description="Half width of the 95 % interval beyond which a value is only indicative, in "
        "the measure's unit [P].",
    )
    sensitivity: dict[str, Sensitivity] = Field(SENSITIVITY, description="Camera errors.")
    one_per_clip: tuple[str, ...] = Field(
        ("speed", "rep_count", "hold_time", "sway", "touch_downs", "rep_fade"),
        description="Measures that give one value per clip and side.",
    )
    people_sd: dict[str, float] = Field(
        {"contact_time": 25.0, "flight_time": 25.0, "duty_factor": 3.5},
        description="What rendered people cannot show: how feet linger and heads lag. Contact 244 "
        "ms against 280 labelled by hand in frames of 33 on one treadmill clip; 243 for 250 by "
        "neck and shoulders of one runner over a force plate. ms, ms, % of the stride.",
    )
    lengths: tuple[str, ...] = Field(
        ("overstride", "step_width", "vertical_oscillation", "sway"),
        description="Measures that hang on the scale.",
    )

"""Which measures hang on what: ids only, the registry lies above."""

from typing import Final

CONTACT: Final = (
    "knee_flexion_at_contact",
    "knee_excursion",
    "tibia_angle_at_contact",
    "foot_inclination_at_contact",
    "overstride",
    "contact_time",
    "flight_time",
    "duty_factor",
    "landing_softness",
    "hop_contact_time",
    "hop_height",
    "trunk_lean_at_landing",
)
FEET: Final = (*CONTACT, "step_width", "step_width_pct_leg", "heel_rise_height", "feet_apart")
SHOULDERS: Final = (
    "trunk_rotation",
    "trunk_pelvis_separation",
    "trunk_side_lean",
    "trunk_side_lean_peak",
    "trunk_forward_lean",
    "trunk_forward_lean_peak",
    "trunk_lean_peak",
    "trunk_lean_at_landing",
    "trunk_to_shank",
    "hip_rise",
    "leg_raise",
)
PELVIS: Final = (
    "pelvic_drop",
    "pelvic_drop_excursion",
    "pelvis_rotation",
    "trunk_pelvis_separation",
)
SQUARE_ON: Final = (
    "knee_flexion_at_contact",
    "peak_knee_flexion_stance",
    "knee_excursion",
    "squat_valgus",
    "hip_range",
    "knee_range",
    "peak_hip_extension",
    "tibia_angle_at_contact",
    "foot_inclination_at_contact",
    "overstride",
    "pelvic_drop",
    "trunk_forward_lean",
    "trunk_forward_lean_peak",
    "trunk_side_lean",
    "trunk_side_lean_peak",
    "landing_softness",
    "trunk_lean_peak",
    "trunk_lean_at_landing",
    "trunk_to_shank",
    "knee_line",
    "thigh_swing",
)
FROM_THE_FRONT: Final = ("squat_valgus", "knee_line", "hip_shift")
STILL_CAMERA: Final = (
    "landing_softness",
    "vertical_oscillation",
    "sway",
    "speed",
    "step_width",
    "step_width_pct_leg",
)
ALL_POSE: Final = tuple(
    dict.fromkeys(
        (*FEET, *SHOULDERS, *PELVIS, *SQUARE_ON, *STILL_CAMERA, "squat_depth", "hip_shift")
    )
)

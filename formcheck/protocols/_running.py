"""What every run is measured for, in the order shown."""

from typing import Final

RUN_MEASURES: Final[tuple[str, ...]] = (
    "pelvic_drop",
    "trunk_rotation",
    "knee_flexion_at_contact",
    "landing_softness",
    "pelvic_drop_excursion",
    "pelvis_rotation",
    "trunk_pelvis_separation",
    "trunk_side_lean",
    "trunk_side_lean_peak",
    "trunk_forward_lean",
    "trunk_forward_lean_peak",
    "peak_knee_flexion_stance",
    "knee_excursion",
    "tibia_angle_at_contact",
    "foot_inclination_at_contact",
    "overstride",
    "hip_range",
    "knee_range",
    "peak_hip_extension",
    "cadence",
    "step_time",
    "contact_time",
    "flight_time",
    "duty_factor",
    "step_width",
    "step_width_pct_leg",
    "vertical_oscillation",
    "speed",
)

"""Constants of the measures: part of their definitions, so that two results mean the same thing."""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class SoftnessPart(SettingsModel):
    """One part of the landing softness index.

    ``weight`` is the part's share of hardness: a negative weight makes the landing softer.
    """

    unit: str
    weight: float = Field(ge=-1, le=1)
    reference: float
    spread: float = Field(gt=0)
    source: str


def _part(unit: str, weight: float, reference: float, spread: float, source: str) -> SoftnessPart:
    return SoftnessPart(unit=unit, weight=weight, reference=reference, spread=spread, source=source)


class SoftnessSettings(SettingsModel):
    """Fixed scale of the landing softness index: 50 = the reference landing, 10 = one spread.

    Weights of the running index are measures.md 7b.8 (timing first, because it is the most robust).
    Its baseline there is the runner's own earlier clips; a first clip has none, so parts are put on
    the scale of published runners. [P] marks a design choice, not a published value.
    """

    running: dict[str, SoftnessPart] = Field(
        {
            "flight_to_contact_ratio": _part(
                "ratio",
                0.35,
                0.413,
                0.078,
                "contact 271 (SD 23) ms, flight 112 (SD 19) ms [S 75]; the sine model is "
                "linear in this ratio",
            ),
            "touchdown_speed_mps": _part(
                "m/s", 0.25, 0.549, 0.093, "g x flight / 2 with flight 112 (SD 19) ms [S 75]"
            ),
            "foot_inclination_deg": _part(
                "deg",
                0.15,
                10.0,
                8.0,
                "between the group means 17.7 and 2.6 of [S 102]; spread [P]",
            ),
            "overstride_pct_leg": _part("% of leg length", 0.15, 24.0, 5.0, "[P]"),
            "knee_flexion_at_contact_deg": _part("deg", -0.10, 17.8, 4.0, "[S 45]"),
        }
    )
    landing: dict[str, SoftnessPart] = Field(
        {
            "hip_drop_pct_leg": _part("% of leg length", -0.35, 18.0, 8.0, "[P]"),
            "knee_bend_deg": _part("deg", -0.30, 45.0, 15.0, "[P]"),
            "time_to_peak_ms": _part("ms", -0.20, 170.0, 60.0, "[P]"),
            "touchdown_speed_mps": _part("m/s", 0.15, 1.5, 0.5, "[P]: a hop of about 11 cm"),
        }
    )
    hop: dict[str, SoftnessPart] = Field(
        {
            "hip_drop_pct_leg": _part("% of leg length", -0.35, 10.0, 4.0, "[P]"),
            "knee_bend_deg": _part("deg", -0.30, 25.0, 10.0, "[P]"),
            "time_to_peak_ms": _part("ms", -0.20, 150.0, 50.0, "[P]"),
            "touchdown_speed_mps": _part("m/s", 0.15, 1.0, 0.4, "[P]: a hop of about 5 cm"),
        }
    )
    timing_correlation: float = Field(
        0.9,
        ge=0,
        lt=1,
        description="Correlation of flight/contact ratio and touchdown speed between runners: "
        "both follow flight time (from the SDs of [S 75]).",
    )
    min_weight_share: float = Field(
        0.69,
        ge=0,
        le=1,
        description="Share of the weights that must be measured, else no index: more than the "
        "timing alone.",
    )


class MeasureSettings(SettingsModel):
    """Settings of the measures stage."""

    window_grid_s: float = Field(
        0.004, gt=0, le=0.02, description="Grid for extremes inside a window, s (sub-frame)."
    )
    min_window_coverage: float = Field(
        0.8,
        gt=0,
        le=1,
        description="Share of a window that must be seen; a longer gap drops the step "
        "(design choice after measures.md 7c: long gaps drop the step).",
    )
    slope_half_s: float = Field(
        0.005,
        gt=0,
        le=0.02,
        description="Half width of the finite difference that turns event time error into the "
        "error of a value read at the event, s.",
    )
    max_step_ratio: float = Field(
        1.6,
        gt=1,
        le=3,
        description="Steps longer than this times the median hold a missed contact and are "
        "left out (two steps in one would read 2).",
    )
    contact_lead_s: float = Field(
        0.015,
        ge=0,
        le=0.04,
        description="How long before a foot strike the knee's bend at contact is read, s. "
        "On rendered fit runners the spread of the error is 5.4 degrees at the strike, 3.7 at 15 "
        "ms, 3.5 at 20 to 25 and 3.6 at 30 ms before it.",
    )
    reading_gap_s: float = Field(
        0.06,
        gt=0,
        le=0.2,
        description="A learned reading needs a seen frame this near to each of its moments, s.",
    )
    reading_unlike: float = Field(
        15.0,
        gt=0,
        le=60,
        description="A contact whose inputs (degrees, percent) leave the median of the clip's by "
        "more is not read: points elsewhere or a wrong leg; steps of a run differ by 3 to 6.",
    )
    reading_min_share: float = Field(
        0.6,
        gt=0,
        le=1,
        description="Share of the contacts that must be readable, else the plain angle is used for "
        "all of them: the two have different errors and are not mixed.",
    )
    leg_share: float = Field(
        0.485,
        gt=0.3,
        lt=0.6,
        description="Leg (hip joint to ankle joint) over stature: 0.491 from trochanter to ankle "
        "(D. A. Winter, Biomechanics and Motor Control of Human Movement, table 4.1); 0.482 (SD "
        "0.006) on 14 rendered fit people.",
    )
    fall_s: float = Field(
        0.15,
        gt=0.03,
        le=0.2,
        description="Span of free flight before a landing from which its speed is read, s. On "
        "rendered fit landings the spread of the error is 0.16 m/s over 85 ms, 0.13 over 150.",
    )
    flat_foot_from: float = Field(
        0.30, ge=0, le=1, description="Start of the flat-foot plateau, share of stance [P]."
    )
    flat_foot_to: float = Field(
        0.60, ge=0, le=1, description="End of the flat-foot plateau, share of stance [P]."
    )
    stance_peak_until: float = Field(
        0.7,
        gt=0,
        le=1,
        description="Share of stance in which the knee's stance peak is looked for: after it the "
        "knee bends again for the swing.",
    )
    after_toe_off_s: float = Field(
        0.10,
        ge=0,
        le=0.3,
        description="Hip extension may peak this long after toe-off, s [P].",
    )
    midstance_from: float = Field(0.25, ge=0, le=1, description="Step width window, start.")
    midstance_to: float = Field(0.60, ge=0, le=1, description="Step width window, end.")
    touch_gap_s: float = Field(
        3.0, gt=0.2, le=20, description="A foot down for longer ends an attempt at balancing, s."
    )
    first_reps: int = Field(
        3, ge=1, le=10, description="Repetitions that set 100 % of heel rise (measures.md 7e [P])."
    )
    sway_tail_pct: float = Field(
        2.5, ge=0, lt=50, description="Tail cut on each side of the sway range, %."
    )
    rep_event_sd_frames: float = Field(
        0.29,
        ge=0,
        le=2,
        description="Error of a repetition's start and end, frames (even spread within a frame: "
        "1 / sqrt 12).",
    )
    min_reliability: float = Field(
        0.25,
        gt=0,
        le=1,
        description="Floor of the surface signal's reliability in its error (doubles it).",
    )
    max_hop_flight_s: float = Field(
        0.8, gt=0, le=2, description="Longer than any hop's flight (0.8 s is a 78 cm jump), s."
    )
    landing_window_s: float = Field(
        0.6, gt=0, le=2, description="Time after contact in which a landing's knee bend peaks, s."
    )
    softness: SoftnessSettings = SoftnessSettings()
    gravity_mps2: float = Field(9.80665, description="Standard gravity, m/s2.")

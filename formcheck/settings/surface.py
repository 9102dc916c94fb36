"""Thresholds of the surface stage, each with unit, bounds and source.

How the strips answer to the body is learned: :mod:`formcheck.fitted.strip_loadings`.
"""

from pydantic import Field, model_validator

from formcheck.settings.base import SettingsModel

Drivers = tuple[float, float, float, float, float, float, float]


class SurfaceSettings(SettingsModel):
    """Settings of the surface stage."""

    # ---- where is looked ---------------------------------------------------------------------
    strip_edges: tuple[float, ...] = Field(
        tuple(round(-0.25 + 0.1 * i, 2) for i in range(14)),
        description="Heights between strips, torso lengths above mid-hip. 0.1 is about 4.5 cm: "
        "narrow enough to keep waist and buttock apart, wide enough for 20 points.",
    )
    width_heights: tuple[float, ...] = (-0.25, 0.0, 0.2, 0.4, 0.6, 0.9, 1.05)
    half_widths: tuple[float, ...] = Field(
        (0.30, 0.31, 0.27, 0.24, 0.26, 0.30, 0.26),
        description="Half-width looked at, at those heights, torso lengths: inside the narrowest "
        "of the six rendered bodies.",
    )
    point_spacing: float = Field(
        0.045, gt=0.01, lt=0.1, description="Grid of tracked points, torso lengths (about 2 cm)."
    )
    arm_radius: float = Field(
        0.09, ge=0, lt=0.3, description="Points nearer to a forearm's axis are left out, torsos."
    )
    min_travel_px: float = Field(
        1.5,
        gt=0,
        description="Torso travel per frame (twice the landmarks' jitter) from which "
        "points that stand still are taken for something before the body.",
    )
    still_share: float = Field(
        0.3, ge=0, lt=1, description="A point that moves less than this share stands still."
    )
    min_torso_px: float = Field(
        48, ge=8, description="A shorter torso in the picture is not tracked (1 px = 1.2 degrees)."
    )
    min_shoulder_share: float = Field(
        0.4,
        ge=0,
        lt=1,
        description="Shoulders nearer each other than this, in torso lengths, are seen from the "
        "side (0.3 at most there, 0.65 at least from behind): nothing is followed.",
    )
    target_torso_px: float = Field(
        160, ge=40, description="Larger people are scaled down to this: bounds the time spent."
    )

    # ---- how points are followed -------------------------------------------------------------
    strip_least_s: float = Field(
        0.026,
        ge=0,
        lt=0.05,
        description="From one picture looked at to the next at least, true seconds: every one of a "
        "30 frames/s clip, every second at 60. Nothing above 8 Hz is kept of the strips' motion.",
    )
    window_px: int = Field(13, ge=5, le=41, description="Lucas-Kanade window; 11-25 tried.")
    pyramid_levels: int = Field(
        1, ge=0, le=5, description="2 and 1 agree within 0.1 px at 99.9 % of the points."
    )
    equalise_sigma: float = Field(
        0.06, gt=0, lt=1, description="Local contrast is taken over this, torso lengths."
    )
    equalise_floor: float = Field(
        3.0, gt=0, description="Contrast below this (8-bit levels) is taken for sensor noise."
    )
    max_return_px: float = Field(
        0.35, gt=0, description="Forward-backward error allowed, pixels of the cut-out."
    )
    half_trackability: float = Field(
        1.4e-3,
        gt=0,
        description="Corner strength (smaller eigenvalue, as Lucas-Kanade tells it) at which a "
        "point counts half.",
    )
    min_strip_points: int = Field(5, ge=3)
    min_strip_width: float = Field(
        0.15, gt=0, description="Points of a strip must spread this far, torso lengths."
    )
    robust_iterations: int = Field(
        4, ge=1, le=50, description="6 gave the same errors on 16 rendered clips."
    )
    robust_scale: float = Field(
        1.5, gt=0, description="Cauchy scale in robust standard deviations of the strip's misfit."
    )

    min_bounce_share: float = Field(
        0.5,
        ge=0,
        le=1,
        description="A strip that takes part in less than this share of the "
        "body's rise and fall is hidden (a treadmill's console in front view).",
    )
    min_bounce_pct: float = Field(
        0.7, gt=0, description="RMS rise and fall, percent of the torso, from which that is asked."
    )

    # ---- from steps to angles ----------------------------------------------------------------
    low_pass_hz: float = Field(
        8.0, gt=1, description="Zero-lag Butterworth; pelvis and trunk hold nothing above 6 Hz."
    )
    max_gap_s: float = Field(0.08, gt=0, description="Longer breaks in tracking end a cycle.")
    min_cycles: int = Field(3, ge=2, description="Whole strides needed for a waveform.")
    driver_sd: Drivers = Field(
        (30.0, 30.0, 30.0, 4.0, 8.0, 4.0, 3.0),
        description="Prior SD of the drivers: vague for what is measured; thigh around the "
        "template; others as wide as runners are.",
    )
    thigh_amplitude_deg: float = Field(
        51.0, gt=0, lt=90, description="Left minus right thigh flexion, first harmonic (rendered)."
    )
    thigh_phase_deg: float = Field(
        111.5,
        description="Its phase: amplitude cos(360 phase + this), 0 = left mid-stance.",
    )
    pelvis_yaw_prior_deg: float = Field(
        6.0,
        gt=0,
        description="SD of the pelvis's yaw in runners: its own estimate leans on it, "
        "because the strips hardly show it.",
    )

    drop_peak_between: tuple[float, float] = Field(
        (0.2, 0.7),
        description="Pelvic drop is read in mid-stance (Dingenen 2018), as a share of "
        "the stance: before it the swing of the leg still shows in the cloth.",
    )

    # ---- what it is worth ----------------------------------------------------------------------
    reference_cycle_sd_deg: float = Field(
        1.5, gt=0, description="Obliquity's SD between cycles at which reliability is one half."
    )
    min_reliability: float = Field(
        0.4, ge=0, le=1, description="Below: the cloth shows too little; nothing is reported."
    )
    obliquity_sd_deg: float = Field(1.0, gt=0, description="Method error, peak of a stance.")
    obliquity_gain_sd: float = Field(
        0.3,
        ge=0,
        description="Real skin follows the pelvis more or less closely than the "
        "rendered bodies' (whose answer per degree is 0.55-0.9): relative error of the size. The "
        "eight sides of four held-out clips read 0.55 to 1.0 of the truth.",
    )
    zero_sd_deg: float = Field(
        1.0, ge=0, description="Level of the pelvis is taken from mid-flight: error of that zero."
    )
    report_pelvis_yaw: bool = Field(
        False, description="Held-out rendered people: curve r from -0.9 to 0.9, so no number."
    )
    report_drop_excursion: bool = Field(
        False,
        description="Held-out rendered people: slope 0.02 against truth, so no number. The pelvis' "
        "tilt just at the strike, when cloth and buttock shake, is what fails.",
    )
    pelvis_yaw_sd_deg: float = Field(5.5, gt=0, description="Method error, range over a stride.")
    thorax_yaw_sd_deg: float = Field(5.0, gt=0, description="Method error, range over a stride.")

    near_shoulder_share: float = Field(
        0.45,
        gt=0,
        lt=1,
        description="The near shoulder lies this share of the shoulders' width "
        "off the axis of the turn (24 rendered fit clips from the side).",
    )
    side_yaw_sd_deg: float = Field(
        5.0, gt=0, description="Method error of the shoulder line's range, side view, six clips."
    )

    def with_pelvis_yaw_sd(self, sd_deg: float) -> "SurfaceSettings":
        """Return a copy that trusts its prior for pelvis yaw more or less."""
        sd = list(self.driver_sd)
        sd[1] = sd_deg
        return self.model_copy(update={"driver_sd": tuple(sd)})

    @property
    def n_strips(self) -> int:
        """Number of strips."""
        return len(self.strip_edges) - 1

    @model_validator(mode="after")
    def _consistent(self) -> "SurfaceSettings":
        if list(self.strip_edges) != sorted(self.strip_edges):
            msg = "strip_edges must rise"
            raise ValueError(msg)
        if len(self.width_heights) != len(self.half_widths):
            msg = "half_widths needs one value per width_heights"
            raise ValueError(msg)
        return self

"""Thresholds and calibrations of the surface stage, each with unit, bounds and source.

`docs/surface.md` says how every calibrated number was found and gives the command that finds it.
"""

from typing import Literal

from pydantic import Field, model_validator

from formcheck.settings.base import SettingsModel

Drivers = tuple[float, float, float, float, float, float, float]
Kind = Literal["roll", "shift", "shoulder_x", "shoulder_tilt", "world_yaw"]


class Feature(SettingsModel):
    """One thing that is seen, and how it answers to the movements that drive it.

    Seen from behind; in front view the picture is mirrored first, so that + is the runner's right.
    """

    kind: Kind = Field(description="Rotation or shift of a strip, or a landmark signal.")
    strip: int = Field(0, ge=0, description="Which strip, 0 = lowest (roll and shift only).")
    noise: float = Field(gt=0, description="One sigma, degrees or percent of the torso length.")
    loadings: Drivers = Field(
        description="Answer per degree of pelvic obliquity (+ left side higher), pelvis yaw and "
        "thorax yaw (+ turned left), thorax roll (+ left shoulder higher), left minus right thigh "
        "flexion, sum of the thighs' outward angles, and per percent of sideways motion.",
    )


def _features(rows: tuple[tuple[Kind, int, float, Drivers], ...]) -> tuple[Feature, ...]:
    return tuple(Feature(kind=k, strip=s, noise=n, loadings=d) for k, s, n, d in rows)


# Prior: the surface of six rendered bodies moved by 36 random runs (random phases between pelvis,
# thorax and legs). Updated with tracked rendered clips of the fit set only. See docs/surface.md.
_REAR = _features(
    (
        ("roll", 1, 1.46, (0.907, -0.108, 0.023, 0.046, -0.109, 0.162, -0.006)),
        ("roll", 2, 0.60, (0.828, -0.028, 0.000, 0.145, -0.130, 0.003, -0.002)),
        ("roll", 3, 0.72, (0.749, 0.026, -0.021, 0.202, -0.127, -0.029, 0.000)),
        ("roll", 4, 1.20, (0.650, -0.004, -0.034, 0.321, -0.076, -0.022, 0.008)),
        ("roll", 5, 2.06, (0.551, -0.020, -0.013, 0.449, -0.031, -0.020, 0.004)),
        ("shift", 1, 0.70, (-0.072, 0.237, 0.031, -0.014, 0.002, 0.015, 1.018)),
        ("shift", 2, 0.70, (0.018, 0.239, 0.044, 0.008, 0.010, 0.036, 1.029)),
        ("shift", 3, 0.60, (0.152, 0.221, 0.062, 0.034, 0.008, 0.036, 1.033)),
        ("shift", 4, 0.63, (0.279, 0.170, 0.065, 0.074, 0.003, 0.017, 1.031)),
        ("shift", 5, 0.74, (0.415, 0.125, 0.071, 0.132, 0.000, 0.004, 1.022)),
        ("shift", 6, 0.65, (0.503, 0.076, 0.074, 0.254, 0.001, -0.004, 1.021)),
        ("shift", 7, 0.64, (0.561, 0.045, 0.082, 0.416, 0.001, -0.008, 1.022)),
        ("shift", 8, 0.72, (0.596, 0.042, 0.093, 0.564, -0.002, -0.012, 1.023)),
        ("shift", 9, 0.67, (0.618, 0.045, 0.118, 0.700, -0.005, -0.007, 1.027)),
        ("shift", 10, 0.58, (0.629, 0.034, 0.139, 0.840, -0.008, -0.002, 1.032)),
        ("shift", 11, 0.59, (0.626, 0.019, 0.139, 0.996, -0.010, 0.006, 1.036)),
        ("shoulder_x", 0, 0.65, (0.621, 0.011, -0.265, 1.046, 0.030, 0.003, 0.992)),
        ("shoulder_tilt", 0, 1.10, (0.065, 0.039, 0.138, 0.944, 0.025, -0.024, -0.016)),
        ("world_yaw", 0, 2.62, (0.040, 0.033, 0.639, -0.063, -0.005, -0.020, -0.018)),
    )
)


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
    min_torso_px: float = Field(
        48, ge=8, description="A shorter torso in the picture is not tracked (1 px = 1.2 degrees)."
    )
    target_torso_px: float = Field(
        160, ge=40, description="Larger people are scaled down to this: bounds the time spent."
    )

    # ---- how points are followed -------------------------------------------------------------
    window_px: int = Field(13, ge=5, le=41, description="Lucas-Kanade window; 11-25 tried.")
    pyramid_levels: int = Field(2, ge=0, le=5)
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
        1e-4, gt=0, description="Corner strength (smaller eigenvalue) at which a point counts half."
    )
    min_strip_points: int = Field(5, ge=3)
    min_strip_width: float = Field(
        0.15, gt=0, description="Points of a strip must spread this far, torso lengths."
    )
    robust_iterations: int = Field(6, ge=1, le=50)
    robust_scale: float = Field(
        1.5, gt=0, description="Cauchy scale in robust standard deviations of the strip's misfit."
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
    rear: tuple[Feature, ...] = _REAR
    front: tuple[Feature, ...] = ()

    # ---- what it is worth ----------------------------------------------------------------------
    reference_cycle_sd_deg: float = Field(
        1.5, gt=0, description="Obliquity's SD between cycles at which reliability is one half."
    )
    min_reliability: float = Field(
        0.4, ge=0, le=1, description="Below: the cloth shows too little; nothing is reported."
    )
    obliquity_sd_deg: float = Field(1.3, gt=0, description="Method error, peak of a stance.")
    obliquity_gain_sd: float = Field(
        0.2,
        ge=0,
        description="Real skin follows the pelvis more or less closely than the "
        "rendered bodies' (whose answer per degree is 0.55-0.9): relative error of the size.",
    )
    zero_sd_deg: float = Field(
        1.0, ge=0, description="Level of the pelvis is taken from mid-flight: error of that zero."
    )
    pelvis_yaw_sd_deg: float = Field(3.0, gt=0, description="Method error, range over a stride.")
    thorax_yaw_sd_deg: float = Field(3.0, gt=0, description="Method error, range over a stride.")

    side_yaw_sd_deg: float = Field(
        4.0, gt=0, description="Method error of the shoulder line's range in side view."
    )

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
        if any(f.strip >= self.n_strips for f in (*self.rear, *self.front)):
            msg = "a feature names a strip that does not exist"
            raise ValueError(msg)
        return self

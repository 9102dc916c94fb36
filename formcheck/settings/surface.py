"""Thresholds and calibrations of the surface stage, each with unit, bounds and source.

`docs/surface.md` says how every calibrated number was found and gives the command that finds it.
"""

from typing import Literal

from pydantic import Field, model_validator

from formcheck.keypoints import View
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
        ("roll", 1, 2.45, (0.930, -0.285, -0.017, 0.042, -0.190, 0.147, -0.002)),
        ("roll", 2, 0.58, (0.903, -0.089, -0.079, 0.193, -0.135, -0.005, -0.015)),
        ("roll", 3, 0.61, (0.793, 0.018, -0.072, 0.258, -0.112, -0.036, -0.010)),
        ("roll", 4, 1.35, (0.691, 0.038, -0.077, 0.390, -0.057, -0.023, -0.001)),
        ("roll", 5, 0.90, (0.552, -0.032, -0.009, 0.411, -0.021, -0.028, 0.001)),
        ("shift", 1, 0.88, (-0.056, 0.271, 0.042, -0.005, 0.002, -0.001, 1.010)),
        ("shift", 2, 0.88, (0.028, 0.226, 0.054, -0.006, 0.002, 0.023, 1.026)),
        ("shift", 3, 0.84, (0.157, 0.194, 0.068, 0.034, 0.001, 0.026, 1.031)),
        ("shift", 4, 0.91, (0.277, 0.141, 0.075, 0.073, -0.000, 0.006, 1.030)),
        ("shift", 5, 1.08, (0.396, 0.097, 0.075, 0.193, 0.000, 0.001, 1.022)),
        ("shift", 6, 1.07, (0.488, 0.065, 0.046, 0.304, 0.004, -0.002, 1.023)),
        ("shift", 7, 0.99, (0.550, 0.047, 0.052, 0.449, 0.002, -0.011, 1.022)),
        ("shift", 8, 1.01, (0.582, 0.040, 0.055, 0.596, 0.002, -0.022, 1.021)),
        ("shift", 9, 0.90, (0.605, 0.043, 0.080, 0.737, -0.000, -0.020, 1.024)),
        ("shift", 10, 0.99, (0.624, 0.034, 0.101, 0.870, 0.001, -0.020, 1.028)),
        ("shift", 11, 0.83, (0.619, 0.015, 0.102, 1.026, -0.001, -0.013, 1.032)),
        ("shoulder_x", 0, 1.09, (0.646, 0.016, -0.293, 1.014, 0.029, 0.009, 0.987)),
        ("shoulder_tilt", 0, 0.82, (0.102, 0.024, 0.111, 0.922, 0.028, -0.012, -0.023)),
        ("world_yaw", 0, 2.89, (0.070, -0.020, 0.590, 0.023, 0.028, 0.011, -0.029)),
    )
)
# The prior alone, used in movement tests.
_FRONT = _features(
    (
        ("roll", 1, 1.50, (0.985, 0.121, -0.005, 0.198, 0.437, 0.146, -0.033)),
        ("roll", 2, 1.00, (0.883, 0.070, 0.016, 0.275, 0.231, 0.044, -0.023)),
        ("roll", 3, 0.80, (0.786, 0.024, 0.003, 0.262, 0.088, 0.003, -0.000)),
        ("roll", 4, 0.80, (0.670, 0.007, -0.002, 0.358, 0.023, 0.002, 0.003)),
        ("roll", 5, 0.80, (0.579, -0.003, -0.007, 0.461, 0.007, 0.002, 0.004)),
        ("shoulder_x", 0, 3.00, (0.613, 0.018, -0.247, 1.068, 0.004, 0.013, 1.041)),
        ("shoulder_tilt", 0, 1.00, (0.000, 0.000, 0.110, 1.000, 0.000, 0.000, 0.000)),
        ("world_yaw", 0, 2.20, (0.0, 0.0, 0.60, 0.0, 0.0, 0.0, 0.0)),
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
    running_views: tuple[View, ...] = Field(
        (View.REAR,),
        description="In front view of four rendered treadmill runs the drop read half "
        "of the truth and the shoulders' turn did not follow it: the console hides the trunk.",
    )
    rear: tuple[Feature, ...] = _REAR
    front: tuple[Feature, ...] = _FRONT

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
        if any(f.strip >= self.n_strips for f in (*self.rear, *self.front)):
            msg = "a feature names a strip that does not exist"
            raise ValueError(msg)
        return self

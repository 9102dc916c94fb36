"""Thresholds of the signals stage, each with unit, bounds and source."""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class LegSettings(SettingsModel):
    """Which leg is which: repair of exchanged and collapsed legs in side view.

    Lengths are in leg lengths (thigh plus shank, median over the clip). A foot in swing moves by
    0.25 leg lengths per frame at 30 frames/s; its real change of step from frame to frame stays
    below 0.1, while exchanging the legs at foot strike makes it jump by 0.5 to 0.9.
    """

    decide_hz: float = Field(
        33.0,
        gt=10,
        le=120,
        description="Rate (Hz) at which continuity is judged; faster clips are judged on every "
        "k-th frame, k ways: between frames 4 ms apart an exchange hides in the noise.",
    )
    jump_cap: float = Field(
        0.3,
        gt=0,
        description="A departure from steady motion counts at most this much (leg lengths), so "
        "that one wild point does not decide.",
    )
    exchange_cost: float = Field(
        0.15,
        ge=0,
        description="What an exchange must gain (leg lengths) at each of its two ends.",
    )
    exchanged_frame_cost: float = Field(
        0.01,
        ge=0,
        description="What calling one frame exchanged costs (leg lengths): the model is right in "
        "most frames.",
    )
    apart_min: float = Field(
        0.12,
        gt=0,
        description="Feet nearer than this (leg lengths) lie on one another: a swinging foot "
        "passes the standing one at least 0.15 higher or beside it.",
    )
    unseen_visibility: float = Field(
        0.5,
        gt=0,
        lt=1,
        description="Unsmoothed visibility of the ankle below which the leg below the knee is "
        "dropped in side view: 0.2-0.5 where the far leg was guessed, 0.58 and more where it was "
        "seen (33 frames of a real treadmill clip looked at by eye).",
    )
    usual_share: float = Field(
        0.65,
        gt=0,
        lt=1,
        description="Also dropped below this share of that ankle's usual visibility: the near "
        "leg's is 0.97, and 0.6 where its foot was guessed.",
    )


class OutlierSettings(SettingsModel):
    """Single points that are elsewhere than before and after."""

    window_frames: int = Field(
        7, ge=5, le=31, description="Window of the Hampel test (Sports2D and Pose2Sim use 7)."
    )
    sigmas: float = Field(
        4.0,
        ge=2,
        le=10,
        description="Robust standard deviations from the neighbours' prediction. The usual test "
        "against the window's median at 3 clips real peaks at 30 frames/s by 8 to 10 degrees.",
    )
    floor_body: tuple[float, float] = Field(
        (0.03, 0.06),
        description="Departures below this share of body height are never outliers: for single "
        "frames, and for two in a row (there the prediction spans more time).",
    )
    max_speed_mps: float = Field(
        12.0, gt=0, description="A faster foot (m/s at 1.7 m height) is impossible in running."
    )


class GapSettings(SettingsModel):
    """Gaps that may be bridged (PCHIP); longer ones stay unseen."""

    foot_s: float = Field(
        0.05, gt=0, le=0.2, description="Ankle, heel, toe, knee: longest unseen time bridged, s."
    )
    trunk_s: float = Field(
        0.10, gt=0, le=0.4, description="Hips, shoulders, head, arms: longest bridged, s."
    )


class FilterSettings(SettingsModel):
    """Zero-lag Butterworth cut-offs by joint, at the frame rates of `rates_hz`; linear between.

    Hip and trunk 5-8 Hz, knee and ankle 6-12 Hz, heel and toe up to 25 Hz (measures.md 7c). The
    community's 6 Hz is a walking setting: on a running knee curve it takes 3 degrees off the stance
    peak, 12 Hz takes 0.2.
    """

    rates_hz: tuple[float, ...] = Field((30.0, 60.0, 120.0, 240.0), description="Frame rates, Hz.")
    trunk_hz: tuple[float, ...] = Field(
        (6.0, 7.0, 8.0, 8.0), description="Cut-offs of hips, shoulders and head, Hz."
    )
    leg_hz: tuple[float, ...] = Field(
        (8.0, 10.0, 12.0, 12.0),
        description="Cut-offs of knees and ankles (and elbows, wrists), Hz.",
    )
    foot_hz: tuple[float, ...] = Field(
        (10.0, 12.0, 18.0, 22.0), description="Cut-offs of heels and toes, Hz."
    )
    order: int = Field(4, ge=2, le=8, description="Total order after running there and back.")
    max_nyquist: float = Field(
        0.8, gt=0, lt=1, description="Highest cut-off as a share of half the frame rate."
    )
    max_rate_hz: float = Field(
        250.0, gt=30, description="Highest rate of the uniform grid, Hz (bounds memory)."
    )
    min_run_samples: int = Field(
        6, ge=3, le=60, description="Shorter runs between gaps are left unfiltered."
    )


class SceneSettings(SettingsModel):
    """View, facing, surface, roll and scale."""

    side_width_max: float = Field(
        0.30,
        gt=0,
        description="Shoulder and hip width over torso length below which it is a side view. "
        "Square-on they are near 0.05-0.2, frontal 0.6-0.8.",
    )
    front_width_min: float = Field(
        0.42, gt=0, description="Shoulder width over torso length above which it is frontal."
    )
    square_yaw_width: float = Field(
        0.75,
        gt=0,
        description="Shoulder width over torso length when seen square from front or rear.",
    )
    facing_min: float = Field(
        0.6,
        gt=0.5,
        lt=1,
        description="Share of frames that must point the same way for a facing sign to count.",
    )
    travel_min_heights: float = Field(
        1.0,
        gt=0,
        description="Sideways travel of the body in its heights that makes it overground.",
    )
    growth_min: float = Field(
        0.25,
        gt=0,
        description="Log change of body size over the clip (0.25 = 28 %) that makes it overground.",
    )
    gait_min_hz: float = Field(0.55, gt=0, description="Slowest stride taken for gait, Hz.")
    gait_max_hz: float = Field(2.2, gt=0, description="Fastest stride taken for gait, Hz.")
    gait_antiphase: float = Field(
        0.35,
        gt=0,
        lt=1,
        description="Left and right leg must run against one another this strongly "
        "(negative correlation of their movement).",
    )
    gait_swing: float = Field(
        0.10,
        gt=0,
        description="Swing of the legs (robust SD of ankle travel, leg lengths) that is gait.",
    )
    roll_max_deg: float = Field(
        12.0, gt=0, le=45, description="Edges farther than this from upright or level are neither."
    )
    roll_min_edges: int = Field(
        8,
        ge=1,
        description="Edges (weighted like one of a tenth of the picture) needed for a roll.",
    )
    roll_unknown_sd_deg: float = Field(
        1.5, gt=0, description="SD of a phone's roll when nothing in the picture tells it, degrees."
    )
    roll_floor_sd_deg: float = Field(
        0.4, gt=0, description="Smallest SD of a roll from edges: door frames lean too, degrees."
    )
    nose_heel_share: float = Field(
        0.92,
        gt=0.8,
        lt=1,
        description="Nose-to-heel height over stature, standing (measures.md 7d, +/- 2 %).",
    )
    nose_heel_sd: float = Field(0.03, gt=0, description="Its relative SD, with the pose's error.")


class SignalSettings(SettingsModel):
    """Settings of the signals stage."""

    legs: LegSettings = LegSettings()
    outliers: OutlierSettings = OutlierSettings()
    gaps: GapSettings = GapSettings()
    filters: FilterSettings = FilterSettings()
    scene: SceneSettings = SceneSettings()

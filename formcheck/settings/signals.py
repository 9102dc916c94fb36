"""Thresholds of the signals stage, each with unit, bounds and source."""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class AlternationSettings(SettingsModel):
    """Counting steps by the distance between the feet, to know which leg must be in front."""

    max_step_hz: float = Field(5.0, gt=0, description="Fastest step rate, Hz (300 steps/min).")
    min_cycles: float = Field(
        3.0, gt=1, description="Steps the clip must hold for a rhythm to be believed."
    )
    smooth_cycles: float = Field(
        0.7, gt=0.1, description="Width (SD, steps) over which the rhythm may drift."
    )
    min_swing: float = Field(
        0.08,
        gt=0,
        description="Amplitude of the rhythm (leg lengths) that is gait: walking 0.15 and more.",
    )
    min_strength: float = Field(
        0.3, gt=0, lt=1, description="Share of the usual amplitude below which no step is counted."
    )
    near_peak: float = Field(
        0.35,
        gt=0,
        lt=0.5,
        description="Part of a step (either way of its widest point) in which the feet are apart.",
    )
    min_apart: float = Field(
        0.15, gt=0, description="Distance of the feet (leg lengths) that says who is in front."
    )
    min_agreement: float = Field(
        0.65,
        gt=0.5,
        lt=1,
        description="Share of such frames in which the model's names must alternate as the steps "
        "do; real and rendered treadmill clips have 0.75-1.",
    )
    weight: float = Field(
        8.0, ge=0, description="What a name against the turn costs (log likelihood) per frame."
    )


class LegSettings(SettingsModel):
    """Which leg is which: repair of exchanged and guessed legs in side view.

    Lengths are in leg lengths (thigh plus shank), so speeds are in leg lengths per second.
    """

    noise: float = Field(
        0.05,
        gt=0,
        description="Error (SD) of a well seen leg point; 0.7-2 % of body height on rendered "
        "runners, and a leg is half the body; a frame or two of doubt on either side add to it.",
    )
    noise_growth: float = Field(
        5.0,
        ge=0,
        description="How fast that error grows as the ankle's visibility falls below 0.85 "
        "(exponent per unit): 0.3 leg lengths at 0.4, where the model guesses.",
    )
    jerk: float = Field(
        7e4,
        gt=0,
        description="Process noise: white jerk, (leg lengths/s^3)^2 s. A running foot's "
        "acceleration changes by about 60 m/s^2 within 30-50 ms.",
    )
    usual_speed: float = Field(
        3.5,
        gt=0,
        description="Upper quartile of an ankle's speed against the hips in running; slower feet "
        "(slow motion, walking) have less jerk.",
    )
    tempo_s: float = Field(
        3.0,
        gt=0.5,
        le=10,
        description="How fast feet go is read off this long a stretch around a frame, s.",
    )
    start_speed: float = Field(6.0, gt=0, description="SD of the unknown speed at first sight.")
    start_accel: float = Field(60.0, gt=0, description="SD of the unknown acceleration.")
    wild: float = Field(
        40.0,
        gt=1,
        description="Squared departure (variances) at which a leg counts as not seen in a frame: "
        "it costs no more and does not steer the filter.",
    )
    exchange_cost: float = Field(
        3.0,
        ge=0,
        description="What each change of naming costs (log likelihood): e^3 = 20 times likelier.",
    )
    exchanged_cost_s: float = Field(
        3.0,
        ge=0,
        description="What a second of exchanged names costs: the model is mostly right.",
    )
    memory_s: float = Field(
        0.15, gt=0, le=1, description="Hypotheses that agree on this last time (s) are merged."
    )
    beam: int = Field(24, ge=2, le=512, description="Hypotheses kept.")
    alternation: AlternationSettings = AlternationSettings()
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
    stretch_max: float = Field(
        0.35,
        gt=0,
        description="A thigh or shank longer than the median by this share is not a leg, in side "
        "view. Within 12 % on a real treadmill clip.",
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
    peak, 12 Hz takes 0.2. On four rendered side views the knee's error (SD) was least at 6 Hz,
    where 2 to 8 % of its range is lost, and 7 to 18 % higher at 10 Hz; averaging over steps takes
    that noise away, not a lost peak. With white noise of 3 px on an analytic runner 10 to 12 Hz is
    best.
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
    """View, facing, surface, roll and scale.

    Lengths are in torso lengths (shoulder to hip midpoint) unless said otherwise. Seen on 8 real
    and 7 rendered clips: side views against front, rear and one oblique front view (by 33 deg).
    """

    side_width_max: float = Field(
        0.30,
        gt=0,
        description="Mean of shoulder and hip width below which it is a side view: side 0.04-0.16, "
        "others 0.46-0.57.",
    )
    side_nose_min: float = Field(
        0.18, gt=0, description="Nose ahead of the shoulders: side 0.23-0.32, others to 0.13."
    )
    side_foot_min: float = Field(
        0.18,
        gt=0,
        description="Foot's length across: side 0.28-0.37, frontal to 0.09, oblique 0.26.",
    )
    front_width_min: float = Field(
        0.40, gt=0, description="Narrower frontal views with side signs are oblique."
    )
    front_toe_min: float = Field(
        0.16, gt=0, description="Toe below heel in the picture: front 0.25-0.27, oblique 0.12."
    )
    rear_toe_max: float = Field(
        0.09, gt=-1, description="Toe below heel in rear views: -0.04 to 0.06."
    )
    end_share: float = Field(
        0.15, gt=0, le=0.5, description="Share of the frames at either end compared for travel."
    )
    travel_min_heights: float = Field(
        1.0, gt=0, description="Travel across the picture (body heights) that is overground."
    )
    growth_min: float = Field(
        0.25,
        gt=0,
        description="Log change of body size that is overground (0.25 = 28 %); also what one scale "
        "cannot cover.",
    )
    travel_doubt: float = Field(
        0.6, gt=0, le=1, description="Share of either limit from which a treadmill is doubtful."
    )
    gait_swing: float = Field(
        0.12, gt=0, description="Robust SD of the distance between the feet that is gait."
    )
    gait_together_max: float = Field(
        0.5,
        gt=-1,
        lt=1,
        description="Correlation of left and right foot above which they move together: runs and "
        "walks -0.7 to 0.2, squats and hops 0.4 to 1.",
    )
    gait_one_sided: float = Field(
        0.5,
        gt=0,
        description="Median over robust SD of that distance above which one foot stays up: runs "
        "to 0.3, hops and squats 0.7 to 16.",
    )
    roll_max_deg: float = Field(
        12.0, gt=0, le=45, description="Edges farther than this from upright or level are neither."
    )
    roll_min_edges: float = Field(
        1.5,
        gt=0,
        description="Total length of agreeing edges per picture, in tenths of its longer side.",
    )
    roll_min_share: float = Field(
        0.35, gt=0, le=1, description="Share of near-upright edges that must agree."
    )
    roll_prior_sd_deg: float = Field(
        4.0, gt=0, description="How far people tilt a phone unawares (SD), degrees."
    )
    roll_unknown_sd_deg: float = Field(
        1.5, gt=0, description="SD of a phone's roll when nothing in the picture tells it, degrees."
    )
    roll_floor_sd_deg: float = Field(
        0.4, gt=0, description="Smallest SD of a roll from edges: door frames lean too, degrees."
    )
    roll_given_sd_deg: float = Field(0.5, gt=0, description="SD of a roll the user gave, degrees.")
    nose_heel_share: float = Field(
        0.92,
        gt=0.8,
        lt=1,
        description="Nose-to-heel height over stature, standing (measures.md 7d, +/- 2 %).",
    )
    gait_upright_share: float = Field(
        0.98,
        gt=0.9,
        le=1,
        description="The same at a runner's tallest (90th percentile of frames) over standing: "
        "0.883-0.907 of stature on five rendered runners, 0.92 standing.",
    )
    nose_heel_sd: float = Field(0.03, gt=0, description="Its relative SD, with the pose's error.")


class SignalSettings(SettingsModel):
    """Settings of the signals stage."""

    legs: LegSettings = LegSettings()
    outliers: OutlierSettings = OutlierSettings()
    gaps: GapSettings = GapSettings()
    filters: FilterSettings = FilterSettings()
    scene: SceneSettings = SceneSettings()

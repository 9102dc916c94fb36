"""Thresholds of the events stage, each with unit, bounds and source."""

from pydantic import Field

from formcheck.settings.base import SettingsModel
from formcheck.settings.legrule import LegRuleSettings


class RhythmSettings(SettingsModel):
    """How the step rhythm is found."""

    step_hz: tuple[float, float] = Field(
        (1.25, 4.3),
        description="Step rates looked for, Hz: 75 steps/min (a slow walk) to 258 (sprinting).",
    )
    slow_hz: tuple[float, float] = Field(
        (0.08, 1.25), description="Step rates looked for on the clock of a slow-motion file, Hz."
    )
    min_steps: float = Field(
        2.5, ge=1, le=10, description="Steps a clip must hold to have a rhythm."
    )
    window_steps: float = Field(
        0.8,
        gt=0.2,
        le=4,
        description="SD of the window in which the step phase is followed, steps.",
    )
    min_activity: float = Field(
        0.3, gt=0, lt=1, description="Movement below this share of the clip's usual is no gait."
    )
    bridge_steps: float = Field(
        3.0, ge=0, le=10, description="Breaks in the movement shorter than this are none, steps."
    )


class StrideSettings(SettingsModel):
    """How the strides of a clip are laid over each other."""

    span: tuple[float, float] = Field(
        (-0.40, 0.75), description="Part of the stride kept around the reference, strides."
    )
    grid_s: float = Field(
        0.0025, gt=0, le=0.01, description="Step of the mean stride's time axis, s."
    )
    width_s: float = Field(
        0.012,
        gt=0.002,
        le=0.05,
        description="SD of the smoothing window on the pooled samples, s: about half the foot's "
        "fastest feature (the corner at foot strike lasts some 30 ms).",
    )
    width_gaps: float = Field(
        3.0, ge=1, le=20, description="The window is never narrower than this many pooled samples."
    )


class ActivitySettings(SettingsModel):
    """What tells running from other things."""

    min_explained: float = Field(
        0.5,
        gt=0,
        lt=1,
        description="Share of the legs' movement that one stride rhythm must explain; gaits seen: "
        "0.7 and more, squats and one-legged hops: 0.3 and less.",
    )
    min_leg_swing: float = Field(
        0.10,
        gt=0,
        lt=1,
        description="The feet's heights must differ by this, torso lengths, in every step; walking "
        "0.17 to 0.3, running 0.18 and more, squats 0.02.",
    )
    slow_advantage: float = Field(
        0.3, gt=0, lt=1, description="A slow rhythm must explain this much more than a fast one."
    )
    slow_bounce: float = Field(
        0.08,
        gt=0,
        lt=1,
        description="Hip's range per step, torso lengths, above which slow is a run.",
    )
    still_range: float = Field(
        0.12, gt=0, lt=1, description="Hip's range, torso lengths, below which nobody moves."
    )
    run_cadence_spm: float = Field(
        138.0,
        gt=100,
        lt=180,
        description="Front or rear view: from here on it is a run, steps/min.",
    )
    run_swing_knee_deg: float = Field(
        75.0,
        gt=40,
        lt=120,
        description="Front or rear view: a swing knee beyond this is a run, degrees; walking "
        "swings at about 60 (textbook gait curves), running at 90 and more.",
    )
    race_cadence_spm: float = Field(
        150.0, gt=120, lt=220, description="Nobody walks faster than this, steps/min."
    )
    slow_motion_spm: float = Field(
        115.0, gt=60, lt=140, description="A run below this cadence is slow motion, steps/min."
    )


class RunSettings(SettingsModel):
    """How the steps of a run are timed."""

    min_strides: int = Field(2, ge=2, le=20, description="Strides of a foot for a mean stride.")
    match_window: tuple[float, float] = Field(
        (-0.30, 0.45), description="Part of the stride matched to the mean stride, strides."
    )
    align_rounds: int = Field(2, ge=1, le=5, description="Times the mean stride is rebuilt.")
    edge_steps: float = Field(
        0.20, ge=0, le=0.5, description="References this far after the clip are still tried, steps."
    )
    min_match_sd_s: float = Field(
        0.002, gt=0, le=0.02, description="A step's own shift is never known better than this, s."
    )
    min_jitter_s: float = Field(
        0.003,
        gt=0,
        le=0.02,
        description="Step times scatter at least this much around a rhythm, s.",
    )
    blind_sd_s: float = Field(
        0.012, gt=0, le=0.1, description="Error of a step that is timed by the rhythm alone, s."
    )
    seen_window_s: float = Field(0.1, gt=0, le=0.5, description="Time around an event, s.")
    min_seen: float = Field(
        0.5,
        gt=0,
        le=1,
        description="Share of the frames around an event in which the foot is seen.",
    )


class PulseSettings(SettingsModel):
    """How the contact is read off the rise and fall of head and back in the pixels."""

    n_waves: int = Field(
        6, ge=4, le=12, description="Waves per stride that are fitted; 2 and 4 are used."
    )
    min_samples: float = Field(
        6.0, ge=3, le=50, description="Frames seen per wave below which nothing is fitted."
    )
    huber: float = Field(2.0, gt=0.5, le=10, description="Residuals beyond this count less, SDs.")
    robust_iterations: int = Field(4, ge=1, le=20)
    min_size_sds: float = Field(
        5.0, gt=1, description="A rise and fall smaller than this times its error is none."
    )
    duty: tuple[float, float] = Field(
        (0.45, 1.0),
        description="Contact over step time that is told; beyond a whole step the second wave "
        "turns back.",
    )
    back_strips: tuple[int, ...] = Field(
        (7, 8, 9, 10, 11, 12),
        description="Strips of the trunk that go up and down with it: from 0.45 torso lengths "
        "above the hips on (the lower ones also follow pelvis and thighs).",
    )
    min_strips: int = Field(3, ge=1, le=13, description="Fewer strips say nothing.")


class ZeroSettings(SettingsModel):
    """Where on the mean stride the events lie; the curves are in ``events/zero_model.json``."""

    search_s: float = Field(
        0.05,
        gt=0,
        le=0.15,
        description="An event is looked for this far around the usual place, s.",
    )
    prior_sd_s: float = Field(
        0.03, gt=0, le=0.2, description="Spread of events around the usual place, s."
    )
    evidence: float = Field(
        1.0,
        gt=0,
        le=10,
        description="Weight of one channel's mean squared departure; neighbouring samples are not "
        "independent, so a channel counts as about two.",
    )
    torso_m: float = Field(
        0.48,
        gt=0.3,
        lt=0.7,
        description="Shoulder to hip of a person of 1.65 m, m (29 % of height).",
    )
    clue_floor_s: dict[str, float] = Field(
        {
            "middle": 0.0045,
            "strike": 0.010,
            "toe_off": 0.007,
            "usual": 0.03,
            "bounce": 0.02,
            "head_middle": 0.003,
            "head_contact": 0.006,
            "back_middle": 0.003,
            "back_contact": 0.006,
        },
        description="No clue is better than this, s. Mid-stance: 4 ms on rendered runners, though "
        "people's trunks fall 4 to 13 ms earlier (marker data). Contact by the pulse: 4 to 6 ms "
        "on rendered runners, whose force is half a sine, 4 to 20 ms on one over a force plate. "
        "The rest: left-out rendered ones.",
    )
    spring_share: float = Field(
        0.9,
        ge=0,
        le=1,
        description="Share of runners whose force is near enough to half a sine for the pulses' "
        "contact. Runs with flight: yes on the one runner over a force plate (and Morin et al. "
        "2005: peak force 7 % off); two slow joggers by hand labels: no, and those are told apart "
        "at any share.",
    )
    no_spring_sd_s: float = Field(
        0.06,
        gt=0,
        le=0.2,
        description="How far the pulses' contact is off in the others, s: 50 to 120 ms short.",
    )
    grounded_duty: float = Field(
        0.97,
        gt=0.8,
        lt=1.3,
        description="Contact over step time, by the bounce, from which a run has no flight.",
    )
    pooling: float = Field(
        0.4,
        ge=0,
        le=1,
        description="Share of a left-right difference in contact time that is believed: true ones "
        "are 1 % or less in the healthy, clue errors some 4 %.",
    )
    strike_sd_s: dict[str, float] = Field(
        {"side": 0.007, "frontal": 0.010},
        description="Foot strike's error between runners, s: left-out rendered runners, widened "
        "for people, whose trunks bounce less evenly (4 to 10 ms later on one force plate).",
    )
    toe_off_sd_s: dict[str, float] = Field(
        {"side": 0.009, "frontal": 0.013}, description="The same for the toe-off, s."
    )
    grounded_sd_s: tuple[float, float] = Field(
        (0.025, 0.07),
        description="Error of strike and toe-off where there is no flight, s: on one corridor jog "
        "strikes were 7 ms early, toe-offs 117 (hand labels to a frame of 33).",
    )
    sd_frames: float = Field(
        0.1, ge=0, le=1, description="What a longer frame interval adds, in frame intervals."
    )


class RepSettings(SettingsModel):
    """How squats, heel raises and holds are found; lengths in torso lengths."""

    grid_s: float = Field(0.02, gt=0, le=0.1, description="Step of the time axis, s.")
    smooth_s: float = Field(
        0.10,
        gt=0,
        le=0.5,
        description="SD of the smoothing window, s; a repetition lasts 1 s or more.",
    )
    scale_s: float = Field(2.0, gt=0.2, le=20, description="Window of the body's size, s.")
    standing_window_s: float = Field(
        6.0, gt=1, le=60, description="Standing height is looked for this far around, s."
    )
    rest_quantile: float = Field(
        0.04,
        gt=0,
        lt=0.3,
        description="Rest is this quantile nearby: people who repeat without a pause are at rest "
        "for a short time only.",
    )
    min_depth: float = Field(
        0.03,
        gt=0,
        lt=0.5,
        description="Smallest sinking of the hip, share of its standing height: a knee bend of "
        "some 28 degrees (1 - cos of half the bend).",
    )
    min_share: float = Field(
        0.12,
        gt=0,
        lt=1,
        description="Listed from this share of the deep ones on: half the bend is a fifth to a "
        "quarter of the sinking.",
    )
    standing_share: float = Field(
        0.15, gt=0, lt=0.5, description="At this share of a repetition's depth one stands."
    )
    half_share: float = Field(
        0.45,
        gt=0,
        lt=1,
        description="Turning round above this share of the depth is still a return.",
    )
    min_rep_s: float = Field(
        0.8,
        gt=0,
        lt=3,
        description="Shorter ups and downs are steps or hops, s; a squat takes longer.",
    )
    cut_share: float = Field(
        0.6,
        gt=0,
        lt=1,
        description="A repetition cut by the clip's edge counts if this share or less was left.",
    )
    first_reps: int = Field(
        3, ge=1, le=10, description="How far a repetition goes is told against the first ones."
    )
    whole_lift_share: float = Field(
        0.70,
        gt=0,
        lt=1,
        description="A heel raise counts from this share of the first ones (measures.md 7e).",
    )
    whole_rise_share: float = Field(
        0.80,
        gt=0,
        lt=1,
        description="Rising from a seat counts from this share of the height on: a bent knee "
        "takes away less height than it looks like.",
    )
    worth_naming: float = Field(
        0.5, gt=0, lt=1, description="A quick movement is named from this share of a whole one on."
    )
    rest_s: float = Field(0.2, gt=0, le=1, description="Window around a repetition's ends, s.")
    walk_half_s: float = Field(
        0.75, gt=0.2, le=3, description="Feet are looked at this long before and after, s."
    )
    walk_away: float = Field(
        0.25, gt=0, lt=2, description="Both feet further than this from their places: a walk."
    )
    walk_glimpse_s: float = Field(
        0.4, gt=0, le=2, description="Shorter stretches of walking are noise, s."
    )
    walks: float = Field(
        0.9, gt=0, lt=5, description="A foot that goes further than this walks (45 cm)."
    )
    steady: float = Field(
        0.2,
        gt=0,
        lt=2,
        description="Rising from a seat, a foot that moves less than this stands (10 cm).",
    )
    changes: float = Field(
        0.4,
        gt=0,
        lt=1,
        description="In a lunge, feet closer than this share of the usual change places.",
    )
    travels: float = Field(
        0.5, gt=0, lt=3, description="The hips stay within this while one repeats (25 cm)."
    )
    nearer: float = Field(
        0.10,
        gt=0,
        lt=1,
        description="And so does the distance to the phone, as the log of the body's size.",
    )
    lifted: float = Field(
        0.15, gt=0, lt=1, description="One foot this much above the other is off the floor (7 cm)."
    )
    lifted_side: float = Field(
        0.25,
        gt=0,
        lt=1,
        description="The same in side view, where the far foot looks higher by up to 0.2 (camera "
        "at 1 m, 2.5 m away).",
    )
    foot_moves: float = Field(
        0.4,
        gt=0,
        lt=2,
        description="The standing foot may shift this much in a repetition (20 cm).",
    )
    foot_gone_s: float = Field(
        0.5,
        gt=0,
        le=2,
        description="Window in which the standing foot must be seen elsewhere for half the time, "
        "s: a step takes 0.4, a slip of the landmarks 0.1 to 0.2.",
    )
    min_heel_rise: float = Field(
        0.06, gt=0, lt=0.5, description="Smallest heel raise that is one (3 cm)."
    )
    min_hinge_deg: float = Field(
        15.0, gt=0, lt=90, description="Smallest forward lean of a hip hinge that is listed."
    )
    min_swing_deg: float = Field(
        25.0, gt=0, lt=120, description="Smallest swing of the free thigh that is listed."
    )
    min_rise: float = Field(
        0.20, gt=0, lt=1.5, description="Smallest rise from a seat that is listed (10 cm)."
    )
    min_bridge: float = Field(
        0.08, gt=0, lt=1, description="Smallest rise of the hips, lying (4 cm)."
    )
    min_abduction_deg: float = Field(
        9.0, gt=0, lt=90, description="Smallest raise of the upper leg, lying on the side."
    )
    touch_s: float = Field(
        0.15, gt=0, le=1, description="Shorter touches of the floor are noise, s."
    )
    min_glimpse_s: float = Field(0.5, gt=0, le=3, description="Shorter holds are not listed, s.")
    min_hold_s: float = Field(3.0, gt=0, le=30, description="Shorter holds are not judged, s.")


class HopSettings(SettingsModel):
    """How hops and landings are found; lengths in torso lengths."""

    grid_s: float = Field(0.005, gt=0, le=0.02, description="Step of the time axis, s.")
    smooth_s: float = Field(0.025, gt=0, le=0.1, description="SD of the smoothing window, s.")
    scale_s: float = Field(1.0, gt=0.2, le=20, description="Window of the body's size, s.")
    min_rise: float = Field(
        0.07, gt=0, lt=1, description="Smallest rise and fall of the trunk (3.5 cm)."
    )
    min_foot_rise: float = Field(
        0.05, gt=0, lt=1, description="Smallest rise of the carrying foot (2.5 cm)."
    )
    lifted: float = Field(0.15, gt=0, lt=1, description="One foot this much above the other is up.")
    lifted_side: float = Field(0.25, gt=0, lt=1, description="The same in side view.")
    lifted_bound: float = Field(
        0.12, gt=0, lt=1, description="The same in bounds, where the free leg swings through."
    )
    usual_share: float = Field(
        0.5,
        ge=0,
        le=1,
        description="Weight of what is usual in the clip against one landing, for which foot is "
        "down: a hanging foot sinks with the body.",
    )
    most: float = Field(
        0.75, gt=0.5, le=1, description="Bounds alternate if this share of landings does."
    )
    max_fall_s: float = Field(
        1.2, gt=0.2, le=5, description="From the highest point to the lowest of a landing, s."
    )
    hidden_window_s: float = Field(
        0.15,
        gt=0,
        le=1,
        description="A foot unseen for most of this time around a landing counts as hidden, s.",
    )
    max_flight_s: float = Field(
        0.8,
        gt=0.2,
        le=2,
        description="Longest flight, s: a jump of 78 cm (g t^2 / 8); standing up takes longer.",
    )
    max_contact_s: float = Field(
        1.5, gt=0.2, le=5, description="A landing ends by then, even if one stays down, s."
    )
    confirm_s: float = Field(
        0.10, ge=0, le=0.5, description="A foot must be seen to stay down for this long, s."
    )
    speed_share: float = Field(
        0.5,
        gt=0.1,
        lt=0.9,
        description="Contact begins and ends where the toes move at this share of their top speed: "
        "off by 0 ms on synthetic hops of any height, 0 to 12 on rendered jumps for fitting.",
    )
    sd_s: float = Field(0.014, gt=0, description="Error of a landing or take-off, s.")
    sd_frames: float = Field(0.4, ge=0, le=2, description="The same, in frame intervals.")


class EventSettings(SettingsModel):
    """Settings of the events stage."""

    rhythm: RhythmSettings = RhythmSettings()
    activity: ActivitySettings = ActivitySettings()
    stride: StrideSettings = StrideSettings()
    pulse: PulseSettings = PulseSettings()
    run: RunSettings = RunSettings()
    zero: ZeroSettings = ZeroSettings()
    reps: RepSettings = RepSettings()
    hop: HopSettings = HopSettings()
    legs: LegRuleSettings = LegRuleSettings()

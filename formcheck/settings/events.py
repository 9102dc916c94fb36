"""Thresholds of the events stage, each with unit, bounds and source."""

from pydantic import Field

from formcheck.settings.base import SettingsModel
from formcheck.settings.contact import PulseSettings, ZeroSettings
from formcheck.settings.force import ForceSettings
from formcheck.settings.legrule import LegRuleSettings
from formcheck.settings.reps import HopSettings, RepSettings


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


class EventSettings(SettingsModel):
    """Settings of the events stage."""

    rhythm: RhythmSettings = RhythmSettings()
    activity: ActivitySettings = ActivitySettings()
    stride: StrideSettings = StrideSettings()
    force: ForceSettings = ForceSettings()
    pulse: PulseSettings = PulseSettings()
    run: RunSettings = RunSettings()
    zero: ZeroSettings = ZeroSettings()
    reps: RepSettings = RepSettings()
    hop: HopSettings = HopSettings()
    legs: LegRuleSettings = LegRuleSettings()

"""Where in a stride a runner's foot lands and leaves: cut-offs of the clues."""

from pydantic import Field

from formcheck.settings.base import SettingsModel


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
    """Where on the mean stride the events lie; the curves are in ``fitted/contact_times.json``."""

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
            "strike": 0.013,
            "toe_off": 0.008,
            "usual": 0.03,
            "bounce": 0.02,
            "head_middle": 0.003,
            "head_contact": 0.006,
            "back_middle": 0.003,
            "back_contact": 0.006,
        },
        description="No clue is better than this, s: left-out rendered runners, whose forces "
        "differ in shape as measured ones do. Strike and toe-off by the foot's speeds: more than "
        "the 10 and 7 ms there, as they came 14 to 17 and 3 to 4 ms late on the runner over a "
        "force plate (heel and ankle sink on after the strike).",
    )
    spring_share: float = Field(
        0.9,
        ge=0,
        le=1,
        description="Share of runners whose force is near enough to the known shape for the "
        "pulses' contact. Runs with flight: yes on the one runner over a force plate (6 and 0 ms "
        "off); two slow joggers by hand labels: no, and those are told apart at any share.",
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

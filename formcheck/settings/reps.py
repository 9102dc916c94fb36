"""How repetitions, hops and landings are found: cut-offs."""

from pydantic import Field

from formcheck.settings.base import SettingsModel


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
    bounce_share: float = Field(
        0.7,
        gt=0,
        lt=1,
        description="Who turns round below this share of the depth has not come up in between.",
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
    min_period_s: float = Field(
        0.3, gt=0, le=1, description="From one flight's top to the next one's, at the least, s."
    )
    whole_share: float = Field(
        0.45,
        gt=0,
        lt=1,
        description="A flight takes trunk and foot at least this far against those beside it: "
        "a dip before a jump goes some 25 to 40 %, a small first hop 70.",
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

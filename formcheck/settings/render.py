"""Sizes, rounding and choices of the render and report stages, each with unit, bounds and source.

Sizes of lines and text follow the annotated-frame geometry of the project's experience brief
(line H/360, joint H/180, text H/36 of a picture at least 720 px high); they are design choices.
"""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class RenderSettings(SettingsModel):
    """Settings of the render stage."""

    min_height_px: int = Field(
        720, ge=240, le=2160, description="Smaller pictures are enlarged to this height, px."
    )
    max_side_px: int = Field(
        1280,
        ge=480,
        le=3840,
        description="Long side of key frames and clips, px; keeps a PNG near 1.5 MB.",
    )
    line_fraction: float = Field(
        1 / 360, gt=0, lt=0.05, description="Line thickness over picture height."
    )
    joint_fraction: float = Field(
        1 / 180, gt=0, lt=0.05, description="Joint radius over picture height."
    )
    text_fraction: float = Field(
        1 / 36, gt=0, lt=0.2, description="Text height over picture height."
    )
    text_width_fraction: float = Field(
        1 / 27,
        gt=0,
        lt=0.2,
        description="Text height is at most this share of the width, so that portrait clips fit.",
    )
    unsure_below: float = Field(
        0.5,
        ge=0,
        le=1,
        description="Visibility under which a landmark is hollow and its bones dashed.",
    )
    plate_opacity: float = Field(
        0.75, ge=0, le=1, description="Opacity of the dark plate under text."
    )
    wedge_opacity: float = Field(0.45, ge=0, le=1, description="Opacity of filled angles.")
    crop_below_fraction: float = Field(
        0.66,
        ge=0,
        le=1,
        description=(
            "A body shorter than this share of the picture is cropped and enlarged; the detail "
            "that matters (a few degrees over a hip width) is invisible otherwise."
        ),
    )
    crop_body_fraction: float = Field(
        0.76, gt=0.2, lt=1, description="Share of the cropped picture's height the body takes."
    )
    crop_min_height_px: int = Field(
        240, ge=60, description="Never crop to fewer source rows than this, px."
    )
    head_height_over_torso: float = Field(
        0.45,
        gt=0.2,
        lt=1,
        description=(
            "Head height (chin to crown, 0.13 of stature) over shoulder-to-hip length (0.29 of "
            "stature), from standard segment proportions (Drillis and Contini)."
        ),
    )
    head_height_over_shoulders: float = Field(
        0.62,
        gt=0.2,
        lt=2,
        description="Head height over the distance of the shoulder landmarks, for bent trunks.",
    )
    blur_median_s: float = Field(
        0.7, ge=0, le=5, description="Span of the running median of the head's place, s."
    )
    blur_usual_s: float = Field(
        2.0, gt=0, le=10, description="Span over which the torso's usual length is taken, s."
    )
    blur_torso_ratio: float = Field(
        1.6,
        gt=1,
        le=4,
        description="Torso longer or shorter than usual by this factor: landmarks went astray.",
    )
    blur_margin: float = Field(
        1.35, ge=1, le=3, description="Blurred ellipse over the head's size (hair, motion)."
    )
    blur_blocks: int = Field(
        6, ge=2, le=16, description="Pixelation blocks across the head; 6 hides identity."
    )
    blur_hold_s: float = Field(
        0.5,
        ge=0,
        le=5,
        description=(
            "A frame without landmarks takes the blurred region from the nearest frame up to this "
            "many true seconds away; beyond it the whole frame is pixelated."
        ),
    )
    median_steps_clip: int = Field(
        3, ge=1, le=12, description="Strides in the slow-motion clip, around the median step."
    )
    slow_factor: float = Field(4.0, ge=1, le=16, description="How much slower the clip plays.")
    hold_s: float = Field(0.8, ge=0, le=5, description="Pause on a key frame in the clip, s.")
    clip_rate_hz: float = Field(
        30.0,
        ge=10,
        le=120,
        description="Shown frames per second at most; a 240 frames/s clip is thinned to this.",
    )
    review_side_px: int = Field(
        854, ge=320, le=1920, description="Long side of the whole clip in the app's player, px."
    )
    review_crf: int = Field(
        23, ge=0, le=51, description="x264 quality of that clip, lower is better."
    )
    review_rate_hz: float = Field(
        120.0,
        ge=24,
        le=240,
        description="Pictures per second in that clip at most; every one of a 60 Hz clip.",
    )
    soft_window_s: float = Field(
        0.2, gt=0.05, le=1, description="Span of the landing curve after contact, s."
    )
    cycle_points: int = Field(
        101, ge=21, le=1001, description="Points of the normalised cycle, 0 to 100 %."
    )
    grade_a_n: int = Field(
        10, ge=1, description="Steps per side for grade A (10 steps in the 2D reliability studies)."
    )
    grade_b_n: int = Field(
        7, ge=1, description="Steps per side for grade B (7, the published minimum for 2D running)."
    )
    grade_a_reps: int = Field(5, ge=1, description="Repetitions of a movement test for grade A.")
    grade_b_reps: int = Field(3, ge=1, description="Repetitions of a movement test for grade B.")
    round_deg: float = Field(1.0, gt=0, description="Shown degrees are multiples of this.")
    round_ms: float = Field(5.0, gt=0, description="Shown milliseconds are multiples of this, ms.")
    round_s: float = Field(0.01, gt=0, description="Shown seconds are multiples of this, s.")
    round_cm: float = Field(0.5, gt=0, description="Shown centimetres are multiples of this, cm.")
    html_image_px: int = Field(
        1000, ge=200, le=4000, description="Long side of pictures inside the HTML report, px."
    )
    jpeg_quality: int = Field(82, ge=30, le=100, description="Quality of those pictures.")

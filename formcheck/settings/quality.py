"""Thresholds of the quality stage, each with unit, bounds and source.

Starting values are experience.md 3.1 (marked [D] there) and measures.md 5 ([P]).
"""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class QualitySettings(SettingsModel):
    """Settings of the quality stage."""

    border_share: float = Field(
        0.02, ge=0, lt=0.2, description="A landmark this near the border (share) is cut off."
    )
    unseen_visibility: float = Field(
        0.5, gt=0, lt=1, description="A landmark below this visibility counts as unseen."
    )
    cut_off_share: float = Field(
        0.20, gt=0, lt=1, description="Share of frames with feet or head cut off that matters."
    )
    small_watch_share: float = Field(
        0.35, gt=0, lt=1, description="Body height over picture height below which we warn."
    )
    small_stop_share: float = Field(
        0.20, gt=0, lt=1, description="Body height over picture height below which we stop."
    )
    min_near_steps: int = Field(
        4,
        ge=2,
        le=50,
        description="Steps with a body taller than that from which the others are left out "
        "instead (a runner who comes nearer or goes away).",
    )
    dark_luma: float = Field(45.0, ge=0, le=255, description="Mean luma (0-255) that is too dark.")
    bright_luma: float = Field(
        215.0, ge=0, le=255, description="Mean luma (0-255) that is blown out."
    )
    blur_sharpness: float = Field(
        0.35,
        ge=0,
        description="Sharpness of the feet against the clip's own sharpest tenth; less is a smear.",
    )
    two_people_share: float = Field(
        0.10, gt=0, lt=1, description="Share of frames with a second person that matters."
    )
    oblique_watch_deg: float = Field(
        15.0, gt=0, lt=90, description="Degrees off square that widen the interval."
    )
    turned_stop_deg: float = Field(
        20.0,
        gt=0,
        lt=90,
        description="Degrees off square in front view that stop knee line and hip shift: 10 look "
        "like 12 of valgus (measures.md 0.2), and more than 20 are not taken off.",
    )
    oblique_stop_deg: float = Field(
        35.0, gt=0, lt=90, description="Degrees off square that stop angles."
    )
    tilt_info_deg: float = Field(3.0, ge=0, lt=45, description="Camera roll worth telling.")
    short_s: float = Field(3.0, gt=0, description="A clip shorter than this is too short.")
    long_s: float = Field(
        240.0, gt=0, description="A clip longer than this is worth cutting, s of the file."
    )
    leg_hidden_share: float = Field(
        0.30, gt=0, lt=1, description="Share of frames with a hidden leg that matters."
    )
    leg_seen_share: float = Field(
        0.15,
        gt=0,
        lt=1,
        description="The other leg is hidden in less than this share: something stands before one.",
    )
    passer_by_share: float = Field(
        0.02, gt=0, lt=1, description="Share of frames with a second person worth telling."
    )
    steps_per_side: int = Field(7, ge=1, description="Clean steps per side for a steady number.")
    low_fps: float = Field(24.0, gt=0, description="Frames per second that stop contact measures.")
    warn_fps: float = Field(
        58.0, gt=0, description="Frames per second below which contact measures are coarse."
    )
    detection_stop: float = Field(
        0.60, gt=0, le=1, description="Share of frames with a person below which we stop."
    )
    detection_watch: float = Field(
        0.90, gt=0, le=1, description="Share of frames with a person below which we warn."
    )
    camera_moves_share: float = Field(
        0.02,
        gt=0,
        description="Camera motion within half a second over the body's height that blurs lengths "
        "and timing.",
    )
    shake_window_s: float = Field(
        0.5, gt=0, le=5, description="Time within which the camera's motion is judged, s."
    )
    hip_visibility: float = Field(
        0.7, gt=0, lt=1, description="Visibility of the hips (measures.md 5)."
    )
    hidden_hips_share: float = Field(
        0.10, gt=0, lt=1, description="Share of frames with hidden hips that matters."
    )
    swap_share: float = Field(
        0.02, ge=0, lt=1, description="Share of frames with legs exchanged (measures.md 5)."
    )
    upright_limit_deg: float = Field(
        60.0, gt=0, lt=90, description="Trunk this far from upright: the picture lies on its side."
    )

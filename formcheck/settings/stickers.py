"""Two stickers on the waistband: where they are looked for, what they look like, when to believe.

Lengths are torso lengths (mid-hip to mid-shoulder landmarks, about 48 cm) unless they say so.
"""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class StickerSettings(SettingsModel):
    """Settings of the marker-assisted mode."""

    # ---- in one frame ------------------------------------------------------------------------
    least_s: float = Field(
        0.026,
        ge=0,
        lt=0.05,
        description="From one picture looked at to the next at least, true seconds: about 30 a "
        "second whatever the clip's rate.",
    )
    patch_torso_px: float = Field(
        160, ge=60, le=400, description="The pelvis is cut out at this many pixels per torso."
    )
    region: tuple[float, float, float] = Field(
        (0.28, 0.02, 0.42),
        description="Half-width, lowest and highest place looked at, torsos from the mid-hip; the "
        "PSIS lie at about 0.2.",
    )
    min_torso_px: float = Field(
        60, ge=8, description="In a smaller picture a sticker is less than 3 px wide."
    )
    min_shoulder_share: float = Field(
        0.4, ge=0, lt=1, description="Shoulders nearer than this: seen from the side, not looked."
    )
    diameter: tuple[float, float] = Field(
        (0.030, 0.095), description="Of a sticker: 1.5 to 4.5 cm; 2.5 to 3 cm are asked for."
    )
    ring: float = Field(
        0.058, gt=0.02, lt=0.2, description="Radius around a sticker where the garment must show."
    )
    min_contrast: float = Field(
        9.0, gt=0, description="CIELAB distance from all that surrounds it; 2.3 is just noticeable."
    )
    max_candidates: int = Field(6, ge=2, le=30)
    min_roundness: float = Field(
        0.4, gt=0, lt=1, description="Short over long axis of the blob; blur stretches it."
    )
    min_solidity: float = Field(
        0.6, gt=0, lt=1, description="Area over that of the ellipse with the same moments."
    )
    apart: tuple[float, float] = Field(
        (0.10, 0.42), description="Distance of the pair: the dimples are 8 to 12 cm apart."
    )
    max_tilt_deg: float = Field(30, gt=0, lt=60, description="Pair against the trunk's axis.")
    max_off_centre: float = Field(0.10, gt=0, description="Middle of the pair off the body axis.")
    max_size_ratio: float = Field(2.5, gt=1, description="Larger over smaller area of a pair.")
    max_colour_share: float = Field(
        0.5, gt=0, lt=1, description="Colour difference within a pair, share of its contrast."
    )
    lonely: float = Field(
        0.12, gt=0, lt=0.5, description="Around the pair nothing else of its colour is expected."
    )

    # ---- over the clip -----------------------------------------------------------------------
    min_share: float = Field(
        0.7, gt=0, le=1, description="Share of the frames in which the pair must be found."
    )
    max_alike: float = Field(
        0.5,
        ge=0,
        description="Median area of the same colour around the pair, in areas of the "
        "pair: more is a pattern of the cloth.",
    )
    max_apart_off: float = Field(
        0.15, gt=0, description="Share by which one frame's distance may be off that around it."
    )
    max_apart_sd: float = Field(
        0.05, gt=0, description="SD of that share over the clip; 1 to 2 % on rendered clips."
    )
    max_colour_off: float = Field(
        25.0, gt=0, description="CIELAB from the pair's usual colour; shade takes up to 20."
    )
    max_diameter_ratio: float = Field(1.7, gt=1, description="Against the pair's usual diameter.")
    max_gap_s: float = Field(0.08, gt=0, description="Longer gaps between sightings end a cycle.")
    low_pass_hz: float = Field(
        10.0, gt=1, description="Zero-lag Butterworth; the pelvis holds nothing above 6 Hz."
    )
    peak_between: tuple[float, float] = Field(
        (0.05, 0.95), description="Pelvic drop is looked for here, as a share of the stance."
    )
    clip_sd_deg: float = Field(
        0.2,
        ge=0,
        description="What the sightings themselves add: a fifth of a pixel on 30, over "
        "ten steps. The level's error is in the method error, fitted on rendered people.",
    )

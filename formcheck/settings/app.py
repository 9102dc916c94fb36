"""Limits and pauses of the app; none of them changes a number, so they are no part of Settings."""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class AppSettings(SettingsModel):
    """Settings of the Streamlit app."""

    max_upload_mb: int = Field(
        1000,
        ge=10,
        description="Largest dropped clip, MB; the server's own limit applies when it is lower.",
    )
    copy_chunk_bytes: int = Field(
        1 << 20, ge=4096, description="Piece in which a dropped clip goes to disk, bytes."
    )
    poll_s: float = Field(
        1.0, ge=0.2, le=10, description="Pause between looks at a running analysis, s."
    )
    workers: int = Field(
        1,
        ge=1,
        le=8,
        description="Analyses at once; one by default, since each uses every core itself.",
    )
    poster_side_px: int = Field(
        1280, ge=320, le=3840, description="Long side of the clip check's picture, px."
    )
    stale_after_h: float = Field(
        24.0,
        gt=0,
        description="A session folder without any result is removed at start after this, hours.",
    )
    player_max_mb: int = Field(
        64, ge=1, description="A clip above this is shown without frame stepping, MB (browser RAM)."
    )
    max_findings: int = Field(
        2, ge=1, le=5, description="Findings told at once; more than two are not remembered."
    )
    max_key_frames: int = Field(2, ge=1, le=6, description="Pictures beside the headline.")
    eta_after_s: float = Field(
        3.0, ge=0, description="No time left is named before this much work was seen, s."
    )
    eta_after_share: float = Field(
        0.06,
        ge=0,
        lt=1,
        description="No time left is named before this share of the step's items is done.",
    )
    stage_shares: dict[str, float] = Field(
        default={
            "Reading": 0.01,
            "Finding you": 0.83,
            "Finding steps": 0.03,
            "Measuring": 0.01,
            "Drawing": 0.08,
            "Writing": 0.04,
        },
        description=(
            "Usual share of the time that each step of the pipeline takes (seen with a 9.5 s clip "
            "at 60 pictures a second on two cores); only the progress bar "
            "and the time left use it."
        ),
    )

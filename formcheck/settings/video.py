"""Thresholds of the video stage, each with unit, bounds and source."""

from typing import Literal

from pydantic import Field

from formcheck.settings.base import SettingsModel


class VideoSettings(SettingsModel):
    """Settings of the video stage: reading, judging the clock, writing."""

    decode_threads: int = Field(
        2,
        ge=1,
        le=16,
        description="Decoder threads per reader: one decodes while the other's frame is used; "
        "memory grows with each.",
    )
    verify_frames: int = Field(
        6,
        ge=1,
        le=64,
        description="Pictures decoded at the start to check the container's timestamps; more than "
        "the longest run of B-frames phones write (3).",
    )
    vfr_gap_pct: float = Field(
        10.0,
        gt=0,
        le=100,
        description="A gap between frames this far (%) from the median gap, beyond one tick of the "
        "file's clock, makes the clip variable-rate: less is rounding.",
    )
    capture_snap_pct: float = Field(
        10.0,
        gt=0,
        le=40,
        description="A given capture rate within this (%) of the file's rate is the file's rate: "
        "people say 240 for 239.8.",
    )
    tag_min_ratio: float = Field(
        1.5,
        gt=1,
        le=2,
        description="A capture-rate tag is believed as slow motion from this ratio to the file's "
        "rate: below it the phone merely dropped to fewer frames in dim light, and time is true.",
    )
    seek_gap_frames: int = Field(
        24,
        ge=1,
        le=1000,
        description="Frames wanted farther apart than this are reached by a seek where a keyframe "
        "lies between them; decoding on is cheaper below.",
    )
    snap_segment_pct: float = Field(
        5.0,
        ge=0,
        le=50,
        description="A segment border moves to a keyframe within this share (%) of a segment, "
        "which saves decoding frames twice; more would let one of two workers wait.",
    )
    slow_cadence_spm: float = Field(
        100.0,
        gt=40,
        lt=140,
        description="Running cadence below this (steps/min) is taken for slow motion; people run "
        "at 140-200, and walk above 90.",
    )
    fast_cadence_spm: float = Field(
        260.0,
        gt=220,
        lt=400,
        description="Cadence above this (steps/min) is beyond sprinting: the clip was sped up, or "
        "the given capture rate is too high.",
    )
    usual_cadence_spm: tuple[float, float] = Field(
        (135.0, 205.0),
        description="Cadence (steps/min) that a guessed capture rate must lead to.",
    )
    capture_rates_hz: tuple[float, ...] = Field(
        (60.0, 120.0, 240.0, 480.0, 960.0),
        description="Rates (frames/s) that phones film slow motion at.",
    )
    crf: int = Field(21, ge=0, le=51, description="x264 quality of written clips, lower is better.")
    gop_frames: int = Field(
        10, ge=1, le=300, description="Frames between keyframes: short, so that stepping is quick."
    )
    preset: Literal["ultrafast", "superfast", "veryfast", "faster", "fast", "medium"] = Field(
        "superfast", description="x264 speed; a third less time than veryfast, files 40 % larger."
    )
    hash_chunk_bytes: int = Field(
        1 << 20, ge=4096, description="Bytes read at a time for the SHA-256."
    )

"""Can this clip carry these measures? Findings with a code, a remedy and the measures affected."""

from formcheck.quality.gates import (
    GREYING,
    check_clip,
    check_distance,
    check_steps,
    check_view,
    relevant,
)
from formcheck.quality.near import body_px_in, near_steps
from formcheck.quality.stats import ClipStats, clip_stats
from formcheck.quality.texts import QUALITY_TEXTS, Copy, finding

__all__ = [
    "GREYING",
    "QUALITY_TEXTS",
    "ClipStats",
    "Copy",
    "body_px_in",
    "check_clip",
    "check_distance",
    "check_steps",
    "check_view",
    "clip_stats",
    "finding",
    "near_steps",
    "relevant",
]

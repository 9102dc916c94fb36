"""Can this clip carry these measures? Findings with a code, a remedy and the measures affected."""

from formcheck.quality.gates import GREYING, check_clip, check_steps, relevant
from formcheck.quality.stats import ClipStats, clip_stats
from formcheck.quality.texts import QUALITY_TEXTS, Copy, finding

__all__ = [
    "GREYING",
    "QUALITY_TEXTS",
    "ClipStats",
    "Copy",
    "check_clip",
    "check_steps",
    "clip_stats",
    "finding",
    "relevant",
]

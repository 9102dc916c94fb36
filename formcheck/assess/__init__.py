"""What the numbers mean in words: usual ranges, findings, one cue, one drill, change over time."""

from collections.abc import Sequence

from formcheck.assess.bands import BANDS, Band, Zone, band_of, difference_zone, zone_of
from formcheck.assess.findings import (
    Advice,
    advice,
    headline,
    is_about_movement,
    movement_findings,
    summary_lines,
)
from formcheck.assess.sources import SOURCES, cited
from formcheck.assess.texts import TEXT_TABLE, title_of

__all__: Sequence[str] = (
    "BANDS",
    "SOURCES",
    "TEXT_TABLE",
    "Advice",
    "Band",
    "Zone",
    "advice",
    "band_of",
    "cited",
    "difference_zone",
    "headline",
    "is_about_movement",
    "movement_findings",
    "summary_lines",
    "title_of",
    "zone_of",
)

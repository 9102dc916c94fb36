"""What the numbers mean in words: where values lie, findings, one cue, change over time."""

from collections.abc import Sequence

from formcheck.assess.findings import (
    Advice,
    advice,
    after_first,
    cue_of,
    headline,
    is_about_movement,
    movement_findings,
    short,
    word_of_finding,
)
from formcheck.assess.placing import Verdict, verdict_of, with_places, word_of
from formcheck.assess.sides import difference_word
from formcheck.assess.sources import SOURCES, cited
from formcheck.assess.summary import summary_lines
from formcheck.assess.telling import range_words
from formcheck.assess.texts import TEXT_TABLE, title_of

__all__: Sequence[str] = (
    "SOURCES",
    "TEXT_TABLE",
    "Advice",
    "Verdict",
    "advice",
    "after_first",
    "cited",
    "cue_of",
    "difference_word",
    "headline",
    "is_about_movement",
    "movement_findings",
    "range_words",
    "short",
    "summary_lines",
    "title_of",
    "verdict_of",
    "with_places",
    "word_of",
    "word_of_finding",
)

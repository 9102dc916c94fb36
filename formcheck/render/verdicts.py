"""Published ranges and what a value says about them, as drawn in pictures and reports."""

from dataclasses import dataclass

from formcheck.render.palette import Verdict
from formcheck.results import Measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """A published range as shown: ends (None = open) and words with the source."""

    span: tuple[float | None, float | None]
    words: str


def band_of(measure_id: str) -> Usual | None:
    """Return the published range of a measure, None where there is none to show."""
    return None


def verdict_of(m: Measurement) -> Verdict | None:
    """Return what a sure value says about its published range, None where there is none."""
    return None

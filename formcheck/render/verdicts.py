"""Published ranges and what a value says about them, as drawn in pictures and reports."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from formcheck.assess.bands import Band, band_of, sure_speed_mps, zone_of
from formcheck.render import wording
from formcheck.render.palette import Verdict
from formcheck.results import Analysis, ClipRecord, Measurement
from formcheck.settings.render import RenderSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """The published ranges that hold for one clip: its surface and speed decide.

    Attributes
    ----------
    surface : str
    speed_mps : float or None
        None where the clip gives no speed; ranges published for one speed are then not used.
    """

    surface: str
    speed_mps: float | None = None

    @classmethod
    def of(cls, surface: str, measurements: Iterable[Measurement]) -> Self:
        """Return the ranges for a surface and the measured speed, if there is one."""
        return cls(surface=surface, speed_mps=sure_speed_mps(measurements))

    @classmethod
    def of_analysis(cls, analysis: Analysis) -> Self:
        """Return the ranges for a stored result."""
        return cls.of(analysis.clip.surface, analysis.measurements)

    def band(self, measure_id: str) -> Band | None:
        """Return the range of a measure, None where none is published or none holds here."""
        known: dict[str, Any] = {"surface": self.surface}  # all that band_of reads of a clip
        return band_of(measure_id, ClipRecord.model_construct(**known), self.speed_mps)

    def verdict(self, m: Measurement) -> Verdict | None:
        """Return what a sure value says about its range, None where there is none."""
        return zone_of(m, self.band(m.id))

    def span(self, measure_id: str) -> tuple[float, float] | None:
        """Return the ends of the range."""
        band = self.band(measure_id)
        return None if band is None else (band.low, band.high)

    def words(self, measure_id: str, unit: str, settings: RenderSettings) -> str:
        """Return the range in words, ``10 to 26°``; empty where there is none."""
        band = self.band(measure_id)
        if band is None:
            return ""
        low, high = (wording.number(v, unit, settings) for v in (band.low, band.high))
        return f"{low} to {high}{wording.unit_text(unit)}"

    def source(self, measure_id: str) -> str:
        """Return where the range was published; empty where there is none."""
        band = self.band(measure_id)
        # the number of the source in the project's own list of references says nothing to a reader
        return "" if band is None else re.sub(r"^S \d+\w?: ", "", band.source)

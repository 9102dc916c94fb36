"""The rows of the reports' tables: one measure each, over both sides and all clips of a session."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from formcheck import assess
from formcheck.registry import MEASURES
from formcheck.render import wording
from formcheck.render.grade import WORD, grade
from formcheck.report.base import ReportData
from formcheck.results import Analysis, Difference, Measurement
from formcheck.settings.render import RenderSettings

CORE_ORDER: Final[tuple[str, ...]] = (
    "pelvic_drop",
    "trunk_rotation",
    "knee_flexion_at_contact",
    "squat_valgus",
    "landing_softness",
)
_STATUS_RANK: Final = {"ok": 0, "uncertain": 1, "unavailable": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure over both sides.

    Attributes
    ----------
    sides : tuple of Measurement
        Empty for a main measure that belongs to another test.
    sources : tuple of Analysis
        The clip each of them was read from.
    """

    measure_id: str
    title: str
    sides: tuple[Measurement, ...]
    sources: tuple[Analysis, ...] = ()

    def of(self, side: str) -> Measurement | None:
        """Return the measurement of one side."""
        return next((m for m in self.sides if m.side == side), None)

    def source(self, m: Measurement) -> Analysis:
        """Return the clip a measurement was read from."""
        return self.sources[self.sides.index(m)]

    @property
    def seen(self) -> tuple[Measurement, ...]:
        """The sides that have a value."""
        return tuple(m for m in self.sides if m.value is not None)

    @property
    def measured(self) -> bool:
        """True if any side has a value."""
        return bool(self.seen)

    @property
    def difference(self) -> Difference | None:
        """Right minus left, where both were measured."""
        return next((m.asymmetry for m in self.sides if m.asymmetry is not None), None)

    @property
    def core(self) -> bool:
        """True for the five main measures."""
        return self.measure_id in CORE_ORDER

    @property
    def reason(self) -> str:
        """Why there is no value, and what to film instead."""
        if not self.sides:
            return f"Not part of this test. {how_to_film(self.measure_id)}"
        return " ".join(dict.fromkeys(m.reason for m in self.sides))


def rows_of(analysis: Analysis) -> tuple[Row, ...]:
    """Return one clip's measures: measured first, the five main ones first among them."""
    return _ordered(_merged([analysis]))


def session_rows(data: ReportData) -> tuple[Row, ...]:
    """Return the session's measures in order, each side from the clip that carries it best.

    All five main measures are there: one that no clip of the session could hold says so.
    """
    rows = _merged([clip.analysis for clip in data.clips])
    known = {row.measure_id for row in rows}
    rows += [
        Row(measure_id=k, title=wording.title_of(k), sides=())
        for k in CORE_ORDER
        if k not in known and k in MEASURES
    ]
    return _ordered(rows)


def core_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the five main measures in their fixed order."""
    by_id = {row.measure_id: row for row in rows if row.core}
    return tuple(by_id[k] for k in CORE_ORDER if k in by_id)


def _merged(analyses: Sequence[Analysis]) -> list[Row]:
    best: dict[tuple[str, str], tuple[Measurement, Analysis]] = {}
    for analysis in analyses:
        for m in analysis.measurements:
            kept = best.get((m.id, m.side))
            if kept is None or _STATUS_RANK[m.status] < _STATUS_RANK[kept[0].status]:
                best[m.id, m.side] = (m, analysis)
    grouped: dict[str, list[tuple[Measurement, Analysis]]] = {}
    for (measure_id, _), pair in best.items():
        grouped.setdefault(measure_id, []).append(pair)
    rows = []
    for measure_id, pairs in grouped.items():
        pairs.sort(key=lambda p: ("both", "left", "right").index(p[0].side))
        rows.append(
            Row(
                measure_id=measure_id,
                title=wording.title_of(measure_id),
                sides=tuple(m for m, _ in pairs),
                sources=tuple(a for _, a in pairs),
            )
        )
    return rows


def _ordered(rows: Iterable[Row]) -> tuple[Row, ...]:
    order = {k: i for i, k in enumerate(CORE_ORDER)}
    return tuple(sorted(rows, key=lambda r: (not r.measured, order.get(r.measure_id, len(order)))))


def in_test(analysis: Analysis) -> bool:
    """Tell whether values are counted per repetition of a movement test."""
    return bool(analysis.reps)


def usual_words(row: Row) -> str:
    """Return the published range in words, empty where there is none for this clip."""
    m = row.seen[0]
    if m.reference is None:
        return ""
    return f"{assess.range_words(m.reference, m.unit)}{wording.unit_text(m.unit)}"


def usual_span(row: Row) -> tuple[float | None, float | None] | None:
    """Return the ends of the published range, None for an end that is open."""
    r = row.seen[0].reference if row.seen else None
    return None if r is None else (r.low if r.low is not None else r.low_side, r.high)


def sure_text(row: Row, settings: RenderSettings) -> str:
    """Return sureness and number of steps, ``high · 16 steps`` (per side where they differ)."""
    if not row.seen:
        return "not measured"
    tested = in_test(row.source(row.seen[0]))
    counts = dict.fromkeys(m.n for m in row.seen)
    unit = wording.counted_as(row.measure_id, in_test=tested)
    n = " + ".join(str(c) for c in counts)
    plural = "" if list(counts) == [1] else "s"
    return f"{WORD[grade(row.seen, settings, in_test=tested)]} · {n} {unit}{plural}"


def difference_text(row: Row, settings: RenderSettings) -> str:
    """Return right minus left with its interval, empty where there is none."""
    d = row.difference
    if d is None:
        return ""
    unit = row.sides[0].unit
    value = wording.number(d.value, unit, settings)
    half = wording.plus_minus(d.ci95, unit, settings)
    mark = "" if d.status == "ok" else " (uncertain)"
    return f"{value}{half}{wording.unit_text(unit)}{mark}"


def counts_text(rows: Iterable[Row]) -> str:
    """Return how many of the main measures were measured, uncertain and not measured."""
    main = [r for r in rows if r.core]
    sure = sum(any(m.status == "ok" for m in r.sides) for r in main)
    unsure = sum(r.measured for r in main) - sure
    return (
        f"Of the five main measures: {sure} measured, {unsure} uncertain, "
        f"{len(main) - sure - unsure} not measured."
    )


def unmeasured(rows: Iterable[Row]) -> tuple[tuple[str, str], ...]:
    """Return the titles of what was not measured, joined, and the reason they share."""
    alike: dict[str, list[Row]] = {}
    for row in rows:
        if not row.measured:
            alike.setdefault(short_reason(row.reason), []).append(row)
    return tuple(
        (", ".join(r.title for r in group), max((r.reason for r in group), key=len))
        for group in alike.values()
    )


def short_reason(words: str) -> str:
    """Return the reason and the beginning of what to film, for a line of its own."""
    sentences = re.split(r"(?<=[.?!]) +", words.strip())
    if len(sentences) < 2:
        return words
    second = sentences[1].split(",")[0].rstrip(".")
    return f"{sentences[0]} {second}."


def how_to_film(measure_id: str) -> str:
    """Return what to film so that the measure can be read."""
    return MEASURES[measure_id].how_to_film if measure_id in MEASURES else ""

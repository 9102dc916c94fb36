"""What the numbers say, in the words of the assessment stage; the app adds none of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from formcheck import assess
from formcheck.registry import MEASURES
from formcheck.render.grade import grade, grade_of
from formcheck.render.wording import counted_as, label_of, number, steps_word, unit_text, value_text
from formcheck.report.content import frame_side
from formcheck.results import Analysis, Finding, KeyFrame, Measurement
from formcheck.settings.render import RenderSettings
from formcheck.surface.sticker_motion import SOURCE as STICKERS
from formcheck.ui.chips import Mark

SEVERITY: Final[dict[str, tuple[Mark, str]]] = {
    "info": ("info", "Measured"),
    "watch": ("watch", "Worth watching"),
    "outside": ("outside", "Outside the usual range"),
    "stop": ("outside", "Could not be measured"),
}
ZONES: Final[dict[assess.Zone, tuple[Mark, str]]] = {
    "usual": ("usual", "usual range"),
    "watch": ("watch", "worth watching"),
    "outside": ("outside", "outside usual range"),
}
GRADES: Final[dict[str, tuple[Mark, str]]] = {
    "A": ("ok", "high"),
    "B": ("info", "medium"),
    "C": ("none", "low"),
}
_RANK: Final = ("outside", "watch", "info", "stop")
_SOURCE_NUMBER: Final = re.compile(r"^S \d+: ")
_NO_RANGE: Final = "No published range for this one."
_FROM_STICKERS: Final = "Read from the two stickers. "


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing to tell: mark and word, what was seen, how sure, what to try."""

    mark: Mark
    word: str
    message: str
    sureness: str = ""
    advice: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A usual range for display: its ends (None: there is none) and its words with the source."""

    low: float | None = None
    high: float | None = None
    words: str = _NO_RANGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """How sure one value is, and why."""

    mark: Mark
    word: str
    why: str


class Reader:
    """Reads one analysis for one kind of reader.

    Parameters
    ----------
    analysis : Analysis
    clinical : bool
        Words for a physiotherapist; the numbers are the same.
    """

    def __init__(self, analysis: Analysis, *, clinical: bool = False) -> None:
        self.analysis = analysis
        self.clinical = clinical
        self._settings = RenderSettings()
        speed = analysis.find("speed")
        self._speed_mps = speed.value if speed is not None and speed.status == "ok" else None

    def headline(self) -> str:
        """Return the result in one sentence."""
        said = assess.headline(self.analysis)
        same = [f for f in self.analysis.findings if f.message == said]
        return self._words(same[0]) if same else said

    def stops(self) -> tuple[Told, ...]:
        """Return what made (part of) the clip unusable."""
        return tuple(
            Told(
                mark="outside",
                word=SEVERITY["stop"][1],
                message=self._words(f),
                advice=(("What to do", f.suggestion),),
            )
            for f in self.analysis.findings
            if f.severity == "stop"
        )

    def top(self, n: int) -> tuple[Told, ...]:
        """Return at most `n` findings about the movement, gravest first; one carries the advice."""
        said = assess.headline(self.analysis)
        given = assess.advice(self.analysis)
        told: list[Told] = []
        for f in self._movement()[:n]:
            advice: tuple[tuple[str, str], ...] = ()
            if given is not None and f.suggestion:
                advice = (("Think of", given.cue), ("Practise", given.drill))
                given = None
            if f.message == said and not advice:
                continue  # the headline says it all
            mark, word = self._mark(f)
            told.append(
                Told(
                    mark=mark,
                    word=word,
                    message="Try this" if f.message == said else self._words(f),
                    sureness="" if f.message == said else self._how_sure(f.measure_ids),
                    advice=advice,
                )
            )
        return tuple(told)

    def _mark(self, f: Finding) -> tuple[Mark, str]:
        """Return mark and word of a finding: never milder than those of the values it tells."""
        told = [m for m in self.analysis.measurements if m.id in f.measure_ids]
        marks = {self.verdict(m)[0] for m in told} if f.severity == "info" else set()
        worst = next((s for s in ("outside", "watch") if s in marks), f.severity)
        return SEVERITY[worst]

    def headline_sureness(self) -> str:
        """Return how sure the headline is, empty where it is not about one finding."""
        said = assess.headline(self.analysis)
        ids = [i for f in self._movement() if f.message == said for i in f.measure_ids]
        return self._how_sure(ids)

    def calm(self) -> str:
        """Return that nothing stands out, in the assessment's words; empty if something does."""
        values = {m.id for m in self.analysis.measurements if m.status == "ok"}
        if not values or any(self._mark(f)[0] != "info" for f in self._movement()):
            return ""
        withheld = {m.id for m in self.analysis.measurements} - values
        words = assess.TEXT_TABLE["headline:nothing_stands_out"].runner
        said = words.format(measured=len(values), withheld=len(withheld))
        return "" if said == assess.headline(self.analysis) else said

    def clip_notes(self) -> tuple[Told, ...]:
        """Return findings about the clip rather than the movement; stops are told on top."""
        return tuple(
            Told(
                mark=SEVERITY[f.severity][0],
                word="Careful" if f.severity in ("watch", "outside") else "Note",
                message=self._words(f),
                advice=(("", f.suggestion),),
            )
            for f in self.analysis.findings
            if f.severity != "stop" and not assess.is_about_movement(f)
        )

    def usual(self, m: Measurement) -> Range:
        """Return the usual range of a value, after what it was read from if that was stickers."""
        read_from = _FROM_STICKERS if m.source == STICKERS else ""
        band = assess.band_of(m.id, self.analysis.clip, self._speed_mps)
        if band is None:
            return Range(words=read_from + _NO_RANGE)
        low, high = (number(v, m.unit, self._settings) for v in (band.low, band.high))
        source = _SOURCE_NUMBER.sub("", band.source)
        words = f"Usual range {low} to {high}{unit_text(m.unit)} ({source})."
        return Range(low=band.low, high=band.high, words=read_from + words)

    def verdict(self, m: Measurement) -> tuple[Mark, str]:
        """Return mark and word of a value."""
        if m.status == "unavailable":
            return "none", "not measured"
        if m.status == "uncertain":
            return "none", "uncertain"
        band = assess.band_of(m.id, self.analysis.clip, self._speed_mps)
        zone = assess.zone_of(m, band)
        if zone is not None:
            return ZONES[zone]
        return ("info", "measured") if band is None else ("none", "too wide to place")

    def key_frames(self, n: int) -> tuple[KeyFrame, ...]:
        """Return the pictures beside the headline: a left-right pair of the most telling moment."""
        wanted = [i for f in self._movement() for i in f.measure_ids]
        core = [m.id for m in self.analysis.measurements if is_core(m.id) and m.value is not None]
        for measure_id in (*wanted, *core):
            named = [f for f in self.analysis.frames if _shows(f, measure_id)]
            sides = ([f for f in named if frame_side(f) == s] for s in ("left", "right"))
            pair = [frames[0] for frames in sides if frames]
            if n == 1 and pair:
                return (max(pair, key=lambda f: self._size(measure_id, f)),)
            if len(pair) >= min(n, 2):
                return tuple(pair[:n])
        return self.analysis.frames[:n]

    def _size(self, measure_id: str, frame: KeyFrame) -> float:
        """Return how large the value of the picture's side is."""
        found = [m for m in self.analysis.measurements if m.id == measure_id]
        own = [m.value for m in found if m.side == frame_side(frame) and m.value is not None]
        return abs(own[0]) if own else 0.0

    def _movement(self) -> list[Finding]:
        about = [
            f
            for f in self.analysis.findings
            if f.severity != "stop" and assess.is_about_movement(f)
        ]
        return sorted(about, key=lambda f: _RANK.index(f.severity))

    def _words(self, f: Finding) -> str:
        return f.clinical if self.clinical and f.clinical else f.message

    def _how_sure(self, measure_ids: Sequence[str]) -> str:
        seen = [
            m
            for m in self.analysis.measurements
            if m.id in measure_ids and m.value is not None and m.unit != "count"
        ]
        if not seen:
            return ""
        word = GRADES.get(grade(seen, self._settings), ("none", "low"))[1]
        fewest = min(seen, key=lambda m: m.n)
        per_side = " on each side" if len(seen) > 1 else ""
        at_least = "at least " if len({m.n for m in seen}) > 1 else ""
        count = steps_word(fewest.n, counted_as(fewest.id))
        return f"Sureness: {word}, {at_least}{count}{per_side}."


def _shows(frame: KeyFrame, measure_id: str) -> bool:
    return measure_id in MEASURES and MEASURES[measure_id].title.lower() in frame.caption.lower()


def shown(m: Measurement) -> str:
    """Write a value with its give or take; a plain count has none."""
    if m.unit == "count" and m.value is not None:
        return number(m.value, m.unit, RenderSettings())
    return value_text(m, RenderSettings())


def meaning(measure_id: str) -> str:
    """Return what a positive value means."""
    sign = MEASURES[measure_id].sign if measure_id in MEASURES else ""
    return f"{sign[:1].upper()}{sign[1:]}." if sign else ""


def is_core(measure_id: str) -> bool:
    """Tell whether a measure is one of the main five."""
    return measure_id in MEASURES and MEASURES[measure_id].core


def sureness(m: Measurement) -> Sureness:
    """Return how sure a value is."""
    mark, word = GRADES.get(grade_of(m, RenderSettings()), ("none", "low"))
    count = steps_word(m.n, counted_as(m.id))
    why = f"{count[:1].upper()}{count[1:]}. {m.reason}" if m.reason else f"{count}."
    return Sureness(mark=mark, word=f"sureness {word}", why=why)


def labels(measurements: Sequence[Measurement]) -> Iterator[tuple[Measurement, str]]:
    """Iterate over values with title and side."""
    for m in measurements:
        yield m, label_of(m.id, m.side)

"""What the numbers say, in the words of the assessment stage; the app adds none of its own."""

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

SEVERITY: Final[dict[str, Mark]] = {
    "info": "info",
    "watch": "watch",
    "outside": "outside",
    "stop": "outside",
}
GRADES: Final[dict[str, tuple[Mark, str]]] = {
    "A": ("ok", "high"),
    "B": ("info", "medium"),
    "C": ("none", "low"),
}
_RANK: Final = ("outside", "watch", "info", "stop")
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

    def headline(self) -> str:
        """Return the result in one sentence."""
        return assess.headline(self.analysis, clinical=self.clinical)

    def stops(self) -> tuple[Told, ...]:
        """Return what made (part of) the clip unusable."""
        return tuple(
            Told(
                mark="outside",
                word=self._word(f),
                message=self._words(f),
                advice=(("What to do", f.suggestion),),
            )
            for f in self.analysis.findings
            if f.severity == "stop"
        )

    def top(self, n: int) -> tuple[Told, ...]:
        """Return at most `n` findings about the movement, gravest first; one carries the advice."""
        given = assess.advice(self.analysis)
        told: list[Told] = []
        for k, f in enumerate(self._movement()[:n]):
            advice: tuple[tuple[str, str], ...] = ()
            if given is not None and f.suggestion:
                advice = (
                    ("Think of", given.cue),
                    ("Practise", given.drill),
                    ("Expect", given.expect),
                )
                given = None
            elif f.suggestion:
                advice = (("", f.suggestion),)
            # the headline says the first sentence of the first
            more = assess.after_first(f, clinical=self.clinical) if k == 0 else self._words(f)
            if not more and not advice:
                continue
            told.append(
                Told(
                    mark=SEVERITY[f.severity],
                    word=self._word(f),
                    message=more or "Try this",
                    sureness="" if k == 0 else self._how_sure(f.measure_ids),
                    advice=advice,
                )
            )
        return tuple(told)

    def headline_sureness(self) -> str:
        """Return how sure the headline is, empty where it is not about one finding."""
        about = self._movement()
        return self._how_sure(about[0].measure_ids) if about else ""

    def clip_notes(self) -> tuple[Told, ...]:
        """Return findings about the clip rather than the movement; stops are told on top."""
        return tuple(
            Told(
                mark=SEVERITY[f.severity],
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
        r = m.reference
        if r is None:
            return Range(words=read_from + _NO_RANGE)
        span = f"{assess.range_words(r, m.unit)}{unit_text(m.unit)}"
        words = f"Published: {span} ({r.who}; grade {r.grade})."
        low = r.low if r.low is not None else r.low_side
        return Range(low=low, high=r.high, words=read_from + words)

    def verdict(self, m: Measurement) -> tuple[Mark, str]:
        """Return mark and word of a value."""
        placed = assess.verdict_of(m)
        if placed is not None:
            return placed, assess.word_of(m)
        return "info" if m.status == "ok" and m.reference is None else "none", assess.word_of(m)

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

    def _word(self, f: Finding) -> str:
        word = assess.word_of_finding(f, self.analysis.measurements)
        return word[:1].upper() + word[1:]

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

"""What the numbers say, in the words of the assessment stage; the app adds none of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from formcheck.registry import MEASURES
from formcheck.render.grade import grade_of
from formcheck.render.wording import counted_as, label_of, steps_word
from formcheck.results import Analysis, Finding, KeyFrame, Measurement
from formcheck.settings.render import RenderSettings
from formcheck.ui.chips import Mark

SEVERITY: Final[dict[str, tuple[Mark, str]]] = {
    "info": ("info", "Note"),
    "watch": ("watch", "Worth watching"),
    "outside": ("outside", "Outside the usual range"),
    "stop": ("outside", "Could not be used"),
}
_RANK: Final = ("outside", "watch", "info")
GRADES: Final[dict[str, tuple[Mark, str]]] = {
    "A": ("ok", "high"),
    "B": ("info", "medium"),
    "C": ("none", "low"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing to tell: mark and word, what was seen, how sure, what to try."""

    mark: Mark
    word: str
    message: str
    sureness: str = ""
    advice: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A usual range: ends (None = open) and its words with the source."""

    low: float | None = None
    high: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """How sure one value is, and why."""

    mark: Mark
    word: str
    why: str


def headline(analysis: Analysis) -> str:
    """Return the result in one sentence."""
    from formcheck.assess import headline as assessed  # noqa: PLC0415

    return assessed(analysis)


def band(m: Measurement) -> Band:
    """Return the usual range of a value."""
    return Band()


def verdict(m: Measurement) -> tuple[Mark, str]:
    """Return mark and word of a value."""
    if m.status == "unavailable":
        return "none", "not measured"
    if m.status == "uncertain":
        return "none", "uncertain"
    return "info", "no usual range"


def meaning(measure_id: str) -> str:
    """Return what a positive value means."""
    if measure_id not in MEASURES:
        return ""
    sign = MEASURES[measure_id].sign
    return f"{sign[:1].upper()}{sign[1:]}." if sign else ""


def is_core(measure_id: str) -> bool:
    """Tell whether a measure is one of the main five."""
    return measure_id in MEASURES and MEASURES[measure_id].core


def label(m: Measurement) -> str:
    """Return title and side."""
    return label_of(m.id, m.side)


def counted_word(m: Measurement) -> str:
    """Return what is counted: steps, strides or repetitions."""
    return counted_as(m.id)


def sureness(m: Measurement) -> Sureness:
    """Return how sure a value is."""
    mark, word = GRADES.get(grade_of(m, RenderSettings()), ("none", "low"))
    why = steps_word(m.n, counted_word(m))
    return Sureness(
        mark=mark, word=f"sureness {word}", why=f"{why}. {m.reason}" if m.reason else f"{why}."
    )


def stops(analysis: Analysis) -> tuple[Told, ...]:
    """Return what made (part of) the clip unusable."""
    return tuple(_told(f) for f in analysis.findings if f.severity == "stop")


def top(analysis: Analysis, n: int) -> tuple[Told, ...]:
    """Return at most `n` findings about the movement, gravest first."""
    about = [f for f in analysis.findings if f.measure_ids and f.severity in ("watch", "outside")]
    about.sort(key=lambda f: _RANK.index(f.severity))
    return tuple(_told(f) for f in about[:n])


def clip_notes(analysis: Analysis) -> tuple[Told, ...]:
    """Return findings about the clip rather than the movement."""
    shown = {t.message for t in (*stops(analysis), *top(analysis, len(analysis.findings)))}
    rest = [_told(f) for f in analysis.findings]
    return tuple(t for t in rest if t.message not in shown)


def key_frames(analysis: Analysis, n: int) -> tuple[KeyFrame, ...]:
    """Return the pictures beside the headline: the gravest finding's, else the first ones."""
    return tuple(_ranked_frames(analysis))[:n]


def _ranked_frames(analysis: Analysis) -> Iterator[KeyFrame]:
    wanted = [i for f in analysis.findings if f.severity in ("outside", "watch") for i in f.frames]
    order = [i for i in wanted if 0 <= i < len(analysis.frames)]
    order += [i for i in range(len(analysis.frames)) if i not in order]
    for i in dict.fromkeys(order):
        yield analysis.frames[i]


def _told(f: Finding) -> Told:
    mark, word = SEVERITY[f.severity]
    return Told(mark=mark, word=word, message=f.message, advice=(("Try", f.suggestion),))

"""From answers to advice: whom to see, what to talk over, which tests make sense now.

The rule of this file: symptoms outrank everything, an unknown answer is asked again, and no path
leads to a clearance. Where nothing stands out, the advice is to *try* the movement tests and to go
on watching for symptoms. :func:`decide` sees nothing of the answers but a :class:`Summary`, which
has few values: the tests go through all of them.
"""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from formcheck.readiness.battery import IMPACT_TESTS, LOW_LOAD_TESTS, STRENGTH_TESTS
from formcheck.readiness.questions import DELIVERY_TOPICS, PELVIC, QUESTIONS, Answers, Group

Level = Literal["urgent", "pause", "unknown", "wait", "talk", "try_tests"]

REST_WEEKS: Final = 3.0
"""Minimum rest after birth (Christopher et al. 2024, consensus of 95 professionals)."""

CAUTIOUS_WEEKS: Final = 12.0
"""Cautious default before running (Goom et al. 2019); earlier only with one's clinician."""

AFTER_EACH_TEST: Final = (
    "After each test, and again the next morning, note: leaking, heaviness, pain, or none. "
    "If there is any symptom, stop there and see a pelvic-health physiotherapist or your doctor."
)
NOT_A_CLEARANCE: Final = (
    "This is general guidance. It cannot tell whether running is right for you: symptoms and "
    "your own clinician come first."
)
EARLY: Final = (
    "Under 12 weeks, running and impact are worth planning with your clinician; "
    "12 weeks is a cautious default, and timing is individual."
)
IMPACT_LATER: Final = (
    "Tests with hops and jumps are left for after that conversation: core, pelvic floor and at "
    "least a month of strength work come before impact."
)
ONE_BY_ONE: Final = "Begin with the first test of the list, and do one test at a time."

_HEADLINES: Final[dict[Level, str]] = {
    "urgent": "Please get medical care first. Running and tests can wait.",
    "pause": "Please pause running and see a pelvic-health physiotherapist or your doctor first.",
    "unknown": (
        "A few answers are missing. Please answer them, or go through them with your clinician."
    ),
    "wait": "It is early days. Rest, gentle walking and breathing work come first.",
    "talk": "There are a few things to talk over with a professional as you build up.",
    "try_tests": (
        "Nothing you answered asks for a pause. You can try the movement tests, one at a time."
    ),
}
_SHORT_OF_DECISION: Final = ("urgent", "pause", "unknown", "wait")


class Visit(BaseModel):
    """Whom to see, and what to talk about there."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    see: str
    about: tuple[str, ...]


class Outcome(BaseModel):
    """What the screen says.

    Attributes
    ----------
    level : str
        Most cautious rule that applied.
    see : tuple of str
        Whom to see, most pressing first; never empty where anything was answered yes.
    talk_about : tuple of str
        The questions answered yes.
    visits : tuple of Visit
        The same as whom to see about what.
    tests : tuple of str
        Movement tests that make sense now, lightest first (empty while symptoms pause them).
    unanswered : tuple of str
        Questions that are still to be answered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    level: Level
    headline: str
    see: tuple[str, ...]
    talk_about: tuple[str, ...]
    visits: tuple[Visit, ...] = ()
    tests: tuple[str, ...]
    unanswered: tuple[str, ...] = ()
    notes: tuple[str, ...]


class Summary(NamedTuple):
    """All of the answers that the level and the tests depend on."""

    urgent: bool
    pause: bool
    talk: bool
    unknown: bool
    holds_impact: bool
    weeks: Literal["rest", "early", "later"]


class Decision(NamedTuple):
    """Level, tests and notes that follow from a summary."""

    level: Level
    tests: tuple[str, ...]
    notes: tuple[str, ...]


def evaluate(answers: Answers) -> Outcome:
    """Return the advice that follows from `answers`.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    Outcome
        Never a clearance; the most cautious rule wins.
    """
    chosen = decide(summarise(answers))
    visits = _visits(answers)
    if chosen.level in ("wait", "unknown") and not visits:
        visits = (Visit(see=PELVIC, about=("when and how to begin",)),)
    return Outcome(
        level=chosen.level,
        headline=_HEADLINES[chosen.level],
        see=tuple(v.see for v in visits),
        talk_about=tuple(q.text for q in QUESTIONS if q.id in answers.yes),
        visits=visits,
        tests=chosen.tests,
        unanswered=tuple(q.text for q in QUESTIONS if q.id in answers.unanswered),
        notes=chosen.notes,
    )


def summarise(answers: Answers) -> Summary:
    """Return what of the answers the advice depends on."""
    yes = _groups(answers.yes)
    missing = _groups(answers.unanswered)
    open_or_yes = {*answers.yes, *answers.unanswered}
    weeks = answers.weeks_since_birth
    return Summary(
        urgent="urgent" in yes,
        pause="pause" in yes,
        talk="talk" in yes or "talk" in missing,
        unknown=bool(missing & {"urgent", "pause"}),
        holds_impact=any(q.holds_impact and q.id in open_or_yes for q in QUESTIONS),
        weeks="rest" if weeks < REST_WEEKS else "early" if weeks < CAUTIOUS_WEEKS else "later",
    )


def _groups(ids: Iterable[str]) -> set[Group]:
    wanted = set(ids)
    return {q.group for q in QUESTIONS if q.id in wanted}


def decide(summary: Summary) -> Decision:
    """Return level, tests and notes; the first rule that applies wins.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    Decision
    """
    rules: tuple[tuple[bool, Level], ...] = (
        (summary.urgent, "urgent"),
        (summary.pause, "pause"),
        (summary.unknown, "unknown"),
        (summary.weeks == "rest", "wait"),
        (summary.talk or summary.weeks == "early", "talk"),
    )
    level: Level = next((level for applies, level in rules if applies), "try_tests")
    return Decision(level, _tests(level, summary), _notes(level, summary))


def _tests(level: Level, summary: Summary) -> tuple[str, ...]:
    if level in _SHORT_OF_DECISION:
        return ()
    if summary.weeks != "later":
        return LOW_LOAD_TESTS
    impact = () if summary.holds_impact else IMPACT_TESTS
    return (*LOW_LOAD_TESTS, *STRENGTH_TESTS, *impact)


def _notes(level: Level, summary: Summary) -> tuple[str, ...]:
    tests = level not in _SHORT_OF_DECISION
    notes = (
        (summary.weeks == "early", EARLY),
        (tests and summary.weeks == "later" and summary.holds_impact, IMPACT_LATER),
        (tests, ONE_BY_ONE),
        (level != "urgent", AFTER_EACH_TEST),
        (True, NOT_A_CLEARANCE),
    )
    return tuple(words for applies, words in notes if applies)


def _visits(answers: Answers) -> tuple[Visit, ...]:
    about: dict[str, list[str]] = {}
    for q in QUESTIONS:
        if q.id in answers.yes:
            about.setdefault(q.see, []).append(q.topic)
    topic = DELIVERY_TOPICS[answers.delivery]
    # a kind of birth is worth raising on a visit; it is no reason for one by itself
    if topic and PELVIC in about:
        about[PELVIC].append(topic)
    elif topic and answers.weeks_since_birth < CAUTIOUS_WEEKS:
        about[PELVIC] = [topic]
    return tuple(Visit(see=see, about=tuple(topics)) for see, topics in about.items())

"""From answers to advice: whom to see, what to talk over, which tests make sense now.

The rule of this file: symptoms outrank everything, an unknown answer is asked again, and no path
leads to a clearance. Where nothing stands out, the advice is to *try* the movement tests and to go
on watching for symptoms.
"""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from formcheck.readiness.questions import PELVIC, QUESTIONS, Answers, Question

Level = Literal["urgent", "pause", "unknown", "wait", "talk", "try_tests"]

REST_WEEKS: Final = 3.0
"""Minimum rest after birth (Christopher et al. 2024, consensus of 95 professionals)."""

CAUTIOUS_WEEKS: Final = 12.0
"""Cautious default before running (Goom et al. 2019); earlier only with one's clinician."""

LOW_LOAD_TESTS: Final = ("walk_30_min", "single_leg_balance", "calf_raise", "single_leg_bridge")
LOAD_TESTS: Final = (
    *LOW_LOAD_TESTS,
    "single_leg_squat",
    "single_leg_running_man",
    "jog_on_spot",
    "hop_in_place",
    "forward_bound",
)

AFTER_EACH_TEST: Final = (
    "After each test, and again the next morning, note: leaking, heaviness, pain, or none. "
    "If there is any symptom, stop there and see a pelvic-health physiotherapist or your doctor."
)
NOT_A_CLEARANCE: Final = (
    "This is general guidance. It cannot tell whether running is right for you: symptoms and "
    "your own clinician come first."
)


class Outcome(BaseModel):
    """What the screen says.

    Attributes
    ----------
    level : str
        Most cautious rule that applied.
    see : tuple of str
        Whom to see, most pressing first; never empty where anything was answered yes.
    talk_about : tuple of str
        What to raise there, in the words of the questions.
    tests : tuple of str
        Movement tests that make sense now (empty while symptoms pause them).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    level: Level
    headline: str
    see: tuple[str, ...]
    talk_about: tuple[str, ...]
    tests: tuple[str, ...]
    notes: tuple[str, ...]


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
    yes = [q for q in QUESTIONS if q.id in answers.yes]
    level = _level(answers, yes)
    see = list(dict.fromkeys(q.see for q in yes))
    if level in ("wait", "unknown") and not see:
        see = [PELVIC]
    return Outcome(
        level=level,
        headline=_HEADLINES[level],
        see=tuple(see),
        talk_about=tuple(q.text for q in yes),
        tests=_tests(level, answers),
        notes=tuple(_notes(level, answers)),
    )


def _level(answers: Answers, yes: list[Question]) -> Level:
    groups = {q.group for q in yes}
    missing = {q.group for q in QUESTIONS if q.id in answers.unanswered}
    rules: tuple[tuple[bool, Level], ...] = (
        ("urgent" in groups, "urgent"),
        ("pause" in groups, "pause"),
        (bool(missing & {"urgent", "pause"}), "unknown"),
        (answers.weeks_since_birth < REST_WEEKS, "wait"),
        ("talk" in groups or answers.weeks_since_birth < CAUTIOUS_WEEKS, "talk"),
    )
    return next((level for applies, level in rules if applies), "try_tests")


def _tests(level: Level, answers: Answers) -> tuple[str, ...]:
    if level in ("urgent", "pause", "unknown", "wait"):
        return ()
    return LOAD_TESTS if answers.weeks_since_birth >= CAUTIOUS_WEEKS else LOW_LOAD_TESTS


def _notes(level: Level, answers: Answers) -> list[str]:
    notes: list[str] = []
    if REST_WEEKS <= answers.weeks_since_birth < CAUTIOUS_WEEKS:
        notes.append(
            "Under 12 weeks, running and impact are worth planning with your clinician; "
            "12 weeks is a cautious default, and timing is individual."
        )
    if level not in ("urgent",):
        notes.append(AFTER_EACH_TEST)
    notes.append(NOT_A_CLEARANCE)
    return notes

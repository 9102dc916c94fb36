"""The postpartum screen: questions, what to talk about and with whom. It never clears anyone."""

from formcheck.readiness.battery import BATTERY, TIMED_TESTS, TimedTest
from formcheck.readiness.outcome import Outcome, Visit, evaluate
from formcheck.readiness.questions import QUESTIONS, Answers, Question

__all__ = [
    "BATTERY",
    "QUESTIONS",
    "TIMED_TESTS",
    "Answers",
    "Outcome",
    "Question",
    "TimedTest",
    "Visit",
    "evaluate",
]

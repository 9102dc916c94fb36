"""The postpartum screen: questions, what to talk about and with whom. It never clears anyone."""

from formcheck.readiness.outcome import Outcome, evaluate
from formcheck.readiness.questions import QUESTIONS, Answers, Question

__all__ = ["QUESTIONS", "Answers", "Outcome", "Question", "evaluate"]

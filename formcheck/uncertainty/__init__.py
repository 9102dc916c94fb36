"""From one value per step to one value with an honest 95 % interval, or to a refusal."""

from formcheck.fitted.method_errors import MethodError, MethodErrors
from formcheck.uncertainty.blocks import Blocks
from formcheck.uncertainty.evaluate import evaluate_measure, evaluate_trial

__all__ = [
    "Blocks",
    "MethodError",
    "MethodErrors",
    "evaluate_measure",
    "evaluate_trial",
]

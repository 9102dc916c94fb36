"""From one value per step to one value with an honest 95 % interval, or to a refusal."""

from formcheck.fitted.method_errors import MethodError, MethodErrors
from formcheck.uncertainty.evaluate import Blocks, evaluate_measure, evaluate_trial

__all__ = [
    "Blocks",
    "MethodError",
    "MethodErrors",
    "evaluate_measure",
    "evaluate_trial",
]

"""From one value per step to one value with an honest 95 % interval, or to a refusal."""

from formcheck.uncertainty.evaluate import Blocks, evaluate_measure, evaluate_trial
from formcheck.uncertainty.method_errors import (
    MethodError,
    MethodErrors,
    load_method_errors,
)

__all__ = [
    "Blocks",
    "MethodError",
    "MethodErrors",
    "evaluate_measure",
    "evaluate_trial",
    "load_method_errors",
]

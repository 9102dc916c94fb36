"""How a running analysis reports and is stopped."""

from collections.abc import Callable

OnProgress = Callable[[str, int, int], None]
"""Called with the stage's name, items done, items in all."""

CancelCheck = Callable[[], bool]
"""Returns True when the user wants to stop."""

STAGES = ("Reading", "Finding you", "Finding steps", "Measuring", "Drawing", "Writing")


def silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""

"""How sure values are: grade A, B or C, from status and number of steps, and its word."""

from collections.abc import Iterable
from typing import Final, Literal

from formcheck.render.wording import counted_as
from formcheck.results import Measurement
from formcheck.settings.render import RenderSettings

Grade = Literal["A", "B", "C", ""]
WORD: Final[dict[Grade, str]] = {"A": "high", "B": "medium", "C": "low", "": ""}
"""How sure a grade is, in the one set of words that people read."""


def grade_of(m: Measurement, settings: RenderSettings, *, in_test: bool = False) -> Grade:
    """Return A or B by the number of steps of a sure value, C for an uncertain one, "" for none.

    Parameters
    ----------
    in_test : bool
        True for a movement test: repetitions are counted, and fewer of them are enough.
    """
    if m.status == "unavailable":
        return ""
    if m.status == "uncertain":
        return "C"
    if counted_as(m.id, in_test=in_test) == "repetition":
        a, b = settings.grade_a_reps, settings.grade_b_reps
    else:
        a, b = settings.grade_a_n, settings.grade_b_n
    if m.n >= a:
        return "A"
    return "B" if m.n >= b else "C"


def grade(
    measurements: Iterable[Measurement], settings: RenderSettings, *, in_test: bool = False
) -> Grade:
    """Return the lowest grade of several values; "" if none was measured."""
    grades = [g for m in measurements if (g := grade_of(m, settings, in_test=in_test))]
    return max(grades, default="")

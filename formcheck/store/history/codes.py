"""Codes instead of names: what may stand for a person, and why something may not."""

import re
from typing import Final

from formcheck.errors import FormcheckError

ME: Final = "me"
"""The runner at home, who needs no code."""
MAX_LENGTH: Final = 12
HINT: Final = "Use a code of your own, such as K-0427 or P12; keep the list of names elsewhere."

_ALLOWED = re.compile(r"[A-Za-z0-9_-]+")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[A-Za-z]{4,}")
_DATE = re.compile(r"(19|20)\d{2}[-_]?[01]\d[-_]?[0-3]\d|[0-3]?\d[-_][01]?\d[-_](19|20)?\d{2}")


def check_code(code: str) -> str:
    """Return a person's code as it is kept: trimmed, in capitals; ``me`` stays as it is.

    Parameters
    ----------
    code : str
        Up to 12 letters, digits, dashes and underscores, with a digit, and with no more than three
        letters in a row: nothing that a name, an address, a telephone number or a date of birth
        could be.

    Raises
    ------
    FormcheckError
        SETTING_INVALID, saying what it looks like.
    """
    trimmed = code.strip()
    if trimmed.casefold() == ME:
        return ME
    problem = _problem(trimmed)
    if problem:
        error = "SETTING_INVALID"
        raise FormcheckError(error, problem, HINT)
    return trimmed.upper()


def _problem(code: str) -> str:
    """Return what is wrong with a code, empty if nothing is."""
    long_digits = max((len(d) for d in _DIGITS.findall(code)), default=0)
    checks = (
        (not code, "a patient code is needed"),
        ("@" in code, "this looks like an e-mail address, not a code"),
        (" " in code or bool(_WORD.search(code)), "this looks like a name, not a code"),
        (not _ALLOWED.fullmatch(code), "a code has letters, digits, dashes and underscores only"),
        (bool(_DATE.search(code)), "this looks like a date, such as a date of birth, not a code"),
        (long_digits > 7, "this looks like a telephone or insurance number, not a code"),
        (len(code) > MAX_LENGTH, f"a code has {MAX_LENGTH} characters at most"),
        (long_digits == 0, "a code holds at least one digit, so that no name passes for one"),
    )
    return next((words for wrong, words in checks if wrong), "")

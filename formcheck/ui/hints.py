"""What to do about an error, in the app's words: options of the command line become places here."""

import re
from typing import Final

CHANGE: Final = "“Is something set wrong? Change it”"
_REPLACED: Final[tuple[tuple[str, str], ...]] = (
    (
        r"(?:This looks like slow motion: give|Give) the rate it was filmed at, for example "
        r"--capture-fps (\d+(?:\.\d+)?)\.",
        rf"Open {CHANGE} and enter how many pictures a second it was filmed at, for example \1.",
    ),
    (
        r"Choose the test that was filmed with --protocol, or film a run\.",
        f"Choose the test that was filmed under {CHANGE}, or film a run.",
    ),
    (
        r"Say what was filmed with --protocol; `formcheck protocols` lists the tests\.",
        f"Choose the test that was filmed under {CHANGE}.",
    ),
    (
        r"Say which test it is: --protocol .*; `formcheck protocols` lists all\.",
        f"Press the test that was filmed. If it is another one, choose it under {CHANGE}.",
    ),
    (
        r"Film one of the tests that `formcheck protocols` lists; if this is one of them, say "
        r"which with --protocol\.",
        f"Film one of the tests. If this is one of them, choose it under {CHANGE}.",
    ),
    (
        r"Run it again, with --workers 1 if it happens twice\.",
        "Press “Analyse this clip” to run it again. If it happens twice, close other programs: "
        "the computer may be short of memory.",
    ),
    (
        r"Choose (?:a folder you may write to|a new or empty folder) with --out\.",
        "The app's data folder can't be written. `formcheck doctor` says which one it is.",
    ),
    (
        r"Free some space, then run the same command again\.",
        "Free some space on the disk, then try again. Nothing half-written was left.",
    ),
    (r"See `formcheck analyze --help` for the permitted values\.", "Correct the value."),
)


def in_app(hint: str) -> str:
    """Return a hint as it reads in the app.

    Parameters
    ----------
    hint : str
        Of a :class:`formcheck.errors.FormcheckError`.
    """
    for pattern, words in _REPLACED:
        hint = re.sub(pattern, words, hint)
    return hint


def asked_rate(code: str, hint: str) -> float | None:
    """Return the frame rate that a slow-motion question suggests, to fill in the answer."""
    found = re.search(r"--capture-fps (\d+(?:\.\d+)?)", hint)
    return float(found.group(1)) if code == "SLOW_MOTION_UNKNOWN" and found else None


def asked_tests(code: str, hint: str) -> tuple[str, ...]:
    """Return the tests that the question what was filmed names, likeliest first."""
    return tuple(re.findall(r"--protocol (\w+)", hint)) if code == "PROTOCOL_UNSURE" else ()

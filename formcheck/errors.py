"""What can go wrong with a clip or a command, as a closed list of codes with a remedy each.

Misuse by a programmer raises ``ValueError``; a file, clip or set-up that cannot be used raises
:class:`FormcheckError`, which carries a ``code`` of :data:`CODES` and a ``hint`` that says what to
do.
"""

from typing import Final

CODES: Final[dict[str, str]] = {
    "FILE_NOT_FOUND": "Check the path; quote it if it has spaces.",
    "FILE_UNREADABLE": (
        "Copy the original from the phone again. On an iPhone, Settings > Camera > Formats > "
        "Most Compatible gives files that every program reads."
    ),
    "NOT_A_VIDEO": "Give a video file (MP4, MOV, M4V, WEBM, MKV or AVI).",
    "CODEC_UNSUPPORTED": (
        "On an iPhone: Settings > Camera > Formats > Most Compatible; on other phones choose H.264."
    ),
    "CLIP_TOO_SHORT": "Film at least 10 seconds of steady movement.",
    "NO_PERSON": "Film the whole body, head to feet, in a bright room against a plain wall.",
    "SLOW_MOTION_UNKNOWN": (
        "This looks like slow motion: give the rate it was filmed at, for example "
        "--capture-fps 240."
    ),
    "NOT_RUNNING": "Choose the test that was filmed with --protocol, or film a run.",
    "NO_REPETITIONS": "Film at least one full repetition, from standing to standing.",
    "BOTH_FEET_DOWN": "Lift one foot: this test is done on one leg.",
    "PROTOCOL_UNSURE": (
        "Say what was filmed with --protocol; `formcheck protocols` lists the tests."
    ),
    "NOT_A_TEST": (
        "Film one of the tests that `formcheck protocols` lists; if this is one of them, say which "
        "with --protocol."
    ),
    "SETTING_INVALID": "See `formcheck analyze --help` for the permitted values.",
    "MODEL_MISSING": "Install formcheck again, or rebuild the bundles with models/rebuild.py.",
    "MODEL_DAMAGED": "Install formcheck again, or rebuild the bundles with models/rebuild.py.",
    "LIBRARY_MISSING": "Run `formcheck doctor`: it names the package to install.",
    "OUTPUT_NOT_WRITABLE": "Choose a folder you may write to with --out.",
    "DISK_FULL": "Free some space, then run the same command again.",
    "RESULT_UNREADABLE": "Analyse the clip again to rewrite its results.",
    "EDIT_INVALID": "Choose another step, moment or place.",
    "RESULTS_NOT_COMPARABLE": "Compare two results of the same test.",
    "DATABASE_UNAVAILABLE": (
        "Check FORMCHECK_DATABASE_URL, or the rights and free space of the data folder."
    ),
    "WORKER_DIED": "Run it again, with --workers 1 if it happens twice.",
    "CANCELLED": "Start it again when you like; nothing half-written was left.",
}


class FormcheckError(Exception):
    """A clip, file or set-up that cannot be used.

    Parameters
    ----------
    code : str
        A key of :data:`CODES`.
    what : str
        One line saying what is wrong, in plain words, with the numbers seen.
    hint : str, optional
        What to do; the code's own hint when left out.
    likely : tuple of (protocol id, probability), optional
        The tests that it may be, likeliest first, where that is the question.

    Raises
    ------
    ValueError
        If `code` is not in the closed list.
    """

    def __init__(
        self,
        code: str,
        what: str,
        hint: str | None = None,
        likely: tuple[tuple[str, float], ...] = (),
    ) -> None:
        if code not in CODES:
            msg = f"code must be one of errors.CODES, got {code!r}; add it there with its hint"
            raise ValueError(msg)
        super().__init__(what)
        self.code = code
        self.what = what
        self.hint = hint if hint is not None else CODES[code]
        self.likely = likely

    def __str__(self) -> str:
        """Return the one line printed on stderr."""
        return f"error[{self.code}]: {self.what}; hint: {self.hint}"

    def __reduce__(self) -> tuple[type["FormcheckError"], tuple[object, ...]]:
        """Rebuild from its parts, so that it crosses process boundaries whole."""
        return (type(self), (self.code, self.what, self.hint, self.likely))

"""Words of the app, and making any text safe to put into a page."""

import html
import re
from typing import Final

from formcheck.registry import PROTOCOLS, Protocol

PRIVACY: Final = "Your video stays on this computer. Nothing is uploaded to the internet."
NOT_A_DIAGNOSIS: Final = (
    "Estimates from one camera. They describe how you move; they don't diagnose anything, predict "
    "injury or tell you whether to run. How you feel comes first."
)

VIEWS: Final[dict[str, str]] = {
    "auto": "Find out for me",
    "side": "From the side",
    "rear": "From behind",
    "front": "From the front",
}
FACINGS: Final[dict[str, str]] = {
    "auto": "Find out for me",
    "left": "To the left of the picture (left leg nearer)",
    "right": "To the right of the picture (right leg nearer)",
    "toward": "Toward the camera",
    "away": "Away from the camera",
}
SURFACES: Final[dict[str, str]] = {
    "auto": "Find out for me",
    "treadmill": "Treadmill",
    "overground": "Hallway, path or track",
    "static": "Standing in one place (a movement test)",
}
LEGS: Final[dict[str, str]] = {
    "auto": "Find out for me",
    "left": "The left leg",
    "right": "The right leg",
}
MODELS: Final[dict[str, str]] = {
    "full": "Standard",
    "heavy": "Careful (about three times slower)",
    "lite": "Quick look",
}
SPEED_UNITS: Final[dict[str, float]] = {"km/h": 1 / 3.6, "mph": 0.44704, "m/s": 1.0}

VIEW_FACT: Final[dict[str, str]] = {
    "side": "seen from the side",
    "rear": "seen from behind",
    "front": "seen from the front",
}
FACING_FACT: Final[dict[str, str]] = {
    "left": "facing left",
    "right": "facing right",
    "toward": "facing the camera",
    "away": "facing away",
}
SURFACE_FACT: Final[dict[str, str]] = {
    "treadmill": "on a treadmill",
    "overground": "moving over ground",
    "static": "in one place",
}

FIRST_PROTOCOLS: Final = ("treadmill_run", "hallway_run", "single_leg_squat", "hop_landing")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^&])")
_BYTES_PER_MB: Final = 1_000_000


def plain(text: str) -> str:
    """Return `text` so that Markdown shows it letter by letter (file names, error texts)."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def esc(text: str) -> str:
    """Return `text` safe inside HTML, attributes included."""
    return html.escape(text, quote=True)


def protocols_in_order() -> tuple[Protocol, ...]:
    """Return the tests, the most used ones first."""
    first = [PROTOCOLS[p] for p in FIRST_PROTOCOLS if p in PROTOCOLS]
    return (*first, *(p for p in PROTOCOLS.values() if p not in first))


def protocol_title(protocol_id: str) -> str:
    """Return a test's title; ``auto`` and unknown ids have words too."""
    if protocol_id in PROTOCOLS:
        return PROTOCOLS[protocol_id].title
    return "Find out for me" if protocol_id == "auto" else protocol_id.replace("_", " ")


def size_text(size_bytes: int) -> str:
    """Write a file size: ``0.7 MB``, ``24 MB``."""
    mb = size_bytes / _BYTES_PER_MB
    return f"{mb:.1f} MB" if mb < 10 else f"{mb:.0f} MB"


def seconds_text(seconds: float) -> str:
    """Write a time left, roughly: ``a few seconds``, ``about 40 seconds``, ``about 3 minutes``."""
    if seconds < 8:
        return "a few seconds"
    if seconds < 90:
        return f"about {max(10, round(seconds / 10) * 10)} seconds"
    return f"about {round(seconds / 60)} minutes"


def clip_title(name: str) -> str:
    """Return a file name without its ending and with spaces, for headings."""
    stem = name.rsplit(".", 1)[0] if "." in name else name
    return stem.replace("_", " ").strip() or name

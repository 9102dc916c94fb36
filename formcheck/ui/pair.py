"""Two clips side by side, in step at each landing of one foot."""

from typing import Any, Final

import streamlit as st

from formcheck.results import Analysis
from formcheck.settings.app import AppSettings
from formcheck.ui import player
from formcheck.ui.player import Film

SIDE_WORDS: Final[dict[str, str]] = {
    "left": "left landing",
    "right": "right landing",
    "both": "repetition",
}
REP_WORDS: Final[dict[str, str]] = {
    "left": "left repetition",
    "right": "right repetition",
    "both": "repetition",
}
_FEWEST: Final = 2

Shown = tuple[str, Film, Analysis]
"""Title, video, analysis."""


def common_sides(a: Analysis, b: Analysis) -> list[dict[str, str]]:
    """Return the feet on which both clips can be held in step, with their words."""
    words = REP_WORDS if a.reps else SIDE_WORDS
    counts = [[s["side"] for s in player.steps_of(analysis, 0.0)] for analysis in (a, b)]
    sides = [s for s in words if min(c.count(s) for c in counts) >= _FEWEST]
    return [{"side": s, "words": words[s]} for s in sides]


def head_of(earlier: Shown, now: Shown, label: str) -> dict[str, Any]:
    """Return the header of the pair: the earlier clip first."""
    clips = [
        {
            **player.about(film, f"{title}: the whole clip, with the body's lines over it"),
            "title": title,
            "steps": player.steps_of(analysis, film.start_s),
            "curve": player.curve_of(film),
        }
        for title, film, analysis in (earlier, now)
    ]
    return {
        "id": f"{player.identity(earlier[1])}-{player.identity(now[1])}",
        "label": label,
        "clips": clips,
        "speeds": player.SPEEDS,
        "speed": player.START_SPEED,
        "sides": common_sides(earlier[2], now[2]),
    }


def show(earlier: Shown, now: Shown, settings: AppSettings) -> bool:
    """Show two clips in step.

    Parameters
    ----------
    earlier, now : tuple of (str, Film, Analysis)

    Returns
    -------
    bool
        False (and nothing shown) where they are too large for the browser.
    """
    films = [earlier[1], now[1]]
    size = sum(film.path.stat().st_size for film in films)
    if size > 2 * settings.player_max_mb * 1_000_000:
        return False
    both = st.components.v2.component(
        "formcheck_pair",
        html=player.asset("pair.html"),
        css=player.asset("player.css"),
        js=player.asset("clip.js") + player.asset("curve.js") + player.asset("pair.js"),
    )
    head = head_of(earlier, now, "Two clips side by side, in step at each landing")
    both(data=player.packed(head, films), key=f"pair_{head['id']}")
    return True

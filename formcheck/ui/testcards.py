"""The three clips that tell most: which they are, what each shows, which are done."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from formcheck.results import Analysis
from formcheck.ui import drawings, engine
from formcheck.ui.chips import SVG, icon, picture
from formcheck.ui.records import own_workspaces
from formcheck.ui.text import esc

_OPEN: Final = (
    f'<svg {SVG} viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.6" fill="#fff" stroke="#5F6B76" '
    'stroke-width="1.6"/></svg>'
)
RUNS: Final = frozenset({"treadmill_run", "hallway_run"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One of the three clips."""

    id: str
    title: str
    scene: str
    shows: str
    recipe: str


CARDS: Final = (
    Card(
        id="side",
        title="Run, from the side",
        scene="run_side",
        shows="How your knee bends as you land, and how soft the landing is.",
        recipe="10 to 20 seconds at an easy, steady pace. Then once from the other side.",
    ),
    Card(
        id="rear",
        title="Run, from behind",
        scene="run_rear",
        shows="Whether your pelvis stays level, and how your upper body turns.",
        recipe="10 to 20 seconds at the same pace, phone straight behind you.",
    ),
    Card(
        id="squat",
        title="Single-leg squat",
        scene="squat",
        shows="Where your knee goes when one leg carries you.",
        recipe="Five slow squats on one leg, facing the phone. Then the other leg.",
    ),
)


def show() -> None:
    """Draw the cards, with a dot for each that is done."""
    ready = done_now()
    st.html(progress(ready))
    for column, card in zip(st.columns(len(CARDS)), CARDS, strict=True):
        column.html(card_html(card, is_done=card.id in ready))


def done_now() -> frozenset[str]:
    """Return which of the three the runner has a result for."""
    found = (done.analysis for space in own_workspaces()[0] for done in engine.finished(space))
    return frozenset(filter(None, map(kind_of, found)))


def kind_of(analysis: Analysis) -> str:
    """Return which card a result belongs to; empty for another test."""
    if analysis.protocol.id in RUNS:
        return analysis.clip.view if analysis.clip.view in ("side", "rear") else ""
    return "squat" if analysis.protocol.id == "single_leg_squat" else ""


def next_to_film(ready: frozenset[str]) -> str:
    """Return which of the three clips to film next, in a sentence; empty when all are done."""
    left = [c for c in CARDS if c.id not in ready]
    return f"{left[0].title}. {left[0].shows} {left[0].recipe}" if left else ""


def progress(ready: frozenset[str]) -> str:
    """Return "1 of 3 done" with one mark and word for each."""
    parts = []
    for card in CARDS:
        is_done = card.id in ready
        mark = icon("ok", 16) if is_done else picture(_OPEN, "", 16)
        word = "done" if is_done else "to do"
        parts.append(f"<span>{mark} {esc(card.title)}: {word}</span>")
    return f'<p class="fc-three"><b>{len(ready)} of {len(CARDS)} clips done</b>{"".join(parts)}</p>'


def card_html(card: Card, *, is_done: bool) -> str:
    """Return one card."""
    mark = f"{icon('ok', 16)} <b>done</b>" if is_done else ""
    return (
        f'<div class="fc-card fc-test">{drawings.drawing(card.scene)}'
        f"<h2>{esc(card.title)}</h2><p>{esc(card.shows)}</p>"
        f'<p class="fc-note">{esc(card.recipe)} {mark}</p></div>'
    )

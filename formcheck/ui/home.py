"""Home: what this is, what stays private, how to begin, and the optional questions."""

from typing import Final, Literal

import streamlit as st

from formcheck.ui import pages, state, symptoms, testcards
from formcheck.ui.audience import switch
from formcheck.ui.chips import SVG, picture
from formcheck.ui.records import own_workspaces
from formcheck.ui.text import PRIVACY, esc
from formcheck.ui.workspace import ClipEntry, Workspace

LOCK: Final = (
    f'<svg {SVG} viewBox="0 0 20 20">'
    '<rect x="3.5" y="9" width="13" height="9" rx="2" fill="#1F6FB2"/>'
    '<path d="M6.5 9V6.5a3.5 3.5 0 017 0V9" fill="none" stroke="#1F6FB2" stroke-width="2"/></svg>'
)
LEAD: Final = (
    "Film yourself running on a treadmill or along a hallway, or doing a single-leg squat. "
    "formcheck measures how you move, says how sure it is, and gives you one thing to try."
)
_STROKE: Final = 'fill="none" stroke="#1F6FB2" stroke-width="2" stroke-linecap="round"'
PHONE: Final = (
    f'<svg {SVG} viewBox="0 0 32 32"><rect x="9" y="3" width="14" height="26" rx="3" {_STROKE}/>'
    f'<circle cx="16" cy="16" r="3.6" {_STROKE}/><path d="M14 6.2h4" {_STROKE}/></svg>'
)
LOOK: Final = (
    f'<svg {SVG} viewBox="0 0 32 32"><rect x="3" y="6" width="26" height="20" rx="3" {_STROKE}/>'
    f'<path d="M8 19l4-6 4 8 3-5 2 3h4" {_STROKE}/></svg>'
)
LIST: Final = (
    f'<svg {SVG} viewBox="0 0 32 32"><path d="M5 26V6M5 26h22" {_STROKE}/>'
    f'<path d="M9 20l6-5 5 3 7-8" {_STROKE}/></svg>'
)
TILES: Final[tuple[tuple[pages.PageName, str, str, str, str], ...]] = (
    ("film", PHONE, "Film", "Prop the phone up, 10 to 20 seconds, whole body.", "How to film"),
    ("check", LOOK, "Check a clip", "See what it can show before you wait.", "Check a clip"),
    ("kept", LIST, "My checks", "What you did before; compare then and now.", "My checks"),
)


def page() -> None:
    """Draw the page."""
    st.title("Check your running form")
    st.html(f'<p class="fc-lead">{esc(LEAD)}</p>')
    privacy()
    clips = [(e, space) for space in own_workspaces()[0] for e in space.clips()]
    is_open = not clips or bool(state.symptoms().ticked)
    with st.expander("Before you run: a few questions (optional)", expanded=is_open):
        symptoms.questions()
        pages.link("after_birth", "After birth: all questions, tests and a plan")
    # who has no clip yet films one first: one button stands out, not three
    first = "check" if clips else "film"
    for column, tile in zip(st.columns(len(TILES)), TILES, strict=True):
        with column:
            _tile(*tile, leads=tile[0] == first)
    _last(clips)
    st.html(testcards.progress(testcards.done_now()))
    switch()


def _tile(
    name: pages.PageName, drawing: str, title: str, words: str, label: str, *, leads: bool
) -> None:
    with st.container(border=True, key=f"tile_{name}", height="stretch"):
        st.html(
            f'<div class="fc-tile">{picture(drawing, "", 34)}<div><h2>{esc(title)}</h2>'
            f"<p>{esc(words)}</p></div></div>"
        )
        kind: Literal["primary", "secondary"] = "primary" if leads else "secondary"
        if st.button(label, type=kind, key=f"go_{name}", width="stretch"):
            if name == "check":
                state.choose_another()
            pages.go(name)


def privacy() -> None:
    """Show the privacy line."""
    st.html(
        f'<div class="fc-privacy">{picture(LOCK, "", 20)}<span>{esc(PRIVACY)}</span>'
        '<span class="fc-badge">Works offline</span></div>'
    )


def _last(clips: list[tuple[ClipEntry, Workspace]]) -> None:
    """Offer the clip that is worked on, or the newest."""
    last = max(clips, key=lambda c: (state.is_working(c[0]), c[0].added_s), default=None)
    if last is not None and st.button("Back to my last clip", key="go_last"):
        entry, space = last
        state.switch_workspace(space.token)
        state.open_clip(entry.id)
        done = space.latest_result(entry.id) is not None and not state.is_working(entry)
        pages.go("results" if done else "check")

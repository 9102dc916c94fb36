"""Home: what this is, what stays private, how to begin, and the optional questions."""

from typing import Final

import streamlit as st

from formcheck.ui import pages, state, symptoms
from formcheck.ui.audience import switch
from formcheck.ui.chips import SVG, picture
from formcheck.ui.text import PRIVACY, esc

LOCK: Final = (
    f'<svg {SVG} viewBox="0 0 20 20">'
    '<rect x="3.5" y="9" width="13" height="9" rx="2" fill="#1F6FB2"/>'
    '<path d="M6.5 9V6.5a3.5 3.5 0 017 0V9" fill="none" stroke="#1F6FB2" stroke-width="2"/></svg>'
)
LEAD: Final = (
    "Film yourself running on a treadmill or along a hallway, or doing a single-leg squat. "
    "formcheck measures how you move, says how sure it is, and gives you one thing to try."
)
STEPS: Final = (
    ("1. Film", "Prop the phone up, 10 to 20 seconds, whole body in the picture."),
    ("2. Drop it here", "A quick check tells you what your clip can show before you wait."),
    ("3. See", "Marked pictures, plain words, every number with its give or take."),
)


def page() -> None:
    """Draw the page."""
    st.title("Check your running form")
    st.html(f'<p class="fc-lead">{esc(LEAD)}</p>')
    privacy()
    with st.container(horizontal=True, key="home_actions"):
        if st.button("Check a clip", type="primary", key="go_check"):
            state.choose_another()
            pages.go("check")
        if st.button("How to film", key="go_film"):
            pages.go("film")
        _last()
    for column, (title, words) in zip(st.columns(len(STEPS)), STEPS, strict=True):
        column.markdown(f"**{title}**  \n{words}")
    notes = state.symptoms()
    with st.expander("Before you run: a few questions (optional)", expanded=bool(notes.ticked)):
        symptoms.questions()
    switch()


def privacy() -> None:
    """Show the privacy line."""
    st.html(f'<div class="fc-privacy">{picture(LOCK, "", 20)}<span>{esc(PRIVACY)}</span></div>')


def _last() -> None:
    """Offer the clip that was open, if there is one."""
    entries = state.workspace().clips()
    if entries and st.button("Back to my last clip", key="go_last"):
        state.open_clip(entries[0].id)
        done = state.workspace().latest_result(entries[0].id) is not None
        pages.go("results" if done else "check")

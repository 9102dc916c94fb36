"""The consult's page: who, then the parts of the session, one at a time."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from formcheck.ui import history
from formcheck.ui.chips import chip
from formcheck.ui.pt import clips, consult, correct, cuetrial, evidence, note, patient, share, style
from formcheck.ui.pt.consult import Consult
from formcheck.ui.text import esc

Draw = Callable[[Consult], None]
PARTS: Final[dict[str, tuple[str, Draw]]] = {
    "clips": ("Clips", clips.show),
    "evidence": ("Evidence", evidence.show),
    "correct": ("Steps and edits", correct.show),
    "trial": ("Cue trial", cuetrial.show),
    "note": ("Note and report", note.show),
}


def page() -> None:
    """Draw the page."""
    style.apply()
    open_now = consult.current()
    if consult.history_is_shown():
        if st.button("Back", key="pt_history_back"):
            consult.show_history(on=False)
            st.rerun()
        history.page()
        return
    if open_now is None:
        patient.page()
        return
    consult.record(open_now)
    if share.is_on():
        share.show()
        return
    _head(open_now)
    part = st.segmented_control(
        "Part of the consult",
        list(PARTS),
        format_func=lambda p: PARTS[p][0],
        required=True,
        default="clips",
        key="pt_part",
        label_visibility="collapsed",
    )
    _draw(part or "clips", open_now)


def _draw(part: str, open_now: Consult) -> None:
    """Draw one part in a place of its own, and hide what another part left behind.

    A part may have to read a video first. Streamlit keeps the old part faded on the page until
    all of the new one is there; a table of other values must not stand where pictures come.
    """
    others = ", ".join(f".st-key-pt_body_{p}" for p in PARTS if p != part)
    st.html(f"<style>{others} {{ display: none; }}</style>")
    for name in PARTS:
        with st.container(key=f"pt_body_{name}"):
            if name == part:
                PARTS[name][1](open_now)


def _head(open_now: Consult) -> None:
    agreed = open_now.consent
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.html(
            f'<h1 class="fc-code">{esc(open_now.who)}</h1>'
            f'<p class="fc-facts">{esc(_facts(open_now))}</p>'
            + chip("ok", "consent to measure")
            + " "
            + (chip("ok", "kept") if agreed.keep else chip("none", "deleted after one day"))
            + " "
            + (chip("ok", "may be shared") if agreed.share else chip("none", "not to be shared"))
        )
        with st.container(horizontal=True, width="content"):
            if st.button("Screen share", key="pt_share_on", help="Large pictures, no code"):
                share.turn(on=True)
            if st.button("History", key="pt_history"):
                consult.show_history(on=True)
                st.rerun()
            if st.button("Close session", key="pt_close"):
                consult.leave()
                st.rerun()


def _facts(open_now: Consult) -> str:
    session = open_now.session
    days = open_now.person.keep_days
    kept = "clips kept until deleted" if days is None else f"clips kept {days} days"
    when = session.started_at.astimezone().strftime("%d %b %Y, %H:%M")
    return " · ".join(p for p in (when, session.purpose, kept) if p)

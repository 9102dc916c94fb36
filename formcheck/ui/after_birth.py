"""After birth: questions, tests, how it felt, the graded plan, one's own sessions."""

from datetime import datetime
from typing import Final

import streamlit as st

from formcheck.ui import feeling, journal, own_sessions, screen, state, testing, weekly
from formcheck.ui.text import plain

TABS: Final = ("Questions", "Tests", "How it felt", "Plan", "My sessions")
LEAD: Final = (
    "Before you run again after giving birth: questions first, then movement tests, then a plan "
    "that grows slowly. It tells you whom to talk to about what. It never tells you that running "
    "is right for you; your body and your own clinician do."
)


def now() -> datetime:
    """Return the time with the zone of this computer."""
    return datetime.now().astimezone()


def page() -> None:
    """Draw the page."""
    st.title("After birth: back to running")
    st.markdown(plain(LEAD))
    feeling.morning(now())
    sections = (screen.show, testing.show, feeling.show, weekly.show, own_sessions.show)
    tabs = st.tabs(TABS, on_change="rerun", key="after_birth_tabs")
    for tab, draw in zip(tabs, sections, strict=True):
        if tab.open:
            with tab:
                draw(now())
    _keeping()


def _keeping() -> None:
    """Say where the answers are, and let them be kept or deleted."""
    kept = journal.is_kept()
    with st.expander("Where my answers are", expanded=False):
        st.markdown(
            f"Kept on this computer: `{journal.folder()}`."
            if kept
            else "In this app's memory only: they are gone when it closes."
        )
        st.session_state["journal_keep"] = kept
        st.toggle(
            "Keep my answers, log and plan on this computer",
            key="journal_keep",
            on_change=lambda: journal.keep(bool(st.session_state["journal_keep"])),
        )
        st.button("Delete all my answers", key="journal_forget", on_click=_forget)
        _switch()


def _forget() -> None:
    """Delete the journal, and what the page's own fields still hold of it."""
    journal.forget()
    for key in list(st.session_state):
        if str(key).startswith(("screen_", "plan_", "condition_")):
            del st.session_state[key]


def _switch() -> None:
    others = journal.others()
    if others and not journal.load().screens:
        st.markdown("There are answers of an earlier visit on this computer.")
        if st.button("Open the newest of them", key="journal_switch"):
            state.switch_workspace(others[0])
            st.rerun()

"""Check a clip: choose, look, wait. Which of the three is shown follows from the clip alone."""

import streamlit as st

from formcheck.ui import choose, clipcheck, pages, state, working


def page() -> None:
    """Draw the page."""
    entry = state.current_clip()
    if entry is None:
        choose.page()
        return
    job = state.shared().jobs.view(entry.job) if entry.job else None
    if job is not None and job.active:
        working.page(entry, job.key)
        return
    if working.was_watched(entry.job) and job is not None and job.state == "done":
        pages.go("results")
    clipcheck.page(entry, job)
    if st.button("Choose another clip", key="another"):
        state.choose_another()
        st.rerun()

"""One clip of the consult, checked and set right where it belongs: inside the consult."""

import streamlit as st

from formcheck.ui import clipcheck, state, working
from formcheck.ui.pt import consult
from formcheck.ui.workspace import ClipEntry


def show(entry: ClipEntry) -> None:
    """Draw the clip check of one clip, or its analysis while it runs."""
    if st.button("Back to the clips", key="pt_check_back"):
        consult.check_clip(None)
        st.rerun()
    job = state.shared().jobs.view(entry.job) if entry.job else None
    if job is not None and job.active:
        working.page(entry, job.key)
        return
    if working.was_watched(entry.job) and job is not None and job.state == "done":
        consult.check_clip(None)
        st.rerun()
    clipcheck.page(entry, job)

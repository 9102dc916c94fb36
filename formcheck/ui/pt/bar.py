"""On every page but the consult's own: which consult is open, the way back, and the way out."""

import streamlit as st

from formcheck.ui import pages
from formcheck.ui.pt import consult
from formcheck.ui.text import plain


def show() -> None:
    """Draw the bar while a consult is open; the page below it is the runner's own."""
    open_now = consult.current()
    if open_now is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="consult_bar"):
        st.markdown(f"**Consult {plain(open_now.who)} is open.** This page shows your own clips.")
        with st.container(horizontal=True, width="content", wrap=False):
            if st.button("Back to it", key="consult_back", type="primary"):
                pages.go("pt")
            if st.button("Close", key="consult_close", help="Closes the consult; deletes nothing"):
                consult.leave()
                st.rerun()

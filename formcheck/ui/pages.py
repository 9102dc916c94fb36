"""The pages by name, for navigation and for buttons that lead from one page to another."""

from typing import Final, Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

PageName = Literal[
    "home", "check", "results", "compare", "film", "live", "kept", "pt", "history", "after_birth"
]
_PAGES: Final = "formcheck_pages"


def remember(pages: dict[PageName, StreamlitPage]) -> None:
    """Keep the page objects where :func:`go` finds them."""
    st.session_state[_PAGES] = pages


def go(name: PageName) -> None:
    """Leave for another page at once."""
    st.switch_page(st.session_state[_PAGES][name])


def link(name: PageName, label: str) -> None:
    """Show a link to another page (nothing where the page is shown on its own, as in a test)."""
    pages = st.session_state.get(_PAGES)
    if pages:
        st.page_link(pages[name], label=label)

"""The app's routes. Run with ``formcheck app`` or ``streamlit run app.py``."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from formcheck.ui import (
    after_birth,
    check,
    compare,
    film,
    history,
    home,
    kept,
    live,
    pages,
    results,
    shell,
    state,
)
from formcheck.ui.pt import desk


def main() -> None:
    """Set up the frame and draw the page that was asked for."""
    shell.begin()
    routes: dict[pages.PageName, st.Page] = {
        "home": _page("home", "Home", home.page, default=True),
        "check": _page("check", "Check a clip", check.page),
        "results": _page("results", "Results", results.page),
        "compare": _page("compare", "Compare", compare.page),
        "after_birth": _page("after-birth", "After birth", after_birth.page),
        "film": _page("film", "How to film", film.page),
        "live": _page("live", "Live", live.page),
        "kept": _page("kept", "My checks", kept.page),
        "history": _page("history", "History", history.page),
        "pt": _page("pt", "PT consult", desk.page, whose="consult"),
    }
    pages.remember(routes)
    st.navigation(list(routes.values()), position="top").run()


def _page(
    url: str,
    title: str,
    draw: Callable[[], None],
    *,
    default: bool = False,
    whose: state.Whose = "own",
) -> st.Page:
    return st.Page(partial(shell.show, draw, whose), title=title, url_path=url, default=default)


# Streamlit runs this file as __main__; worker processes that import it must not draw a page
if __name__ == "__main__":
    main()

"""What surrounds every page: title, style, the symptom banner, the audience switch, the footer."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from formcheck import __version__
from formcheck.doctor import explain_import_error
from formcheck.errors import FormcheckError
from formcheck.ui import state, style, symptoms
from formcheck.ui.hints import in_app
from formcheck.ui.pt import bar
from formcheck.ui.text import NOT_A_DIAGNOSIS, PRIVACY, esc, plain

ASSETS: Final = Path(__file__).parent / "assets"

logger = logging.getLogger(__name__)


def begin() -> None:
    """Set the page up; must come before anything else is drawn."""
    st.set_page_config(
        page_title="formcheck",
        page_icon=str(ASSETS / "icon.png"),
        layout="wide",
        initial_sidebar_state="collapsed",
        menu_items={"Get help": None, "Report a bug": None, "About": None},
    )
    style.apply()
    state.keep_token_in_address()


def show(page: Callable[[], None], whose: state.Whose = "own") -> None:
    """Draw a page between banner and footer; trouble becomes words, never a traceback.

    Parameters
    ----------
    whose : {"own", "consult"}
        Whose clips the page shows. Only the consult's page shows the patient's.
    """
    state.page_is(whose)
    if whose == "own":
        bar.show()
    symptoms.banner()
    try:
        page()
    except FormcheckError as error:
        trouble(error.what, error.hint)
    except ImportError as error:
        logger.exception("a library is missing")
        explained = explain_import_error(error)
        trouble(explained.what, explained.hint)
    except Exception:
        # a rerun or stop asked for by the page is a BaseException and passes through
        logger.exception("a page failed")
        trouble(
            "Something went wrong on this page.",
            "Reload the page. Your clips and results are kept.",
        )
    footer()


def trouble(what: str, hint: str) -> None:
    """Say what went wrong and what to do."""
    named = "." in what.split(" ", 1)[0]  # begins with a file's name: left as it is
    first = what if named else what[:1].upper() + what[1:]
    st.error(f"**{plain(first.rstrip('.'))}\\.** {plain(in_app(hint))}")


def footer() -> None:
    """Show what the numbers are, and where data lives, at the end of every page."""
    st.html(
        f'<div class="fc-foot">{esc(NOT_A_DIAGNOSIS)}<br>{esc(PRIVACY)} '
        f"formcheck {esc(__version__)}</div>"
    )

"""For whom the words are: a runner at home, or a physiotherapist in a consult."""

from typing import Final

import streamlit as st

from formcheck.ui import state

LABELS: Final[dict[str, str]] = {"runner": "Everyday words", "physio": "Clinical words"}


def switch() -> None:
    """Show the switch; the numbers never change with it."""
    value = st.segmented_control(
        "Show results in",
        options=list(LABELS),
        format_func=LABELS.__getitem__,
        default=state.audience(),
        key="audience_switch",
        help="Clinical words also shows the clips of one session side by side.",
    )
    if value in ("runner", "physio") and value != state.audience():
        state.set_audience("physio" if value == "physio" else "runner")
        st.rerun()

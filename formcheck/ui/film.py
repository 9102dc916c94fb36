"""How to film: one recipe per test, in the words of the test itself."""

from typing import Final

import streamlit as st

from formcheck.registry import MEASURES, Protocol
from formcheck.ui.text import plain, protocols_in_order

ALWAYS: Final = (
    "**Prop the phone**, don't hold it: upright on a shelf at hip height, straight on.",
    "**Step back** as far as the room allows (3 m or more) and zoom in; don't stand close.",
    "**Whole body, head to feet, the whole time.** Nobody else in view, no mirror behind you.",
    "**60 pictures a second** (120 if you have it): Settings > Camera > Record video.",
    "**Bright room**, fitted clothes, a waistband or shorts that stand out from your top.",
    "**Back camera.** Selfie mode swaps left and right.",
    "**Run easy for 2 minutes first**, then film 10 to 20 seconds. Hallway: three passes.",
)
VIEW_WORDS: Final = {"side": "from the side", "rear": "from behind", "front": "from the front"}


def page() -> None:
    """Draw the page."""
    st.title("How to film")
    st.markdown("\n".join(f"- {item}" for item in ALWAYS))
    protocols = protocols_in_order()
    if not protocols:
        return
    st.header("What each test needs")
    for protocol in protocols:
        with st.expander(plain(protocol.title)):
            _recipe(protocol)


def _recipe(protocol: Protocol) -> None:
    views = " or ".join(VIEW_WORDS[str(v)] for v in protocol.views)
    st.markdown(f"{plain(protocol.purpose)}  \n**Film {views}.**")
    st.markdown("\n".join(f"- {plain(item)}" for item in protocol.how_to_film))
    titles = [MEASURES[m].title for m in protocol.measures if m in MEASURES]
    if titles:
        st.markdown(f"**What it can show:** {plain(', '.join(titles))}")

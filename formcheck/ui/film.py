"""How to film: a drawing and a recipe per test, nine things to check, and a page to print."""

from typing import Final

import streamlit as st

from formcheck.registry import MEASURES, Protocol
from formcheck.ui import drawings, pages, state, testcards
from formcheck.ui.chips import icon
from formcheck.ui.text import esc, plain, protocols_in_order

ALWAYS: Final = (
    ("Prop the phone, don't hold it.", "A phone that moves hides how softly you land."),
    ("Upright, level, at hip height.", "A tilted or high phone bends every angle."),
    ("Exactly from the side, or straight behind.", "An angle in between shows neither well."),
    ("Three metres or more away; zoom in.", "Close up, the wide lens stretches legs and feet."),
    ("Whole body, head to feet, all the time.", "What leaves the picture can't be measured."),
    ("60 pictures a second, better 120.", "At 30 the landing falls between two pictures."),
    ("Bright room, no window behind you.", "In the dark, edges blur as you move."),
    ("Fitted clothes, waistband in sight.", "Loose tops and belly bands hide the pelvis."),
    ("Back camera, nobody else in view.", "Selfie mode swaps left and right."),
)
WARM_UP: Final = (
    "Run easy for two minutes first, then film 10 to 20 seconds. In a hallway film three passes."
)
VIEW_WORDS: Final = {"side": "from the side", "rear": "from behind", "front": "from the front"}


def page() -> None:
    """Draw the page."""
    st.title("How to film")
    testcards.show()
    st.header("Nine things before you press record")
    st.html(checklist())
    st.markdown(WARM_UP)
    with st.container(horizontal=True, key="film_actions"):
        if st.button("I have a clip: check it", type="primary", key="film_check"):
            state.choose_another()
            pages.go("check")
        st.download_button(
            "Page to print",
            data=lambda: sheet().encode(),
            file_name="how_to_film.html",
            mime="text/html",
            on_click="ignore",
            key="film_sheet",
        )
    st.header("Every test")
    for protocol in protocols_in_order():
        with st.expander(plain(protocol.title)):
            _recipe(protocol)


def checklist() -> str:
    """Return the nine ticks, each with its reason."""
    items = (
        f'<li class="fc-line">{icon("ok")}<span><b>{esc(what)}</b> {esc(why)}</span></li>'
        for what, why in ALWAYS
    )
    return f'<ul class="fc-lines fc-nine">{"".join(items)}</ul>'


def _recipe(protocol: Protocol) -> None:
    scenes = drawings.OF_PROTOCOL.get(protocol.id, ())
    if scenes:
        for column, name in zip(st.columns(2), scenes, strict=False):
            column.html(drawings.drawing(name))
    views = " or ".join(VIEW_WORDS[str(v)] for v in protocol.views)
    st.markdown(f"{plain(protocol.purpose)}  \n**Film {views}.**")
    st.markdown("\n".join(f"- {plain(item)}" for item in protocol.how_to_film))
    titles = [MEASURES[m].title for m in protocol.measures if m in MEASURES]
    if titles:
        st.markdown(f"**What it can show:** {plain(', '.join(titles))}")


def sheet() -> str:
    """Return the page to print, complete in itself."""
    cards = "".join(
        f"<section>{drawings.drawing(c.scene)}<h2>{esc(c.title)}</h2><p>{esc(c.shows)}</p>"
        f"<p>{esc(c.recipe)}</p></section>"
        for c in testcards.CARDS
    )
    ticks = "".join(f"<li>&#9744; <b>{esc(a)}</b> {esc(b)}</li>" for a, b in ALWAYS)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>How to film</title>'
        "<style>body{font:12pt/1.35 sans-serif;margin:12mm;color:#1a1a1a}h1{margin:0 0 4mm}"
        "main>div{display:grid;grid-template-columns:repeat(3,1fr);gap:5mm}img{width:100%}"
        "h2{font-size:13pt;margin:2mm 0 0}p{margin:1mm 0}ul{list-style:none;padding:0;columns:2}"
        "li{margin:0 0 2mm;break-inside:avoid}"
        "@media(max-width:640px){main>div{display:block}ul{columns:1}}</style></head>"
        f"<body><main><h1>How to film</h1><div>{cards}</div>"
        f"<h2>Before you press record</h2><ul>{ticks}</ul><p>{esc(WARM_UP)}</p>"
        "</main></body></html>"
    )

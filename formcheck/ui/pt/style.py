"""The consult's own style rules, on top of the app's."""

from typing import Final

import streamlit as st

CSS: Final = """<style>
.fc-table.fc-tight th, .fc-table.fc-tight td { padding: .22rem .7rem; }
.fc-named tbody th { min-width: 12rem; } .fc-named .fc-note { white-space: normal; display: block;
  max-width: 16rem; }
.fc-low { max-height: 19rem; overflow-y: auto; }
.fc-low thead th { position: sticky; top: 0; background: #fff; }
.fc-code { margin: 0; padding: 0; font-size: 1.7rem; line-height: 1.2; }
.fc-pencil { color: #37424c; font-size: .9rem; }
.fc-code + .fc-facts { margin-bottom: .35rem; }
@media (max-width: 640px) {
  .st-key-pt_evidence_bar > :first-child { flex-basis: 100% !important; }
}
.st-key-pt_pair img, .st-key-pt_single img { max-height: 58vh; object-fit: contain; }
.st-key-pt_pair [data-testid="stHorizontalBlock"],
.st-key-pt_three [data-testid="stHorizontalBlock"],
.st-key-pt_pair_large [data-testid="stHorizontalBlock"] { flex-wrap: nowrap; gap: .6rem; }
.st-key-pt_pair [data-testid="stColumn"], .st-key-pt_three [data-testid="stColumn"],
.st-key-pt_pair_large [data-testid="stColumn"] { min-width: 0; flex: 1 1 0; }
.st-key-pt_three img { max-height: 46vh; object-fit: contain; }
tr.fc-struck td, tr.fc-struck th { color: #5F6B76; text-decoration: line-through; }
</style>"""


def apply() -> None:
    """Put the rules into the page."""
    st.html(CSS)

"""What landing scores look at, item by item, for a clip of landings."""

from typing import Final

import streamlit as st

from formcheck.assess.landing_items import landing_items
from formcheck.results import Analysis
from formcheck.ui.text import esc

LANDINGS: Final = ("hop_landing", "forward_bounds", "hop_in_place")
WHY_NO_SCORE: Final = (
    "These are the things that landing scores look at. No score is added up: automated scoring "
    "errs by more than a point, and a single item has no published limit."
)


def show(analysis: Analysis) -> None:
    """Draw the items; nothing for other tests."""
    if analysis.protocol.id not in LANDINGS:
        return
    st.header("The landing, item by item")
    st.caption(WHY_NO_SCORE)
    rows = "".join(
        f'<tr><td style="white-space:normal">{esc(r.title)}</td>'
        f"<td>{'<br>'.join(map(esc, r.values)) or 'not told'}</td>"
        f'<td style="white-space:normal">{esc(r.reliability)}</td></tr>'
        for r in landing_items(analysis)
    )
    st.html(
        '<div class="fc-scroll"><table class="fc-table"><tr><th>Item</th><th>In this clip</th>'
        f"<th>How sure</th></tr>{rows}</table></div>"
    )

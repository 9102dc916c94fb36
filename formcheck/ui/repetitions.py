"""Every repetition of a movement test: what counted, and why the others did not."""

import streamlit as st

from formcheck.results import RepRecord
from formcheck.ui.text import esc

HOW: str = (
    "A repetition counts if it begins and ends at rest, goes about as far as the first ones, and "
    "nobody walks meanwhile."
)


def show(reps: tuple[RepRecord, ...]) -> None:
    """Draw the list; nothing for a run."""
    if not reps:
        return
    counted = sum(r.counted for r in reps)
    st.header(f"Repetitions: {counted} counted, {len(reps) - counted} not")
    st.caption(HOW)
    st.html(
        '<div class="fc-scroll"><table class="fc-table"><tr><th>At</th><th>Side</th>'
        f"<th>How far</th><th>Counted</th></tr>{rows(reps)}</table></div>"
    )


def rows(reps: tuple[RepRecord, ...]) -> str:
    """Return one table row per repetition."""
    made = []
    number = 0
    for rep in reps:
        number += rep.counted
        far = "" if rep.reach_pct is None else f"{rep.reach_pct:.0f} %"
        word = f"yes, number {number}" if rep.counted else f"no: {rep.reason}"
        made.append(
            f"<tr><td>{rep.deepest_s:.1f} s</td><td>{esc(rep.side)}</td><td>{far}</td>"
            f'<td style="white-space:normal">{esc(word)}</td></tr>'
        )
    return "".join(made)

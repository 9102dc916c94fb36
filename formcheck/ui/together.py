"""Several clips of one session beside each other: one row per measure, one column per clip."""

from collections.abc import Sequence
from itertools import combinations
from typing import Final

import streamlit as st

from formcheck.render.wording import side_phrase, title_of
from formcheck.results import Analysis, Measurement
from formcheck.ui import engine, state
from formcheck.ui.chips import icon, line, lines
from formcheck.ui.reading import Reader, is_core, shown
from formcheck.ui.text import VIEW_FACT, clip_title, esc

Column = tuple[str, Analysis]
TITLE: Final = "All clips of this session"
Key = tuple[str, str]  # measure, side


def show() -> None:
    """Draw the table of this session's clips, if there are two or more results."""
    columns = _columns()
    if len(columns) < 2:
        return
    st.header(TITLE)
    apart = disagreements([a for _, a in columns])
    if apart:
        st.html(lines([line("watch", "Careful:", words) for words in apart]))
    main, rest = (keys_of(columns, core=c) for c in (True, False))
    if main:
        st.html(table(columns, main))
    if rest:
        with st.expander(f"All other measures ({len(rest)})", expanded=not main):
            st.html(table(columns, rest, "All other measures of this session"))


def _columns() -> list[Column]:
    return [
        (f"{clip_title(d.entry.name)} ({VIEW_FACT[d.analysis.clip.view]})", d.analysis)
        for d in reversed(engine.finished(state.workspace()))
    ]


def keys_of(columns: list[Column], *, core: bool) -> list[Key]:
    """Return the main measures, or all others, that any clip carries a value of."""
    found = [(m.id, m.side) for _, a in columns for m in a.measurements if m.value is not None]
    return [k for k in dict.fromkeys(found) if is_core(k[0]) == core]


def table(columns: list[Column], keys: Sequence[Key], name: str = TITLE) -> str:
    """Return the table of these measures as HTML."""
    head = "".join(f'<th scope="col">{esc(title)}</th>' for title, _ in columns)
    body = "".join(_row(measure_id, side, columns) for measure_id, side in keys)
    return (
        f'<div class="fc-scroll" tabindex="0" role="region" aria-label="{esc(name)}">'
        f'<table class="fc-table"><thead><tr><th scope="col">Measure</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def disagreements(analyses: Sequence[Analysis]) -> tuple[str, ...]:
    """Return each measure whose intervals from two views do not overlap, with what each view says.

    Neither is dropped: which of the two is right, the numbers cannot tell.
    """
    said = []
    keys = dict.fromkeys((m.id, m.side) for a in analyses for m in a.measurements)
    for measure_id, side in keys:
        found = [(a.clip.view, m) for a in analyses if (m := a.find(measure_id, side)) is not None]
        if not any(_apart(a, b) for a, b in combinations(found, 2)):
            continue
        phrase = side_phrase(measure_id, side)
        name = f"{title_of(measure_id)}, {phrase}" if phrase else title_of(measure_id)
        values = "; ".join(f"{shown(m)} {VIEW_FACT[v]}" for v, m in found if m.value is not None)
        said.append(f"{name}: the views do not agree ({values}).")
    return tuple(said)


def _apart(a: tuple[str, Measurement], b: tuple[str, Measurement]) -> bool:
    (view_a, one), (view_b, other) = a, b
    if view_a == view_b or one.ci95 is None or other.ci95 is None:
        return False
    return one.ci95[1] < other.ci95[0] or other.ci95[1] < one.ci95[0]


def _row(measure_id: str, side: str, columns: list[Column]) -> str:
    phrase = side_phrase(measure_id, side)
    name = f"{title_of(measure_id)}, {phrase}" if phrase else title_of(measure_id)
    cells = "".join(_cell(a, measure_id, side) for _, a in columns)
    return f'<tr><th scope="row">{esc(name)}</th>{cells}</tr>'


def _cell(analysis: Analysis, measure_id: str, side: str) -> str:
    found = [m for m in analysis.measurements if m.id == measure_id and m.side == side]
    if not any(m.id == measure_id for m in analysis.measurements):
        return "<td>not in this test</td>"
    if not found or found[0].value is None:
        return "<td>not measured</td>"
    m = found[0]
    mark, word = Reader(analysis, clinical=True).verdict(m)
    return (
        f"<td>{icon(mark, 15)} {esc(shown(m))}<br>"
        f'<span class="fc-note">{esc(word)}, n {m.n}</span></td>'
    )

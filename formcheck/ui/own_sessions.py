"""My running sessions side by side, in what a postpartum study found changed."""

from datetime import datetime
from typing import Final

import streamlit as st

from formcheck.assess.postpartum import SOURCE, Cell, OwnSession, Row, SideBySide, side_by_side
from formcheck.assess.texts import CHANGE_TEXTS, shown, shown_half
from formcheck.readiness.journal import CONDITIONS, Condition
from formcheck.render.wording import side_phrase
from formcheck.results import Analysis
from formcheck.ui import engine, journal, state
from formcheck.ui.text import VIEW_FACT, clip_title, esc, plain, protocol_title
from formcheck.ui.workspace import ClipEntry

UNSAID: Final = "Not said"
WORDS: Final[dict[str, str]] = {
    "changed": "changed",
    "maybe": "maybe changed",
    "no clear change": "no clear change",
    "can't compare": "can't compare",
}
UNITS: Final[dict[str, str]] = {"deg": "°", "steps/min": " a minute"}


def show(at: datetime) -> None:
    """Draw the sessions."""
    st.caption(plain(SOURCE))
    entries = _runs()
    if not entries:
        st.markdown(
            "No run has been analysed in this visit yet. Film one from the side or from behind, "
            "in the same place and at the same speed each time."
        )
        return
    conditions = _ask_conditions(entries)
    sessions = [
        OwnSession(
            at=datetime.fromtimestamp(entry.added_s, tz=at.tzinfo),
            name=clip_title(entry.name),
            analysis=analysis,
            condition=conditions.get(entry.id, ""),
        )
        for entry, analysis in entries
    ]
    for table in side_by_side(sessions):
        _table(table)


def _runs() -> list[tuple[ClipEntry, Analysis]]:
    return [
        (done.entry, done.analysis)
        for done in engine.finished(state.workspace())
        if done.analysis.protocol.id.endswith("_run")
    ]


def _ask_conditions(entries: list[tuple[ClipEntry, Analysis]]) -> dict[str, Condition]:
    """Let each clip be labelled; a label is kept with the journal."""
    known = dict(journal.load().conditions)
    options: tuple[Condition | None, ...] = (None, *CONDITIONS)
    with st.expander("Which clips were with a support belt?"):
        for entry, _ in entries:
            chosen = st.selectbox(
                clip_title(entry.name),
                options,
                index=options.index(known.get(entry.id)),
                format_func=lambda c: UNSAID if c is None else CONDITIONS[c],
                key=f"condition_{entry.id}",
            )
            if chosen is None:
                known.pop(entry.id, None)
            else:
                known[entry.id] = chosen
    if known != journal.load().conditions:
        journal.change(conditions=known)
    return known


def _table(table: SideBySide) -> None:
    st.header(f"{protocol_title(table.protocol)}, {VIEW_FACT[table.view]}")
    told = [CONDITIONS.get(c, "") for c in table.conditions]  # type: ignore[call-overload]
    heads = "".join(
        f"<th>{esc(name)}<br>{at:%d %b %Y}<br>{esc(condition)}</th>"
        for at, name, condition in zip(table.dates, table.names, told, strict=True)
    )
    labels = [
        f"{at:%d %b}, {condition}" if condition else f"{at:%d %b}"
        for at, condition in zip(table.dates, told, strict=True)
    ]
    seen = [row for row in table.rows if any(c.value is not None for c in row.cells)]
    rows = "".join(_row(row, labels) for row in seen)
    st.html(
        '<div class="fc-scroll"><table class="fc-table fc-own fc-stack"><tr><th>Measure</th>'
        f"{heads}<th>At 6 weeks, in the study</th></tr>{rows}</table></div>"
    )
    given = {r.title for r in seen}
    left_out = [r.title for r in table.rows if r.title not in given]
    if left_out:
        names = ", ".join(dict.fromkeys(left_out))
        st.caption(f"Not measured from this view: {plain(names)}.")
    if table.belt:
        _belt(table)
    elif len(table.names) == 1:
        st.caption("One session so far: a second one, filmed alike, can be compared with it.")


def _row(row: Row, labels: list[str]) -> str:
    side = side_phrase(row.measure_id, row.side)
    name = f"{row.title}, {side}" if side else row.title
    cells = "".join(
        f'<td data-label="{esc(label)}">{_cell(c, row.unit)}</td>'
        for label, c in zip(labels, row.cells, strict=True)
    )
    study = f'<td data-label="At 6 weeks, in the study">{esc(row.study)}</td>' if row.study else ""
    return f"<tr><td>{esc(name)}</td>{cells}{study or '<td></td>'}</tr>"


def _cell(cell: Cell, unit: str) -> str:
    if cell.value is None or cell.ci95 is None:
        return "not measured"
    half = "" if unit == "count" else f" ± {shown_half(*cell.ci95, unit)}"
    value = f"{shown(cell.value, unit)}{half}{UNITS.get(unit, f' {unit}')}"
    if cell.status == "uncertain":
        return f'<span class="fc-struck">{esc(value)}, rough</span>'
    if cell.verdict is None:
        return f"<b>{esc(value)}</b>"
    return f"<b>{esc(value)}</b><br>{esc(WORDS[cell.verdict])}"


def _belt(table: SideBySide) -> None:
    st.markdown("**With a support belt against without one** (the newest clip of each)")
    told = [r.line() for r in table.belt if r.before is not None and r.after is not None]
    st.markdown("\n".join(f"- {plain(line)}" for line in told))
    if not told:
        st.markdown(plain(CHANGE_TEXTS["not_measured"]))

"""Corrections: steps and contacts, landmarks, what the clip shows; what changed, and the log."""

from typing import Final

import streamlit as st

from formcheck.edits import Edit, LoggedEdit
from formcheck.errors import FormcheckError
from formcheck.render.wording import number, side_phrase, title_of, unit_text
from formcheck.results import Analysis
from formcheck.settings.render import RenderSettings
from formcheck.ui.chips import icon
from formcheck.ui.pt import consult, nudge, restate, steps, work
from formcheck.ui.pt.consult import Consult
from formcheck.ui.pt.work import Opened
from formcheck.ui.shell import trouble
from formcheck.ui.text import esc

KINDS: Final = {"steps": "Steps and contacts", "nudge": "Landmarks", "restate": "What it shows"}
_TROUBLE: Final = "pt_edit_trouble"


def show(_open_now: Consult) -> None:
    """Draw the part."""
    clip = consult.pick(consult.shown_clips(), "Clip", "pt_correct_clip")
    if clip is None:
        return
    opened = work.opened(clip)
    if opened is None:
        st.info("This result was made by an older formcheck. Analyse the clip again to edit it.")
        return
    told = st.session_state.pop(_TROUBLE, None)
    if told is not None:
        trouble(*told)
    _bar(opened)
    kind = st.segmented_control(
        "Correct",
        list(KINDS),
        format_func=KINDS.__getitem__,
        default="steps",
        required=True,
        key="pt_kind",
        label_visibility="collapsed",
    )
    parts = {"steps": steps.show, "nudge": nudge.show, "restate": restate.show}
    change = parts[kind or "steps"](opened)
    if change is not None:
        apply(opened, change)
    _log(opened)


def apply(opened: Opened, change: Edit) -> None:
    """Apply a correction and draw the page again; what does not fit is told in words."""
    try:
        work.edit(opened, change)
    except FormcheckError as error:
        st.session_state[_TROUBLE] = (error.what, error.hint)
    st.rerun()


def _bar(opened: Opened) -> None:
    log = opened.log
    with st.container(horizontal=True, vertical_alignment="center", key="pt_edit_bar"):
        if st.button("Undo", disabled=not log.can_undo, key="pt_undo"):
            work.step_back(opened)
            st.rerun()
        if st.button("Redo", disabled=not log.can_redo, key="pt_redo"):
            work.step_back(opened, redo=True)
            st.rerun()
        _drawing(opened)


def _drawing(opened: Opened) -> None:
    """Offer to draw the kept pictures anew, once an edit made them old."""
    job = work.redraw_job(opened)
    if job is not None and job.active:
        st.fragment(_wait, run_every=1.0)(opened)
        return
    if job is not None and job.state == "done":
        st.html('<span class="fc-note">Pictures, clips and reports show these values.</span>')
        return
    if not work.is_stale(opened.clip) or not opened.has_video:
        return
    if st.button("Draw pictures and reports again", key="pt_redraw"):
        work.start_redraw(opened)
        st.rerun()


def _wait(opened: Opened) -> None:
    job = work.redraw_job(opened)
    if job is None or not job.active:
        st.rerun(scope="app")
    st.html('<span class="fc-note">Drawing the pictures again ...</span>')


def _log(opened: Opened) -> None:
    log = opened.log
    st.subheader("Edits of this clip")
    if not log.entries:
        st.caption("None. Every edit is noted here with its time, what was before and after.")
        return
    rows = [_row(e, counts=i < log.n_active) for i, e in enumerate(log.entries)]
    st.html(
        '<div class="fc-scroll" tabindex="0" role="region" aria-label="Edits of this clip">'
        '<table class="fc-table"><thead><tr><th scope="col">Time</th><th scope="col">Edit</th>'
        '<th scope="col">Before</th><th scope="col">After</th>'
        '<th scope="col">Values changed</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
    for _, why in opened.draft.ignored:
        st.html(f'<p class="fc-note">{icon("watch")} An edit no longer fits: {esc(why)}.</p>')
    _changed(opened)


def _row(entry: LoggedEdit, *, counts: bool) -> str:
    at = entry.made_at.astimezone().strftime("%d %b, %H:%M:%S")
    state = "" if counts else ' class="fc-struck"'
    mark = "\N{PENCIL} " if counts else "undone: "
    return (
        f"<tr{state}><td>{esc(at)}</td><td>{mark}{esc(entry.what)}</td>"
        f"<td>{esc(entry.before)}</td><td>{esc(entry.after)}</td><td>{_seen(entry)}</td></tr>"
    )


def _seen(entry: LoggedEdit) -> int:
    """Return how many values an edit changed by so much that it is seen, as in the table below."""
    return sum(_text(e.before, e.unit) != _text(e.after, e.unit) for e in entry.effects)


def _changed(opened: Opened) -> None:
    """Show each value that differs from the one without edits."""
    if not opened.log.active:
        return
    first = opened.bench.measure(()).analysis
    rows = changed_rows(first, opened.analysis)
    if not rows:
        st.caption("No value changed by so much that it is seen.")
        return
    st.subheader("What the edits changed")
    st.html(
        '<div class="fc-scroll" tabindex="0" role="region" aria-label="What the edits changed">'
        '<table class="fc-table fc-named"><thead><tr><th scope="col">Measure</th>'
        '<th scope="col">Without edits</th><th scope="col">With edits</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def changed_rows(first: Analysis, now: Analysis) -> list[str]:
    """Return one table row per value that differs as it is shown."""
    rows: list[str] = []
    for m in now.measurements:
        old = first.find(m.id, m.side)
        before = _text(None if old is None else old.value, m.unit)
        after = _text(m.value, m.unit)
        if before == after:
            continue
        phrase = side_phrase(m.id, m.side)
        name = f"{title_of(m.id)}, {phrase}" if phrase else title_of(m.id)
        was = "" if old is None or old.ci95 is None else _interval(old.ci95, m.unit)
        interval = "" if m.ci95 is None else _interval(m.ci95, m.unit)
        rows.append(
            f'<tr><th scope="row">{esc(name)}</th><td>{esc(before)} {esc(was)}</td>'
            f"<td>\N{PENCIL} <b>{esc(after)}</b> {esc(interval)}</td></tr>"
        )
    return rows


def _text(value: float | None, unit: str) -> str:
    """Write a value one digit finer than usual, so that a small change is seen."""
    if value is None:
        return "not measured"
    coarse = number(value, unit, RenderSettings())
    words = f"{value:.1f}" if unit in ("deg", "cm", "%", "index 0-100") else coarse
    return f"{words}{unit_text(unit)}"


def _interval(ci95: tuple[float, float], unit: str) -> str:
    if unit == "count":
        return ""
    low, high = (number(v, unit, RenderSettings()) for v in ci95)
    return f"(95 % interval {low} to {high})"

"""The clips of one session: where each stands, all analysed in one go, each opened on its own."""

from typing import Final

import streamlit as st

from formcheck.jobs import BUG_CODE, JobView
from formcheck.ui import engine, pages, state
from formcheck.ui.chips import Mark, icon
from formcheck.ui.text import clip_title, esc, seconds_text, size_text
from formcheck.ui.working import left_s, share_done
from formcheck.ui.workspace import ClipEntry

STATES: Final[dict[str, tuple[Mark, str]]] = {
    "queued": ("none", "waiting"),
    "failed": ("outside", "could not be analysed"),
    "cancelled": ("none", "stopped"),
}


def show() -> None:
    """Draw the tray, if there is anything in it; it looks again while something runs."""
    space = state.workspace()
    entries = space.clips()
    if not entries:
        return
    st.header("Clips of this session")
    waiting = [e for e in entries if e.video and _untouched(e)]
    if len(waiting) > 1 and st.button(f"Analyse all {len(waiting)} clips", type="primary"):
        for entry in reversed(waiting):
            engine.start(space, entry, engine.options_of(entry))
        st.rerun()
    busy = any(_active(e) for e in entries)
    st.fragment(_rows, run_every=state.settings().poll_s if busy else None)(busy)


def _rows(busy: bool) -> None:
    entries = state.workspace().clips()
    if busy and not any(_active(e) for e in entries):
        st.rerun(scope="app")
    for entry in entries:
        with st.container(horizontal=True, vertical_alignment="center", key=f"tray_{entry.id}"):
            mark, words = standing(entry, _job(entry), done=_done(entry))
            name = esc(clip_title(entry.name))
            size = size_text(entry.size_bytes)
            st.html(f"{icon(mark)} <b>{name}</b> · {esc(size)} · {esc(words)}")
            if st.button("Open", key=f"tray_open_{entry.id}", help=clip_title(entry.name)):
                state.open_clip(entry.id)
                if _done(entry):
                    pages.go("results")
                st.rerun(scope="app")


def standing(entry: ClipEntry, job: JobView | None, *, done: bool) -> tuple[Mark, str]:
    """Return mark and words for where a clip stands."""
    if job is not None and job.state == "running":
        left = left_s(job, state.settings())
        words = f"working, {100 * share_done(job, state.settings()):.0f} %"
        return "info", words if left is None else f"{words}, {seconds_text(left)} left"
    if job is not None and job.state in STATES:
        mark, words = STATES[job.state]
        told = job.state == "failed" and job.error_code != BUG_CODE
        return mark, f"{words}: {job.error_what}" if told else words
    if done:
        return "ok", "result ready"
    return "none", "not analysed yet" if entry.video else "video deleted"


def _job(entry: ClipEntry) -> JobView | None:
    return state.shared().jobs.view(entry.job) if entry.job else None


def _active(entry: ClipEntry) -> bool:
    job = _job(entry)
    return job is not None and job.active


def _done(entry: ClipEntry) -> bool:
    return state.workspace().latest_result(entry.id) is not None


def _untouched(entry: ClipEntry) -> bool:
    return not _active(entry) and not _done(entry)

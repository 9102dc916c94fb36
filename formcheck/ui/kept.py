"""My checks: what is kept on this computer, where, and how to get rid of it."""

from datetime import datetime
from itertools import chain

import streamlit as st

from formcheck.assess import headline
from formcheck.errors import FormcheckError
from formcheck.ui import engine, pages, records, state
from formcheck.ui.text import VIEW_FACT, clip_title, plain, size_text
from formcheck.ui.workspace import ClipEntry, Workspace, data_dir

_THUMB_PX = 72


def page() -> None:
    """Draw the page."""
    st.title("My checks")
    root = data_dir()
    spaces, n_others = records.own_workspaces()
    entries = sorted(
        chain.from_iterable(((s, e) for e in s.clips()) for s in spaces),
        key=lambda pair: pair[1].added_s,
        reverse=True,
    )
    total = sum(s.size_bytes() for s in spaces)
    if n_others:
        st.caption(f"{n_others} of consults with other people: kept apart, see the consults.")
    if not entries:
        st.markdown("Nothing is kept. Clips and results appear here once you have checked one.")
        if st.button("Check a clip", type="primary"):
            pages.go("check")
        return
    st.markdown(
        f"{len(entries)} kept on this computer, {size_text(total)} in all. They stay until you "
        f"delete them.  \nFolder: `{root / 'sessions'}`"
    )
    n_done = sum(s.latest_result(e.id) is not None for s, e in entries)
    if n_done > 1 and st.button("Compare two checks", key="kept_compare"):
        pages.go("compare")
    _delete_failed(entries)
    for space, entry in entries:
        _row(space, entry)


def has_failed(space: Workspace, entry: ClipEntry) -> bool:
    """Tell whether a clip's analysis was tried and gave nothing."""
    tried = bool(entry.job) and not state.is_working(entry)
    return tried and space.latest_result(entry.id) is None


def _delete_failed(entries: list[tuple[Workspace, ClipEntry]]) -> None:
    """Offer to delete at once every clip that gave no result."""
    failed = [(s, e) for s, e in entries if has_failed(s, e)]
    if not failed:
        return
    with st.popover(f"Delete all that failed ({len(failed)})", key="ask_failed"):
        names = ", ".join(plain(clip_title(e.name)) for _, e in failed)
        st.markdown(f"These clips could not be analysed and will be gone: {names}.")
        if st.button("Delete them for good", type="primary", key="delete_failed"):
            for space, entry in failed:
                state.delete_in(space, entry.id)
            st.rerun()


def _said(space: Workspace, entry: ClipEntry) -> str:
    """Return view and headline of a clip's result, empty where it has none that can be read."""
    folder = space.latest_result(entry.id)
    if folder is None:
        return ""
    try:
        analysis = engine.read(folder)
    except (FormcheckError, OSError):
        return ""
    return f"{VIEW_FACT[analysis.clip.view]}: {plain(headline(analysis))}"


def _row(space: Workspace, entry: ClipEntry) -> None:
    done = space.latest_result(entry.id) is not None
    when = datetime.fromtimestamp(entry.added_s).astimezone().strftime("%d %b %Y, %H:%M")
    what = "result ready" if done else "not analysed yet"
    if has_failed(space, entry):
        what = "could not be analysed"
    if not entry.video:
        what += ", video deleted"
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"kept_{entry.id}"
    ):
        if (first := space.first_look(entry.id)) is not None:
            st.image(str(first), alt=f"A picture of {clip_title(entry.name)}", width=_THUMB_PX)
        st.markdown(
            f"**{plain(clip_title(entry.name))}**  \n{when} · {what}  \n{_said(space, entry)}"
        )
        with st.container(horizontal=True, width="content", wrap=False):
            if st.button("Open", key=f"open_{entry.id}", help=f"Open {clip_title(entry.name)}"):
                state.switch_workspace(space.token)
                state.open_clip(entry.id)
                pages.go("results" if done else "check")
            with st.popover("Delete", key=f"ask_{entry.id}"):
                st.markdown("The video, the pictures and the numbers of this check will be gone.")
                if st.button("Delete for good", type="primary", key=f"delete_{entry.id}"):
                    state.delete_in(space, entry.id)
                    st.rerun()

"""My checks: what is kept on this computer, where, and how to get rid of it."""

from datetime import datetime
from itertools import chain

import streamlit as st

from formcheck.ui import pages, records, state
from formcheck.ui.text import clip_title, plain, size_text
from formcheck.ui.workspace import ClipEntry, Workspace, data_dir


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
    for space, entry in entries:
        _row(space, entry)


def _row(space: Workspace, entry: ClipEntry) -> None:
    done = space.latest_result(entry.id) is not None
    when = datetime.fromtimestamp(entry.added_s).astimezone().strftime("%d %b %Y, %H:%M")
    what = "result ready" if done else "no result yet"
    if not entry.video:
        what += ", video deleted"
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"kept_{entry.id}"
    ):
        st.markdown(f"**{plain(clip_title(entry.name))}**  \n{when} · {what}")
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

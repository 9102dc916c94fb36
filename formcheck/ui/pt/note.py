"""The physiotherapist's words, the one-page report with them, and a summary to copy."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, get_args

import streamlit as st

from formcheck import assess
from formcheck.results import Finding
from formcheck.store import history
from formcheck.store.history import NoteKind
from formcheck.ui import state
from formcheck.ui.pt import consult, onepage
from formcheck.ui.pt.consult import Consult, Shown
from formcheck.ui.records import database
from formcheck.ui.shell import trouble

FIELDS: Final[dict[NoteKind, tuple[str, str]]] = {
    "cue": ("Cue", "for example stand tall, push the floor away"),
    "drill": ("Drill", "for example hip hikes on a step"),
    "dose": ("Dose", "for example 3 x 10 each side, every second day"),
    "recheck": ("Recheck", "for example 2026-12-20, same set-up"),
}
MAX_FINDINGS: Final = 2
PAPERS: Final = {"a4": "A4", "letter": "Letter"}


def show(open_now: Consult) -> None:
    """Draw the part."""
    clips = consult.shown_clips()
    _fields(open_now, clips)
    if not clips:
        st.markdown("The report needs at least one analysed clip.")
        return
    # read anew: the fields above may just have been saved
    fresh = consult.current() or open_now
    st.subheader("Summary to copy")
    st.code("\n".join(onepage.summary(fresh, clips)), language=None, wrap_lines=True)
    st.subheader("Report")
    _report(fresh, clips)


def _fields(open_now: Consult, clips: tuple[Shown, ...]) -> None:
    notes = open_now.session.notes
    found = findings_of(clips)
    chosen = [c for c in notes.get("findings", "").split(",") if c in found]
    with st.form("pt_note", border=True):
        findings = st.multiselect(
            f"Findings to show (at most {MAX_FINDINGS})",
            list(found),
            default=chosen,
            format_func=lambda c: found[c].clinical or found[c].message,
            max_selections=MAX_FINDINGS,
            key="pt_findings",
            placeholder="formcheck's own choice",
        )
        columns = st.columns(2)
        words: dict[NoteKind, str] = {"findings": ",".join(findings)}
        for i, (kind, (label, example)) in enumerate(FIELDS.items()):
            with columns[i % 2]:
                words[kind] = st.text_input(
                    label, value=notes.get(kind, ""), placeholder=example, max_chars=160,
                    key=f"pt_field_{kind}",
                )  # fmt: skip
        words["note"] = st.text_area(
            "Note", value=notes.get("note", ""), max_chars=1200, key="pt_field_note",
            placeholder="No names: the note is kept with the code and printed on the report.",
        )  # fmt: skip
        if st.form_submit_button("Save", type="primary", key="pt_note_save"):
            for kind in get_args(NoteKind):
                if kind in words:
                    history.write_note(database(), open_now.session.id, kind, words[kind])
            st.toast("Saved.")
            st.rerun()


def findings_of(clips: tuple[Shown, ...]) -> dict[str, Finding]:
    """Return what was found about the movement, by code."""
    return {
        f.code: f
        for clip in clips
        for f in clip.analysis.findings
        if f.severity != "stop" and assess.is_about_movement(f)
    }


def _report(open_now: Consult, clips: tuple[Shown, ...]) -> None:
    if not open_now.consent.share:
        st.caption("The patient has not agreed to sharing: keep the report in your own record.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        paper = st.selectbox(
            "Paper", list(PAPERS), format_func=PAPERS.__getitem__, key="pt_paper", width=130
        )
        signed = st.text_input("Signed", key="pt_signed", max_chars=40, width=220)
        make = st.button("Make the report", type="primary", key="pt_report")
    if make:
        with st.spinner("Writing the page ..."):
            made = onepage.write(
                open_now, clips, paper="letter" if paper == "letter" else "a4", signed_by=signed
            )
        if not made:
            trouble("The report could not be made", "Analyse a clip first.")
    _downloads(open_now)


def _downloads(open_now: Consult) -> None:
    folder = onepage.folder_of(state.workspace())
    made = [p for p in (folder / "report.pdf", folder / "report.html") if p.is_file()]
    if not made:
        return
    at = datetime.fromtimestamp(made[0].stat().st_mtime).astimezone().strftime("%d %b, %H:%M")
    st.caption(f"Made {at}. It holds the values, edits and words as they were then.")
    stem = f"{open_now.who}_{open_now.session.started_at.date()}"
    with st.container(horizontal=True, key="pt_downloads"):
        for path in made:
            kind = "PDF" if path.suffix == ".pdf" else "web page"
            st.download_button(
                f"Report ({kind})",
                data=_reader(path),
                file_name=f"{stem}{path.suffix}",
                on_click="ignore",
                key=f"pt_get_{path.suffix[1:]}",
            )
        st.download_button(
            "Everything of this person (ZIP)",
            data=lambda: history.export_person(database(), open_now.person.id),
            file_name=f"{open_now.who}.zip",
            mime="application/zip",
            on_click="ignore",
            key="pt_get_zip",
        )


def _reader(path: Path) -> Callable[[], bytes]:
    return path.read_bytes

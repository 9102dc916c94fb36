"""Who and with what consent: a code, never a name; earlier sessions at a glance."""

from typing import Final

import streamlit as st

from formcheck.errors import FormcheckError
from formcheck.store import history
from formcheck.store.history import ConsentRecord, PersonRecord
from formcheck.ui.chips import chip
from formcheck.ui.pt import consult
from formcheck.ui.records import database, exists
from formcheck.ui.shell import trouble
from formcheck.ui.text import esc, plain
from formcheck.ui.workspace import data_dir

KEEP_CHOICES: Final[dict[int | None, str]] = {
    1: "1 day",
    7: "7 days",
    30: "30 days",
    90: "90 days",
    365: "1 year",
    None: "until I delete them",
}
FORWARD_KEEP: Final = 30


def page() -> None:
    """Draw the pane that opens a session."""
    st.title("PT consult")
    st.html(
        '<p class="fc-lead">Several clips, one session: evidence left against right, your own '
        "corrections, one page for the record.</p>"
    )
    _new()
    _earlier()


def _new() -> None:
    st.subheader("New session")
    with st.form("pt_new", border=True):
        left, right = st.columns(2)
        with left:
            code = st.text_input(
                "Patient code (no names)",
                max_chars=40,
                placeholder="for example K-0427",
                help="A code of your own; keep the list of names elsewhere. Type me for yourself.",
                key="pt_code",
            )
        with right:
            purpose = st.text_input(
                "Purpose", max_chars=200, placeholder="for example right knee, running"
            )
        st.markdown("**The patient agrees to**")
        film = st.checkbox("measuring the video on this computer", key="pt_film")
        keep = st.checkbox(
            "keeping clips and numbers on this computer",
            key="pt_keep",
            help="Without this, the whole session is deleted after one day.",
        )
        share = st.checkbox("sharing the report with the patient or referrer", key="pt_share")
        days = st.selectbox(
            "Delete clips and pictures after",
            list(KEEP_CHOICES),
            index=list(KEEP_CHOICES).index(FORWARD_KEEP),
            format_func=KEEP_CHOICES.__getitem__,
            help="The numbers stay in the history until you delete them.",
        )
        if st.form_submit_button("Open session", type="primary", key="pt_open"):
            _open(code, purpose, ConsentRecord(film=film, keep=keep, share=share), days)
    st.caption(f"Everything is kept in `{data_dir()}` on this computer, and nowhere else.")


def clips_word(n: int) -> str:
    """Return ``1 clip``, ``2 clips``."""
    return f"{n} clip" if n == 1 else f"{n} clips"


def _open(code: str, purpose: str, agreed: ConsentRecord, days: int | None) -> None:
    if not agreed.film:
        trouble(
            "Consent to measuring the video is needed", "Ask the patient, then tick the first box."
        )
        return
    try:
        consult.begin(code, purpose, agreed, days)
    except FormcheckError as error:
        trouble(error.what, error.hint)
        return
    st.rerun()


def _earlier() -> None:
    if not exists():
        return
    known = history.people(database())
    if not known:
        return
    st.subheader("Earlier sessions")
    if st.button("History, export and deletion", key="pt_all_history"):
        consult.show_history(on=True)
        st.rerun()
    for person in known:
        _person(person)


def _person(person: PersonRecord) -> None:
    sessions = history.sessions_of(database(), person.id)
    agreed = history.consent_of(database(), person.id)
    with st.container(border=True, key=f"pt_person_{person.id}"):
        mark = chip("ok", "may be kept") if agreed.keep else chip("none", "not to be kept")
        st.html(f"<b>{esc(person.code)}</b> {mark}")
        for session in reversed(sessions[-5:]):
            when = session.started_at.astimezone().strftime("%d %b %Y")
            clips = clips_word(len(session.clips))
            words = f"{when} · {plain(session.purpose) or 'no purpose noted'} · {clips}"
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(words)
                if session.folder and st.button("Open", key=f"pt_reopen_{session.id}"):
                    consult.reopen(session)
                    st.rerun()

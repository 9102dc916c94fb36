"""How it felt: asked after every test, again the next morning, and kept as a log."""

from datetime import datetime
from typing import Final

import streamlit as st

from formcheck.readiness.journal import note
from formcheck.readiness.log import SYMPTOMS, Moment, Reaction, SymptomEntry, due, react
from formcheck.ui import journal
from formcheck.ui.chips import Mark, chip
from formcheck.ui.text import esc, plain

_LAST: Final = "formcheck_last_reaction"
ASKED: Final[dict[Moment, str]] = {
    "after": "What did you notice during it or right after?",
    "next_morning": "What did you notice this morning?",
    "any_time": "Did you notice any of these?",
}
MOMENT_WORDS: Final[dict[Moment, str]] = {
    "after": "right after",
    "next_morning": "next morning",
    "any_time": "at another time",
}


def ask(activity: str, at: datetime, *, key: str, moment: Moment = "after") -> None:
    """Ask what was felt with an activity; the answer goes into the log at once."""
    st.markdown(f"**{ASKED[moment]}**")
    found = [s for s, label in SYMPTOMS.items() if st.checkbox(plain(label), key=f"{key}_{s}")]
    with st.container(horizontal=True):
        if st.button("Note this", key=f"{key}_note", disabled=not found):
            _note(activity, at, moment, tuple(found), key)
        if st.button("None of these", key=f"{key}_none", disabled=bool(found)):
            _note(activity, at, moment, (), key)
    told = st.session_state.get(_LAST)
    if told is not None and told[0] == key:
        answer(told[1])


def _note(activity: str, at: datetime, moment: Moment, found: tuple[str, ...], key: str) -> None:
    entry = SymptomEntry.model_validate(
        {"at": at, "moment": moment, "activity": activity, "symptoms": found}
    )
    note(journal.current(), entry)
    st.session_state[_LAST] = (key, react(entry))
    for s in SYMPTOMS:
        st.session_state.pop(f"{key}_{s}", None)
    st.rerun()


def answer(reaction: Reaction) -> None:
    """Show what an entry leads to."""
    mark: Mark = "outside" if reaction.urgent else "watch" if reaction.stop else "info"
    word = "Stop" if reaction.stop else "Noted"
    st.html(f'<div class="fc-card">{chip(mark, word)}<p>{esc(reaction.words)}</p></div>')


def morning(at: datetime) -> None:
    """Ask the morning questions that are due, before anything else."""
    from formcheck.ui.testing import title_of  # noqa: PLC0415 (each asks the other)

    for item in due(journal.load().symptoms, at)[:1]:
        with st.container(border=True):
            st.markdown(f"**Good morning.** {item.day:%d %b}: {plain(title_of(item.activity))}.")
            ask(item.activity, at, key=f"morning_{item.activity}_{item.day}", moment="next_morning")


def after_clip(test_id: str) -> None:
    """Ask how a filmed test or run felt, where the page after birth is in use."""
    if journal.outcome() is None:
        return
    with st.container(border=True):
        ask(test_id, datetime.now().astimezone(), key=f"clip_{test_id}")


def show(at: datetime) -> None:
    """Draw the log, and ask for what was felt at any other time."""
    stop = journal.standing_stop()
    if stop is not None:
        answer(stop)
        st.markdown("Have you talked it over with a professional since?")
        if st.button("Yes, I have talked about it", key="log_talked"):
            journal.change(talked_at=at)
            st.rerun()
    ask("", at, key="any", moment="any_time")
    entries = journal.load().symptoms
    st.header("What you noted")
    if not entries:
        st.markdown("Nothing yet. After each test, and on the next morning, you are asked here.")
        return
    rows = "".join(
        f"<tr><td>{e.at:%d %b %Y, %H:%M}</td>"
        f'<td style="white-space:normal">{esc(_what(e))}</td>'
        f"<td>{MOMENT_WORDS[e.moment]}</td>"
        f'<td style="white-space:normal" data-label="Noticed">{esc(_noticed(e))}</td></tr>'
        for e in reversed(entries)
    )
    st.html(
        '<div class="fc-scroll"><table class="fc-table fc-stack"><tr><th>When</th><th>What</th>'
        f"<th>Moment</th><th>Noticed</th></tr>{rows}</table></div>"
    )


def _what(entry: SymptomEntry) -> str:
    from formcheck.ui.testing import title_of  # noqa: PLC0415 (each asks the other)

    return title_of(entry.activity) if entry.activity else "any time"


def _noticed(entry: SymptomEntry) -> str:
    return ", ".join(SYMPTOMS[s] for s in entry.symptoms) or "none noted"

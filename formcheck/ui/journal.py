"""Where the page after birth keeps its answers: in memory, or on this computer if asked to.

One journal per session, like the clips; nothing is written to disk before somebody switches it on.
"""

from pathlib import Path

import streamlit as st

from formcheck.readiness import Outcome, evaluate
from formcheck.readiness.journal import Journal, JournalData, JsonJournal, MemoryJournal
from formcheck.readiness.log import Reaction, open_stop
from formcheck.ui import state
from formcheck.ui.records import owner_of
from formcheck.ui.workspace import data_dir


@st.cache_resource(show_spinner=False)
def _memory() -> dict[str, MemoryJournal]:
    return {}


def folder() -> Path:
    """Return where kept journals lie."""
    return data_dir() / "journal"


def _file() -> JsonJournal:
    return JsonJournal(folder() / f"{state.workspace().token}.json")


def is_kept() -> bool:
    """Tell whether this session's journal is on this computer's disk."""
    return _file().path.exists()


def current() -> Journal:
    """Return this session's journal."""
    if is_kept():
        return _file()
    return _memory().setdefault(state.workspace().token, MemoryJournal())


def load() -> JournalData:
    """Return what this session's journal holds."""
    return current().load()


def keep(on: bool) -> None:
    """Move the journal to disk, or back into memory with nothing left on disk."""
    data = load()
    memory = _memory().setdefault(state.workspace().token, MemoryJournal())
    if on:
        _file().save(data)
        memory.delete()
    else:
        memory.save(data)
        _file().delete()


def forget() -> None:
    """Delete everything of this session's journal."""
    _file().delete()
    _memory().pop(state.workspace().token, None)


def change(**parts: object) -> JournalData:
    """Replace parts of the journal and return it."""
    data = load().model_copy(update=parts)
    current().save(data)
    return data


def outcome() -> Outcome | None:
    """Return what the newest answers lead to; None before any answer."""
    screens = load().screens
    return evaluate(screens[-1].answers) if screens else None


def standing_stop() -> Reaction | None:
    """Return the noted symptom that nobody has talked over since, if there is one."""
    data = load()
    return open_stop(data.symptoms, data.talked_at)


def others() -> tuple[str, ...]:
    """Return the tokens of one's own other journals on this computer, newest first.

    What was answered in a consult is the patient's: nobody else is offered it.
    """
    if not folder().is_dir():
        return ()
    here = state.own_workspace()
    files = sorted(folder().glob("*.json"), key=lambda p: p.stat().st_mtime, reverse=True)
    tokens = (p.stem for p in files if p.stem != here.token)
    return tuple(t for t in tokens if owner_of(str(here.folder.parent / t)) is None)

"""The history as the app opens it, and its timer."""

import logging
import os
from pathlib import Path

import streamlit as st

from formcheck.errors import FormcheckError
from formcheck.store import history
from formcheck.store.history import Database, Due
from formcheck.store.history.database import FILE_NAME, URL_VARIABLE
from formcheck.ui.workspace import Workspace, all_workspaces, data_dir

logger = logging.getLogger(__name__)


@st.cache_resource(show_spinner=False)
def database() -> Database:
    """Return the history, opened (and brought up to date) once per server."""
    return history.open_database(data_dir())


def exists() -> bool:
    """Tell whether there is a history yet; nothing is made by asking."""
    return bool(os.environ.get(URL_VARIABLE)) or (data_dir() / FILE_NAME).is_file()


def run_timer() -> tuple[Due, ...]:
    """Delete the clips whose time has come; called when the app starts.

    A history that can't be opened must not keep the app from starting.
    """
    if not exists():
        return ()
    try:
        gone = history.apply_retention(database(), data_dir())
    except FormcheckError as error:
        logger.warning("the retention timer did not run: %s", error.what)
        return ()
    for item in gone:
        logger.info("clips of a session of %s were deleted", item.started_at.date())
    return gone


def size_bytes(folder: Path) -> int:
    """Return how much disk a folder takes."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())


def owner_of(folder: str) -> str | None:
    """Return the key of the patient whose session lies in a folder, None for the runner at home."""
    found = history.session_in(database(), folder) if exists() else None
    if found is None:
        return None
    person = history.find_person(database(), found.person_id)
    return None if person is None or person.code == history.ME else person.id


def own_workspaces() -> tuple[list[Workspace], int]:
    """Return the runner's own sessions on this computer, and how many clips other people have.

    A consult's clips are its patient's: neutral names do not tell them from one's own, so they are
    not shown together.
    """
    own, n_others = [], 0
    for space in all_workspaces(data_dir()):
        if owner_of(str(space.folder)) is None:
            own.append(space)
        else:
            n_others += len(space.clips())
    return own, n_others

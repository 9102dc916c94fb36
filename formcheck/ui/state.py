"""What a page may remember, and where: the session's folder, the running jobs, the choices.

Kept on disk: clips and results (:mod:`formcheck.ui.workspace`). Kept in this process only: jobs and
the answers about symptoms. Kept per browser tab: which clip is open.
"""

import importlib
import logging
import threading
from dataclasses import dataclass, field
from typing import Final, Literal

import streamlit as st

from formcheck.jobs import JobManager
from formcheck.settings.app import AppSettings
from formcheck.ui import records
from formcheck.ui.workspace import (
    ClipEntry,
    Workspace,
    data_dir,
    is_token,
    new_workspace,
    open_workspace,
    sweep_stale,
)

Audience = Literal["runner", "physio"]
Whose = Literal["own", "consult"]
TOKEN_PARAMETER: Final = "s"
CONSULT_PARAMETER: Final = "c"
_TOKEN: Final = "formcheck_token"
_CONSULT: Final = "formcheck_consult"
_WHOSE: Final = "formcheck_whose"
_CLIP: Final = "formcheck_clip"
_REFUSED: Final = "formcheck_refused"
_CHOOSING: Final = "formcheck_choosing"
_FILMED: Final = "formcheck_filmed"
SECONDS_PER_HOUR: Final = 3600
STOP_WAIT_S: Final = 10.0

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class SymptomNotes:
    """What one session answered; held in memory, never written to disk."""

    weeks: float | None = None
    ticked: tuple[str, ...] = ()


@dataclass(slots=True)
class Shared:
    """What lives as long as the server."""

    jobs: JobManager
    symptoms: dict[str, SymptomNotes] = field(default_factory=dict)
    audience: dict[str, Audience] = field(default_factory=dict)


def settings() -> AppSettings:
    """Return the app's settings."""
    return AppSettings()


def upload_limit_mb() -> int:
    """Return how large a clip may be: ours, or the server's limit if that is lower."""
    return min(settings().max_upload_mb, int(st.get_option("server.maxUploadSize")))


@st.cache_resource(show_spinner=False)
def shared() -> Shared:
    """Return what all sessions of this server share, made at the first call."""
    chosen = settings()
    sweep_stale(data_dir(), chosen.stale_after_h * SECONDS_PER_HOUR)
    records.run_timer()
    threading.Thread(target=_warm_up, name="formcheck-warm-up", daemon=True).start()
    return Shared(jobs=JobManager(chosen.workers))


def _warm_up() -> None:
    """Load the heavy libraries while the first page is being read."""
    try:
        importlib.import_module("formcheck.pipeline")
    except Exception:
        logger.exception("the pipeline could not be loaded; `formcheck doctor` says why")


def page_is(whose: Whose) -> None:
    """Say whose clips the page that is about to be drawn shows."""
    st.session_state[_WHOSE] = whose


def whose() -> Whose:
    """Return whose clips this page shows: the runner's own, unless it says it is the consult's."""
    return "consult" if st.session_state.get(_WHOSE) == "consult" else "own"


def workspace() -> Workspace:
    """Return the folder this page is about: the open consult's on its page, else one's own."""
    patients = consult_workspace() if whose() == "consult" else None
    return own_workspace() if patients is None else patients


def own_workspace() -> Workspace:
    """Return this tab's own folder; its name comes from the address or is made up now.

    A patient's folder is never taken for one's own, whatever an old address says.
    """
    token = st.session_state.get(_TOKEN)
    space = open_workspace(data_dir(), token or st.query_params.get(TOKEN_PARAMETER))
    if token is None and records.owner_of(str(space.folder)) is not None:
        space = new_workspace(data_dir())
    st.session_state[_TOKEN] = space.token
    return space


def consult_workspace() -> Workspace | None:
    """Return the folder of the consult that is open in this tab, None while none is."""
    if _CONSULT not in st.session_state:
        st.session_state[_CONSULT] = st.query_params.get(CONSULT_PARAMETER, "")
    token = st.session_state[_CONSULT]
    return Workspace(data_dir(), token) if is_token(token) else None


def open_consult(token: str) -> None:
    """Make a consult's folder the one that the consult's page is about."""
    st.session_state[_CONSULT] = token


def close_consult() -> None:
    """Let no consult be open in this tab; nothing is deleted."""
    st.session_state[_CONSULT] = ""


def keep_token_in_address() -> None:
    """Put the folders' names into the address, so that a reload comes back to them."""
    consult = consult_workspace()
    wanted = {TOKEN_PARAMETER: own_workspace().token}
    wanted |= {} if consult is None else {CONSULT_PARAMETER: consult.token}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def switch_workspace(token: str) -> None:
    """Make another of one's own sessions on this computer this tab's."""
    st.session_state[_TOKEN] = token
    st.session_state.pop(_CLIP, None)
    st.session_state.pop(_CHOOSING, None)


def current_clip() -> ClipEntry | None:
    """Return the clip that is open: the one chosen, or after a reload what is worked on or new."""
    if st.session_state.get(_CHOOSING):
        return None
    space = workspace()
    chosen = st.session_state.get(_CLIP)
    entry = space.clip(chosen) if chosen else None
    if entry is not None:
        return entry
    clips = space.clips()
    return next((e for e in clips if is_working(e)), next(iter(clips), None))


def is_working(entry: ClipEntry) -> bool:
    """Tell whether a clip waits for its analysis or is being analysed."""
    job = shared().jobs.view(entry.job) if entry.job else None
    return job is not None and job.active


def open_clip(clip_id: str) -> None:
    """Make a clip the open one."""
    st.session_state[_CLIP] = clip_id
    st.session_state.pop(_CHOOSING, None)


def choose_another() -> None:
    """Go back to choosing a clip; nothing is deleted."""
    st.session_state.pop(_CLIP, None)
    st.session_state[_CHOOSING] = True


def note_filmed(protocol_id: str, leg: str) -> None:
    """Remember which test, on which leg, the next clips show."""
    st.session_state[_FILMED] = (protocol_id, leg)


def filmed() -> tuple[str, str] | None:
    """Return the test and the leg that the next clips show, if the user came from a test."""
    found: tuple[str, str] | None = st.session_state.get(_FILMED)
    return found


def forget_filmed() -> None:
    """Let the program find out again what the next clips show."""
    st.session_state.pop(_FILMED, None)


def refuse(entry: ClipEntry, what: str, hint: str) -> None:
    """Drop a clip that can't be used, and keep the reason for the page that asks for another."""
    delete_in(workspace(), entry.id)
    choose_another()
    st.session_state[_REFUSED] = (what, hint)


def why_refused() -> tuple[str, str] | None:
    """Return, once, why the last clip was refused."""
    refused: tuple[str, str] | None = st.session_state.pop(_REFUSED, None)
    return refused


def symptoms() -> SymptomNotes:
    """Return this session's answers about symptoms."""
    return shared().symptoms.setdefault(workspace().token, SymptomNotes())


def audience() -> Audience:
    """Return for whom the words are."""
    return shared().audience.get(workspace().token, "runner")


def set_audience(value: Audience) -> None:
    """Choose for whom the words are."""
    shared().audience[workspace().token] = value


def delete_in(space: Workspace, clip_id: str) -> None:
    """Stop a clip's analysis and remove everything of it from a session."""
    entry = space.clip(clip_id)
    if entry is not None and entry.job:
        jobs = shared().jobs
        jobs.cancel(entry.job)
        jobs.wait(entry.job, timeout_s=STOP_WAIT_S)
        jobs.forget(entry.job)
    space.delete(clip_id)
    if st.session_state.get(_CLIP) == clip_id:
        st.session_state.pop(_CLIP, None)

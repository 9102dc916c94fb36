"""Which consult is open: a person by code, one session, one folder of clips; and its records."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from formcheck.results import Analysis
from formcheck.store import history
from formcheck.store.history import (
    ClipFacts,
    ConsentRecord,
    PersonRecord,
    SessionRecord,
)
from formcheck.ui import engine, state
from formcheck.ui.records import database, exists
from formcheck.ui.workspace import ClipEntry, Workspace, data_dir, new_workspace

LABELS: Final[dict[str, str]] = {"": "no label", "before": "before the cue", "cue": "with the cue"}
VIEW_TITLE: Final[dict[str, str]] = {
    "side": "From the side",
    "rear": "From behind",
    "front": "From the front",
}
_SEEN: Final = "formcheck_recorded"
_CHECKING: Final = "formcheck_pt_checking"
_HISTORY: Final = "formcheck_pt_history"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consult:
    """The open consult."""

    person: PersonRecord
    consent: ConsentRecord
    session: SessionRecord

    @property
    def who(self) -> str:
        """The person's code, or words for the runner at home."""
        return "Me" if self.person.code == history.ME else self.person.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A clip with a result."""

    entry: ClipEntry
    folder: Path
    analysis: Analysis
    title: str


def current() -> Consult | None:
    """Return the consult that is open in this tab, whichever page is shown."""
    space = state.consult_workspace()
    if space is None or not exists():
        return None
    found = history.session_in(database(), str(space.folder))
    if found is None:
        return None
    person = history.find_person(database(), found.person_id)
    if person is None:
        return None
    consent = history.consent_of(database(), person.id)
    return Consult(person=person, consent=consent, session=found)


def begin(code: str, purpose: str, consent: ConsentRecord, keep_days: int | None) -> None:
    """Open a new session of a person, in a folder of its own.

    Raises
    ------
    FormcheckError
        SETTING_INVALID if the code could be a name.
    """
    db = database()
    person = history.add_person(db, code)
    history.give_consent(db, person.id, film=consent.film, keep=consent.keep, share=consent.share)
    history.set_keep_days(db, person.id, keep_days if consent.keep else 1)
    space = new_workspace(data_dir())
    history.open_session(db, person.id, purpose, folder=str(space.folder))
    _enter(space.token)


def reopen(session: SessionRecord) -> None:
    """Come back to an earlier session."""
    _enter(Path(session.folder).name)


def leave() -> None:
    """Close the consult; nothing is deleted."""
    _forget_place()
    state.close_consult()


def _enter(token: str) -> None:
    _forget_place()
    state.open_consult(token)


def check_clip(clip_id: str | None) -> None:
    """Open one clip of the consult to be checked and set right; None goes back to the tray."""
    st.session_state[_CHECKING] = clip_id


def clip_checked() -> ClipEntry | None:
    """Return the clip that is open to be checked, if one is."""
    clip_id = st.session_state.get(_CHECKING)
    return state.workspace().clip(clip_id) if clip_id else None


def show_history(*, on: bool) -> None:
    """Show the patients' history in the place of the consult, or the consult again."""
    st.session_state[_HISTORY] = on


def history_is_shown() -> bool:
    """Tell whether the patients' history is shown."""
    return bool(st.session_state.get(_HISTORY))


def _forget_place() -> None:
    """Drop what this tab remembers of one consult, so that none of it reaches the next."""
    for key in (_CHECKING, _HISTORY, "pt_clip", "pt_part"):
        st.session_state.pop(key, None)


def neutral_name(space: Workspace, name: str) -> str:
    """Return a name for a dropped clip that tells nothing: its own may hold a person's name."""
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else "mp4"
    taken = {e.name.rsplit(".", 1)[0] for e in space.clips()}
    number = 1
    while f"clip {number}" in taken:
        number += 1
    return f"clip {number}.{suffix}"


def clip_name(entry: ClipEntry, analysis: Analysis) -> str:
    """Return what to call a clip: its number, the view, the side nearer the camera or squatted."""
    stem = entry.name.rsplit(".", 1)[0].replace("_", " ")
    words = [VIEW_TITLE[analysis.clip.view].lower()]
    sides = sorted({r.side for r in analysis.reps if r.side != "both"})
    if analysis.clip.near_side:
        words.append(f"{analysis.clip.near_side} leg nearer")
    elif analysis.reps and len(sides) == 1:
        words.append(f"{sides[0]} leg")
    return f"{stem[:1].upper()}{stem[1:]}, {', '.join(words)}"


def shown_clips() -> tuple[Shown, ...]:
    """Return the clips of this session that have a result, oldest first."""
    return tuple(
        Shown(
            entry=done.entry,
            folder=done.folder,
            analysis=done.analysis,
            title=clip_name(done.entry, done.analysis),
        )
        for done in reversed(engine.finished(state.workspace()))
    )


def record(consult: Consult) -> None:
    """Put the values of every finished clip into the history, where consent allows it."""
    if not consult.consent.keep:
        return
    seen = st.session_state.setdefault(_SEEN, {})
    for clip in shown_clips():
        stamp = (clip.folder / "analysis.json").stat().st_mtime_ns
        if seen.get((consult.session.id, clip.entry.id)) == stamp:
            continue
        facts = ClipFacts(
            key=clip.entry.id,
            title=clip.title,
            folder=str(state.workspace().folder / clip.entry.id),
            result=str(clip.folder),
        )
        history.record_clip(database(), consult.session.id, clip.analysis, facts)
        seen[(consult.session.id, clip.entry.id)] = stamp


def label_of(consult: Consult, clip_id: str) -> str:
    """Return a clip's role in the session, empty for none."""
    rows = (c.facts for c in consult.session.clips if c.facts.key == clip_id)
    return next((f.label for f in rows), "")


def pick(clips: tuple[Shown, ...], label: str, key: str) -> Shown | None:
    """Let one of the clips be chosen; the same one on every part of the page."""
    if not clips:
        st.markdown("No clip of this session has a result yet. Drop and analyse clips first.")
        return None
    ids = [c.entry.id for c in clips]
    titles = {c.entry.id: c.title for c in clips}
    last = st.session_state.get("pt_clip")
    start = ids.index(last) if last in ids else 0
    chosen = st.selectbox(label, ids, index=start, format_func=titles.__getitem__, key=key)
    st.session_state["pt_clip"] = chosen
    return next((c for c in clips if c.entry.id == chosen), None)

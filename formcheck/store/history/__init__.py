"""The history: people by code, consent, sessions, clips, measurements, edits, notes, symptoms."""

from formcheck.store.history.codes import ME, check_code
from formcheck.store.history.database import Database, open_database
from formcheck.store.history.erase import Erased, erase_clip_files, erase_person, erase_session
from formcheck.store.history.export import export_person
from formcheck.store.history.people import (
    ConsentRecord,
    PersonRecord,
    add_person,
    consent_of,
    find_person,
    give_consent,
    people,
    set_keep_days,
)
from formcheck.store.history.retention import Due, apply_retention, due
from formcheck.store.history.sessions import (
    ClipFacts,
    ClipRow,
    NoteKind,
    SessionRecord,
    add_symptoms,
    find_session,
    label_clip,
    notes_of,
    open_session,
    record_clip,
    session_in,
    sessions_of,
    write_note,
)

__all__ = [
    "ME",
    "ClipFacts",
    "ClipRow",
    "ConsentRecord",
    "Database",
    "Due",
    "Erased",
    "NoteKind",
    "PersonRecord",
    "SessionRecord",
    "add_person",
    "add_symptoms",
    "apply_retention",
    "check_code",
    "consent_of",
    "due",
    "erase_clip_files",
    "erase_person",
    "erase_session",
    "export_person",
    "find_person",
    "find_session",
    "give_consent",
    "label_clip",
    "notes_of",
    "open_database",
    "open_session",
    "people",
    "record_clip",
    "session_in",
    "sessions_of",
    "set_keep_days",
    "write_note",
]

"""Sessions with their clips, measurements, edits, notes and answers: written and read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from formcheck.results import (
    Analysis,
    ClipRecord,
    EditRecord,
    Measurement,
    PoseRecord,
    ProtocolRecord,
    Versions,
)
from formcheck.store.history import tables
from formcheck.store.history.database import Database

NoteKind = Literal["note", "plan", "cue", "drill", "dose", "recheck", "findings"]
_PURPOSE_LENGTH: Final = 200
NO_NAME: Final = "clip"
"""What stands for a clip's file name: file names hold people's names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipFacts:
    """Where a clip belongs and lies.

    Attributes
    ----------
    key : str
        The app's own key of the clip; the same clip recorded twice is one row.
    title : str
        What to call it, for example "from behind".
    label : str
        Role in the session, for example "before" or "with cue".
    folder, result : str
        Everything of the clip on disk, and its result folder; empty where nothing is kept.
    """

    key: str
    title: str = ""
    label: str = ""
    folder: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipRow:
    """A recorded clip, with its values as an analysis (without events and pictures)."""

    id: str
    facts: ClipFacts
    added_at: datetime
    analysis: Analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """A recorded session."""

    id: str
    person_id: str
    started_at: datetime
    purpose: str
    folder: str
    clips: tuple[ClipRow, ...] = ()
    notes: Mapping[str, str]
    symptoms: Mapping[str, str]


def open_session(
    db: Database,
    person_id: str,
    purpose: str = "",
    *,
    folder: str = "",
    started_at: datetime | None = None,
) -> str:
    """Begin a session of a person and return its key.

    Parameters
    ----------
    folder : str
        Where the app keeps all clips of this session, empty if each clip has a place of its own.
    """
    with db.begin() as session:
        row = tables.Session(person_id=person_id, purpose=purpose[:_PURPOSE_LENGTH], folder=folder)
        if started_at is not None:
            row.started_at = started_at
        session.add(row)
        session.flush()
        return row.id


def sessions_of(db: Database, person_id: str) -> tuple[SessionRecord, ...]:
    """Return a person's sessions, oldest first."""
    with db.begin() as session:
        rows = session.scalars(
            select(tables.Session)
            .where(tables.Session.person_id == person_id)
            .order_by(tables.Session.started_at)
        )
        return tuple(_session_record(r) for r in rows)


def find_session(db: Database, session_id: str) -> SessionRecord | None:
    """Return a session, None if there is none of this key."""
    with db.begin() as session:
        row = session.get(tables.Session, session_id)
        return None if row is None else _session_record(row)


def session_in(db: Database, folder: str) -> SessionRecord | None:
    """Return the session whose clips lie in a folder, None if there is none."""
    with db.begin() as session:
        row = session.scalar(select(tables.Session).where(tables.Session.folder == folder))
        return None if row is None else _session_record(row)


def record_clip(db: Database, session_id: str, analysis: Analysis, facts: ClipFacts) -> str:
    """Put a clip's values into a session, in the place of those it had; return its key."""
    with db.begin() as session:
        row = session.scalar(
            select(tables.Clip).where(
                tables.Clip.session_id == session_id, tables.Clip.key == facts.key
            )
        )
        if row is None:
            row = tables.Clip(session_id=session_id, key=facts.key)
            row.label = facts.label
            session.add(row)
        row.title, row.folder, row.result = facts.title, facts.folder, facts.result
        row.label = facts.label or row.label
        row.sha256 = analysis.clip.sha256
        row.protocol, row.view = analysis.protocol.id, analysis.clip.view
        row.facts = _facts(analysis)
        row.measurements = [_value_row(i, m) for i, m in enumerate(analysis.measurements)]
        row.edits = [
            tables.EditRow(
                edit_id=e.id, made_at=e.made_at, what=e.what, before=e.before, after=e.after
            )
            for e in analysis.edits
        ]
        session.flush()
        return row.id


def label_clip(db: Database, session_id: str, key: str, label: str) -> None:
    """Say which role a clip has in its session ("before", "with cue")."""
    with db.begin() as session:
        row = session.scalar(
            select(tables.Clip).where(tables.Clip.session_id == session_id, tables.Clip.key == key)
        )
        if row is not None:
            row.label = label


def write_note(db: Database, session_id: str, kind: NoteKind, text: str) -> None:
    """Keep one note of a kind per session; empty words remove it."""
    with db.begin() as session:
        row = _note(session, session_id, kind)
        if not text.strip():
            if row is not None:
                session.delete(row)
            return
        if row is None:
            row = tables.Note(session_id=session_id, kind=kind)
            session.add(row)
        if row.text != text.strip():
            row.text, row.written_at = text.strip(), tables.now()


def notes_of(db: Database, session_id: str) -> dict[str, str]:
    """Return the notes of a session by kind."""
    with db.begin() as session:
        rows = session.scalars(select(tables.Note).where(tables.Note.session_id == session_id))
        return {r.kind: r.text for r in rows}


def add_symptoms(db: Database, session_id: str, answers: Mapping[str, str]) -> None:
    """Keep the answers about symptoms, in the place of those the session had."""
    with db.begin() as session:
        row = session.get(tables.Session, session_id)
        if row is None:
            return
        row.symptoms = [
            tables.SymptomAnswer(question=q, answer=a) for q, a in sorted(answers.items())
        ]


def _note(session: OrmSession, session_id: str, kind: str) -> tables.Note | None:
    return session.scalar(
        select(tables.Note).where(tables.Note.session_id == session_id, tables.Note.kind == kind)
    )


def _facts(analysis: Analysis) -> dict[str, Any]:
    clip = analysis.clip.model_copy(update={"path": NO_NAME})
    dump = analysis.model_copy(update={"clip": clip}).model_dump(mode="json")
    return {k: dump[k] for k in ("clip", "pose", "versions")} | {
        "steps": sum(e.kind == "foot_strike" for e in analysis.events),
        "reps": sum(r.counted for r in analysis.reps),
    }


def _value_row(position: int, m: Measurement) -> tables.MeasurementRow:
    lo, hi = m.ci95 if m.ci95 is not None else (None, None)
    return tables.MeasurementRow(
        position=position,
        measure=m.id,
        side=m.side,
        unit=m.unit,
        value=m.value,
        lo=lo,
        hi=hi,
        sd=m.sd,
        n=m.n,
        status=m.status,
        reason=m.reason,
        source=m.source,
        sd_parts=dict(m.sd_parts),
    )


def _session_record(row: tables.Session) -> SessionRecord:
    return SessionRecord(
        id=row.id,
        person_id=row.person_id,
        started_at=row.started_at,
        purpose=row.purpose,
        folder=row.folder,
        clips=tuple(_clip_row(c) for c in row.clips),
        notes={n.kind: n.text for n in row.notes},
        symptoms={s.question: s.answer for s in row.symptoms},
    )


def _clip_row(row: tables.Clip) -> ClipRow:
    facts = ClipFacts(
        key=row.key, title=row.title, label=row.label, folder=row.folder, result=row.result
    )
    return ClipRow(id=row.id, facts=facts, added_at=row.added_at, analysis=_analysis(row))


def _analysis(row: tables.Clip) -> Analysis:
    """Return the values of a row in the form that comparisons read."""
    return Analysis(
        clip=ClipRecord.model_validate(row.facts["clip"]),
        protocol=ProtocolRecord(id=row.protocol),
        pose=PoseRecord.model_validate(row.facts["pose"]),
        measurements=tuple(_measurement(m) for m in row.measurements),
        edits=tuple(
            EditRecord(id=e.edit_id, made_at=e.made_at, what=e.what, before=e.before, after=e.after)
            for e in row.edits
        ),
        versions=Versions.model_validate(row.facts["versions"]),
    )


def _measurement(row: tables.MeasurementRow) -> Measurement:
    record = {
        "id": row.measure,
        "side": row.side,
        "unit": row.unit,
        "value": row.value,
        "ci95": None if row.lo is None or row.hi is None else (row.lo, row.hi),
        "sd": row.sd,
        "n": row.n,
        "status": row.status,
        "reason": row.reason,
        "source": row.source,
        "sd_parts": row.sd_parts,
    }
    return Measurement.model_validate(record)

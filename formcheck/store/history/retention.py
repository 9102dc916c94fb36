"""The timer: which clips are deleted when, and deleting those whose time has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from formcheck.store.history import tables
from formcheck.store.history.database import Database
from formcheck.store.history.erase import (
    erase_clip_files,
    erase_session,
    folders_of,
    size_on_disk,
)
from formcheck.store.history.people import consent_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Clips of one session, and when their files go.

    Attributes
    ----------
    delete_at : datetime or None
        None where the person's clips are kept until deleted by hand.
    """

    code: str
    person_id: str
    session_id: str
    started_at: datetime
    delete_at: datetime | None
    n_clips: int
    size_bytes: int

    def is_over(self, now: datetime) -> bool:
        """Tell whether the time has come."""
        return self.delete_at is not None and self.delete_at <= now


def due(db: Database) -> tuple[Due, ...]:
    """Return every session with files on disk, the one whose files go first on top."""
    with db.begin() as session:
        found = [
            _due(person, row, kept)
            for person in session.scalars(select(tables.Person))
            for row in person.sessions
            if (kept := [p for f in folders_of([row]) if (p := Path(f)).is_dir()])
        ]
    return tuple(sorted(found, key=lambda d: (d.delete_at is None, d.delete_at or d.started_at)))


def apply_retention(db: Database, root: Path, now: datetime | None = None) -> tuple[Due, ...]:
    """Delete the files of sessions whose time has come. Return what was deleted.

    The numbers stay where the person agreed to that; otherwise the whole session goes.
    """
    over = tuple(d for d in due(db) if d.is_over(now or tables.now()))
    for item in over:
        erase = erase_clip_files if consent_of(db, item.person_id).keep else erase_session
        erase(db, item.session_id, root)
    return over


def _due(person: tables.Person, row: tables.Session, kept: list[Path]) -> Due:
    days = person.keep_days
    # a clip's folder may lie within its session's
    outer = [p for p in kept if not any(p.is_relative_to(o) for o in kept if o != p)]
    _, size_bytes = size_on_disk(outer)
    return Due(
        code=person.code,
        person_id=person.id,
        session_id=row.id,
        started_at=row.started_at,
        delete_at=None if days is None else row.started_at + timedelta(days=days),
        n_clips=len(row.clips),
        size_bytes=size_bytes,
    )

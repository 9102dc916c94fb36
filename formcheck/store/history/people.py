"""People by code, what they agreed to, and how long their clips are kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from formcheck.errors import FormcheckError
from formcheck.store.history import tables
from formcheck.store.history.codes import check_code
from formcheck.store.history.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """A person as pages see one."""

    id: str
    code: str
    created_at: datetime
    keep_days: int | None
    n_sessions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRecord:
    """What a person agreed to last."""

    film: bool = False
    keep: bool = False
    share: bool = False
    given_at: datetime | None = None


def add_person(db: Database, code: str, keep_days: int | None = None) -> PersonRecord:
    """Return the person of a code, made if there is none.

    Raises
    ------
    FormcheckError
        SETTING_INVALID if the code could be a name.
    """
    kept = check_code(code)
    with db.begin() as session:
        row = session.scalar(select(tables.Person).where(tables.Person.code == kept))
        if row is None:
            row = tables.Person(code=kept, keep_days=keep_days)
            session.add(row)
            session.flush()
        return _record(row)


def find_person(db: Database, person_id: str) -> PersonRecord | None:
    """Return a person, None if there is none of this key."""
    with db.begin() as session:
        row = session.get(tables.Person, person_id)
        return None if row is None else _record(row)


def people(db: Database) -> tuple[PersonRecord, ...]:
    """Return everybody in the history, by code."""
    with db.begin() as session:
        rows = session.scalars(select(tables.Person).order_by(tables.Person.code))
        return tuple(_record(r) for r in rows)


def set_keep_days(db: Database, person_id: str, days: int | None) -> None:
    """Choose after how many days a session's clips are deleted; None for never.

    Raises
    ------
    FormcheckError
        SETTING_INVALID for less than one day.
    """
    if days is not None and days < 1:
        code = "SETTING_INVALID"
        what = "clips are kept for one day at least"
        raise FormcheckError(code, what)
    with db.begin() as session:
        row = session.get(tables.Person, person_id)
        if row is not None:
            row.keep_days = days


def give_consent(
    db: Database, person_id: str, *, film: bool, keep: bool, share: bool
) -> ConsentRecord:
    """Note what a person agrees to now; what was agreed before stays on record."""
    with db.begin() as session:
        row = tables.Consent(person_id=person_id, film=film, keep=keep, share=share)
        session.add(row)
        session.flush()
        return ConsentRecord(film=film, keep=keep, share=share, given_at=row.given_at)


def consent_of(db: Database, person_id: str) -> ConsentRecord:
    """Return what a person agreed to last; nothing if never asked."""
    with db.begin() as session:
        row = session.get(tables.Person, person_id)
        if row is None or not row.consents:
            return ConsentRecord()
        last = row.consents[-1]
        return ConsentRecord(
            film=last.film, keep=last.keep, share=last.share, given_at=last.given_at
        )


def _record(row: tables.Person) -> PersonRecord:
    return PersonRecord(
        id=row.id,
        code=row.code,
        created_at=row.created_at,
        keep_days=row.keep_days,
        n_sessions=len(row.sessions),
    )

"""The tables of the history. A change here needs a migration in ``migrations/versions``."""

import secrets
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import JSON, DateTime, Dialect, Float, ForeignKey, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

_CASCADE: Final = "all, delete-orphan"
_ID: Final = String(32)


class UtcTime(TypeDecorator[datetime]):
    """A time with its zone; kept in UTC, since SQLite knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Bring a time to UTC before it is kept."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "times in the history need a zone"
            raise ValueError(msg)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give a kept time its zone back."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def new_id() -> str:
    """Return a random key; nothing about a person can be read from it."""
    return secrets.token_hex(8)


def now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """Base of all tables; constraints are named, so that a migration can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Person(Base):
    """Somebody, known by a code only."""

    __tablename__ = "people"
    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    keep_days: Mapped[int | None] = mapped_column(Integer)
    consents: Mapped[list["Consent"]] = relationship(
        cascade=_CASCADE, order_by="Consent.given_at, Consent.id"
    )
    sessions: Mapped[list["Session"]] = relationship(
        cascade=_CASCADE, order_by="Session.started_at, Session.id"
    )


class Consent(Base):
    """What a person agreed to, and when; the newest one counts."""

    __tablename__ = "consents"
    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    film: Mapped[bool]
    keep: Mapped[bool]
    share: Mapped[bool]
    given_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class Session(Base):
    """One consult, or one check at home: several clips that belong together."""

    __tablename__ = "sessions"
    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    purpose: Mapped[str] = mapped_column(String(200), default="")
    folder: Mapped[str] = mapped_column(Text, default="", server_default="")
    clips: Mapped[list["Clip"]] = relationship(cascade=_CASCADE, order_by="Clip.added_at, Clip.id")
    notes: Mapped[list["Note"]] = relationship(cascade=_CASCADE, order_by="Note.written_at")
    symptoms: Mapped[list["SymptomAnswer"]] = relationship(
        cascade=_CASCADE, order_by="SymptomAnswer.question"
    )


class Clip(Base):
    """One clip of a session: what it shows, where its files lie; never the file's own name."""

    __tablename__ = "clips"
    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=new_id)
    session_id: Mapped[str] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(64), index=True)
    title: Mapped[str] = mapped_column(String(80), default="")
    label: Mapped[str] = mapped_column(String(40), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    folder: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    protocol: Mapped[str] = mapped_column(String(40))
    view: Mapped[str] = mapped_column(String(10))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    added_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    measurements: Mapped[list["MeasurementRow"]] = relationship(
        cascade=_CASCADE, order_by="MeasurementRow.position"
    )
    edits: Mapped[list["EditRow"]] = relationship(
        cascade=_CASCADE, order_by="EditRow.made_at, EditRow.id"
    )


class MeasurementRow(Base):
    """One value with its interval, status and reason."""

    __tablename__ = "measurements"
    id: Mapped[int] = mapped_column(primary_key=True)
    clip_id: Mapped[str] = mapped_column(ForeignKey("clips.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    measure: Mapped[str] = mapped_column(String(40), index=True)
    side: Mapped[str] = mapped_column(String(5))
    unit: Mapped[str] = mapped_column(String(20))
    value: Mapped[float | None] = mapped_column(Float)
    lo: Mapped[float | None] = mapped_column(Float)
    hi: Mapped[float | None] = mapped_column(Float)
    sd: Mapped[float | None] = mapped_column(Float)
    n: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(40), default="", server_default="")
    sd_parts: Mapped[dict[str, float]] = mapped_column(JSON)


class EditRow(Base):
    """One correction that a clip's values contain."""

    __tablename__ = "edits"
    id: Mapped[int] = mapped_column(primary_key=True)
    clip_id: Mapped[str] = mapped_column(ForeignKey("clips.id", ondelete="CASCADE"), index=True)
    edit_id: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    what: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)


class Note(Base):
    """Words of the physiotherapist about a session."""

    __tablename__ = "notes"
    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=new_id)
    session_id: Mapped[str] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class SymptomAnswer(Base):
    """An answer about symptoms, kept only when the person asked for it."""

    __tablename__ = "symptom_answers"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[str] = mapped_column(String(40))
    answer: Mapped[str] = mapped_column(String(40))
    answered_at: Mapped[datetime] = mapped_column(UtcTime, default=now)

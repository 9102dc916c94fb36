"""The log of a result's edits: what counts now, what was undone, and everything ever done."""

import secrets
from datetime import UTC, datetime
from typing import Literal, Self

from pydantic import model_validator

from formcheck.edits.model import Edit
from formcheck.results import Record, ResultSide

Deed = Literal["made", "undone", "redone", "dropped"]


class Effect(Record):
    """A value that an edit changed."""

    measure_id: str
    side: ResultSide
    unit: str
    before: float | None
    after: float | None


class LoggedEdit(Record):
    """One edit with its time, what it was, and before and after in words and in values."""

    id: str
    made_at: datetime
    edit: Edit
    what: str
    before: str
    after: str
    effects: tuple[Effect, ...] = ()


class Action(Record):
    """Something done to the log."""

    at: datetime
    deed: Deed
    edit_id: str
    what: str


class EditLog(Record):
    """All edits of one result.

    Attributes
    ----------
    clip_sha256 : str
        Which clip they belong to.
    entries : tuple of LoggedEdit
        Those that count first, then those undone, which may be redone.
    n_active : int
        How many of the entries count.
    actions : tuple of Action
        Never shortened: what was undone and replaced stays on record.
    """

    schema_version: Literal["1.0"] = "1.0"
    clip_sha256: str = ""
    entries: tuple[LoggedEdit, ...] = ()
    n_active: int = 0
    actions: tuple[Action, ...] = ()

    @model_validator(mode="after")
    def _active_within_entries(self) -> Self:
        if not 0 <= self.n_active <= len(self.entries):
            msg = "n_active must lie between 0 and the number of entries"
            raise ValueError(msg)
        return self

    @property
    def active(self) -> tuple[LoggedEdit, ...]:
        """The edits that count, oldest first."""
        return self.entries[: self.n_active]

    @property
    def can_undo(self) -> bool:
        """True if an edit counts."""
        return self.n_active > 0

    @property
    def can_redo(self) -> bool:
        """True if an edit was undone and not replaced."""
        return self.n_active < len(self.entries)

    def added(self, entry: LoggedEdit, now: datetime | None = None) -> Self:
        """Return the log with one more edit; what had been undone can no longer be redone."""
        at = now or utc_now()
        lost = tuple(_action("dropped", e, at) for e in self.entries[self.n_active :])
        return self.model_copy(
            update={
                "entries": (*self.active, entry),
                "n_active": self.n_active + 1,
                "actions": (*self.actions, *lost, _action("made", entry, at)),
            }
        )

    def undone(self, now: datetime | None = None) -> Self:
        """Return the log without its newest edit; the same log if there is none."""
        if not self.can_undo:
            return self
        return self._moved(-1, _action("undone", self.entries[self.n_active - 1], now))

    def redone(self, now: datetime | None = None) -> Self:
        """Return the log with the edit undone last; the same log if there is none."""
        if not self.can_redo:
            return self
        return self._moved(1, _action("redone", self.entries[self.n_active], now))

    def all_undone(self) -> Self:
        """Return the log as it is for a fresh analysis: nothing counts, all can be redone."""
        return self.model_copy(update={"n_active": 0})

    def _moved(self, by: int, action: Action) -> Self:
        return self.model_copy(
            update={"n_active": self.n_active + by, "actions": (*self.actions, action)}
        )


def new_entry(
    edit: Edit,
    words: tuple[str, str, str],
    effects: tuple[Effect, ...] = (),
    now: datetime | None = None,
) -> LoggedEdit:
    """Return an edit ready for the log.

    Parameters
    ----------
    words : (str, str, str)
        What, before, after.
    """
    what, before, after = words
    return LoggedEdit(
        id=secrets.token_hex(4),
        made_at=now or utc_now(),
        edit=edit,
        what=what,
        before=before,
        after=after,
        effects=effects,
    )


def utc_now() -> datetime:
    """Return the time, with its zone, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _action(deed: Deed, entry: LoggedEdit, at: datetime | None) -> Action:
    return Action(at=at or utc_now(), deed=deed, edit_id=entry.id, what=entry.what)

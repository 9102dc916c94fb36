"""Where answers, symptoms and timed tests are kept: one JSON file per person, whole or not at all.

The interface is :class:`Journal` (load, save, delete); a history in a database can take the place
of :class:`JsonJournal` without any other change.
"""

from pathlib import Path
from typing import Final, Literal, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from formcheck.errors import FormcheckError
from formcheck.files import whole_file
from formcheck.readiness.log import SymptomEntry
from formcheck.readiness.questions import Answers

Condition = Literal["belt", "no_belt"]
CONDITIONS: Final[dict[Condition, str]] = {
    "belt": "with a support belt",
    "no_belt": "without a support belt",
}


class ScreenEntry(BaseModel):
    """The screen as it was answered once."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: AwareDatetime
    answers: Answers


class TimedEntry(BaseModel):
    """A timed test as it was done once."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: AwareDatetime
    test: str
    seconds: float
    finished: bool


class JournalData(BaseModel):
    """Everything a person chose to keep.

    Attributes
    ----------
    conditions : dict of str to str
        Clip id to the condition it was filmed in: a key of :data:`CONDITIONS`.
    talked_at : datetime or None
        When the person last said to have talked over their symptoms with a professional.
    plan_json : str
        The graded plan with its edits, as :mod:`formcheck.plan` writes it; empty for none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    schema_version: str = "1.0"
    screens: tuple[ScreenEntry, ...] = ()
    symptoms: tuple[SymptomEntry, ...] = ()
    timed: tuple[TimedEntry, ...] = ()
    conditions: dict[str, Condition] = Field(default_factory=dict)
    talked_at: AwareDatetime | None = None
    plan_json: str = ""


class Journal(Protocol):
    """Keeps one person's journal."""

    def load(self) -> JournalData:
        """Return what is kept; an empty journal where there is none."""
        ...

    def save(self, data: JournalData) -> None:
        """Keep `data` in place of what was kept."""
        ...

    def delete(self) -> None:
        """Forget everything."""
        ...


class JsonJournal:
    """A journal in one JSON file.

    Parameters
    ----------
    path : Path
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> JournalData:
        """Return what the file holds; an empty journal where there is no file.

        Raises
        ------
        FormcheckError
            RESULT_UNREADABLE if the file holds something else.
        """
        try:
            return JournalData.model_validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return JournalData()
        except (OSError, ValidationError) as error:
            code, what = "RESULT_UNREADABLE", f"{self.path.name} does not hold a symptom log"
            hint = "Move the file away to begin a new log."
            raise FormcheckError(code, what, hint) from error

    def save(self, data: JournalData) -> None:
        """Write the file, whole or not at all, readable by its owner only.

        Raises
        ------
        FormcheckError
            DISK_FULL or OUTPUT_NOT_WRITABLE.
        """
        with whole_file(self.path) as part:
            part.touch(mode=0o600)
            part.write_text(data.model_dump_json(indent=1), encoding="utf-8")

    def delete(self) -> None:
        """Remove the file."""
        self.path.unlink(missing_ok=True)


class MemoryJournal:
    """A journal that lasts as long as the program: nothing is written to disk."""

    def __init__(self) -> None:
        self._data = JournalData()

    def load(self) -> JournalData:
        """Return what was noted so far."""
        return self._data

    def save(self, data: JournalData) -> None:
        """Keep `data` until the program ends."""
        self._data = data

    def delete(self) -> None:
        """Forget everything."""
        self._data = JournalData()


def note(journal: Journal, entry: SymptomEntry) -> JournalData:
    """Add an entry to a journal and return all of it."""
    data = journal.load()
    data = data.model_copy(update={"symptoms": (*data.symptoms, entry)})
    journal.save(data)
    return data

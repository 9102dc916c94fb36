"""Where a learned table comes from, and how it lies on disk: the same for every table."""

import json
import re
from pathlib import Path
from typing import Any, ClassVar, Self

from pydantic import Field

from formcheck.files import whole_file
from formcheck.settings.base import SettingsModel

FOLDER = Path(__file__).parent
"""Where the tables that ship with the package lie."""
_PLAIN_LIST = re.compile(r"\[\s+([^\[\]{}\"]*?)\s+\]")


class Header(SettingsModel):
    """Provenance of a table; None says openly that it was not recorded.

    Attributes
    ----------
    command : str or None
        What makes the table anew.
    commit : str or None
        State of the code that made it.
    date : str or None
        ISO date.
    pose_model_sha256 : str or None
        Digest of the pose model whose landmarks it was learned from.
    clips : tuple of str or None
        Names of the clips it was learned from.
    people : int or None
        How many people they show.
    split : str or None
        Set of the clips: never the one that is scored.
    """

    command: str | None = None
    commit: str | None = None
    date: str | None = None
    pose_model_sha256: str | None = None
    clips: tuple[str, ...] | None = None
    people: int | None = None
    split: str | None = None
    note: str = ""


class Table(SettingsModel):
    """A learned table: its header and, in a subclass, what was learned."""

    FILE: ClassVar[str]

    header: Header = Field(default_factory=Header)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the table from a folder of tables."""
        return cls.model_validate_json((folder / cls.FILE).read_text("utf-8"))

    def write(self, folder: Path) -> Path:
        """Write the table into a folder of tables, whole or not at all."""
        path = folder / self.FILE
        with whole_file(path) as part:
            part.write_text(told(self.model_dump(mode="json")), encoding="utf-8")
        return path


def told(value: dict[str, Any]) -> str:
    """Return indented JSON in which a list of numbers stays on one line, so that diffs speak."""
    text = json.dumps(value, indent=1, ensure_ascii=False)
    return _PLAIN_LIST.sub(lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text) + "\n"

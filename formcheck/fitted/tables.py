"""All learned tables together, and the digest that changes with any of them."""

import hashlib
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Self

from formcheck.fitted import header
from formcheck.fitted.contact_times import ContactTimes
from formcheck.fitted.corrections import Corrections
from formcheck.fitted.differences import DifferenceErrors
from formcheck.fitted.header import Table
from formcheck.fitted.leg_angles import LegAngles, LegAnglesLeftOut
from formcheck.fitted.method_errors import MethodErrors, Seeds
from formcheck.fitted.strip_loadings import StripLoadings


@dataclass(frozen=True, kw_only=True, eq=False)
class Fitted:
    """Everything that was learned from clips.

    Attributes
    ----------
    left_out : LegAnglesLeftOut
        Per person of the fit clips, the leg angles learned without them.
    method_errors : MethodErrors
        What a fit gave; `seeds` are made by hand and stand in where it gave nothing.
    sha256 : str
        Of all tables: part of the digest that says with what a number was made.
    """

    contact_times: ContactTimes
    strip_loadings: StripLoadings
    corrections: Corrections
    leg_angles: LegAngles
    left_out: LegAnglesLeftOut
    method_errors: MethodErrors
    seeds: Seeds
    differences: DifferenceErrors
    sha256: str

    @cached_property
    def errors(self) -> MethodErrors:
        """The method errors that count: fitted rows, and seeds where there are none."""
        return MethodErrors(entries=self.seeds.entries).with_entries(self.method_errors.entries)

    def without(self, person: str) -> Self:
        """Return the tables for a clip of somebody whom the leg angles were learned from.

        The error of an angle on the people it was learned from is too small to be its error.
        """
        return self.changed(leg_angles=self.left_out.without(person, self.leg_angles))

    def changed(self, **tables: Table) -> Self:
        """Return the same with other tables in place of some, and another digest."""
        words = self.sha256 + "".join(t.model_dump_json() for t in tables.values())
        digested = hashlib.sha256(words.encode()).hexdigest()
        return replace(self, **tables, sha256=digested)  # type: ignore[arg-type]


def digest(folder: Path | None = None) -> str:
    """Return a digest that changes with any learned table of a folder (the package's own)."""
    sha = hashlib.sha256()
    for path in sorted((folder or header.FOLDER).glob("*.json")):
        sha.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()


def load_fitted(folder: Path | None = None) -> Fitted:
    """Return the tables of a folder; those that ship with the package when left out."""
    return _load(folder or header.FOLDER)


@cache
def _load(folder: Path) -> Fitted:
    return Fitted(
        contact_times=ContactTimes.load(folder),
        strip_loadings=StripLoadings.load(folder),
        corrections=Corrections.load(folder),
        leg_angles=LegAngles.load(folder),
        left_out=LegAnglesLeftOut.load(folder),
        method_errors=MethodErrors.load(folder),
        seeds=Seeds.load(folder),
        differences=DifferenceErrors.load(folder),
        sha256=digest(folder),
    )

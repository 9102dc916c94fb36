"""What the quality of a clip forbids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from formcheck.quality import GREYING
from formcheck.results import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """What the quality of the clip forbids.

    Attributes
    ----------
    unavailable, uncertain : mapping of str to str
        Measure id to the reason, in plain words with the remedy.
    """

    unavailable: Mapping[str, str] = field(default_factory=dict)
    uncertain: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Self:
        """Return what quality findings forbid: `stop` withholds, some of `watch` grey out."""
        unavailable: dict[str, str] = {}
        uncertain: dict[str, str] = {}
        for found in findings:
            reason = f"{found.message} {found.suggestion}".strip()
            if found.severity == "stop":
                unavailable |= {i: reason for i in found.measure_ids if i not in unavailable}
            elif found.code in GREYING:
                uncertain |= {i: reason for i in found.measure_ids if i not in uncertain}
        return cls(unavailable=unavailable, uncertain=uncertain)

"""One's own running sessions side by side, in the measures that a postpartum study found changed.

Provenzano et al. 2019 [S 80] filmed five runners at 6 weeks after birth and earlier. The dossier
holds the direction of the changes and no sizes: none is told, there are no postpartum norms, and a
person is compared with herself only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from formcheck.assess.change import MeasureChange, Verdict, compare_analyses
from formcheck.assess.texts import title_of
from formcheck.errors import FormcheckError
from formcheck.results import Analysis, Interval, Measurement, Record, ResultSide, Status
from formcheck.settings import UncertaintySettings

STUDY: Final[dict[str, str]] = {
    "trunk_rotation": "was smaller",
    "pelvis_rotation": "was smaller",
    "step_width": "was larger",
    "contact_time": "was longer",
    "hip_range": "was smaller",
    "knee_range": "was larger",
    "speed": "was lower",
    "cadence": "was lower",
}
"""What the study saw at 6 weeks after birth, by measure."""

SOURCE: Final = (
    "Provenzano et al. 2019: five runners, 6 weeks after birth against before. A changed "
    "form early on may be protective; this is no target. Strength and slowly growing load come "
    "before changing how one runs."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSession:
    """One running clip of a person.

    Attributes
    ----------
    condition : str
        A label such as ``belt``; clips of different conditions are never one row's change.
    """

    at: datetime
    name: str
    analysis: Analysis
    condition: str = ""


class Cell(Record):
    """One session's value, with the verdict against the first session of the same condition."""

    value: float | None
    ci95: Interval | None
    status: Status
    reason: str = ""
    verdict: Verdict | None = None
    mdc95: float | None = None


class Row(Record):
    """One measure and side over the sessions, in their order."""

    measure_id: str
    side: ResultSide
    title: str
    unit: str
    study: str
    cells: tuple[Cell, ...]


class SideBySide(Record):
    """The sessions of one test and view.

    Attributes
    ----------
    belt : tuple of MeasureChange
        The newest session with a support belt against the newest without one; empty where one of
        the two is missing.
    """

    protocol: str
    view: Literal["side", "rear", "front"]
    dates: tuple[datetime, ...]
    names: tuple[str, ...]
    conditions: tuple[str, ...]
    rows: tuple[Row, ...]
    belt: tuple[MeasureChange, ...] = ()


def side_by_side(
    sessions: Sequence[OwnSession], settings: UncertaintySettings | None = None
) -> tuple[SideBySide, ...]:
    """Put running sessions of the same test and view side by side, oldest first.

    Parameters
    ----------
    sessions : sequence of OwnSession
        In any order; clips that are no run are left out.
    settings : UncertaintySettings, optional

    Returns
    -------
    tuple of SideBySide
        One per test and view.
    """
    groups: dict[tuple[str, str], list[OwnSession]] = {}
    for s in sorted(sessions, key=lambda s: s.at):
        if s.analysis.protocol.id.endswith("_run"):
            groups.setdefault((s.analysis.protocol.id, s.analysis.clip.view), []).append(s)
    return tuple(_table(group, settings) for group in groups.values())


def _table(group: list[OwnSession], settings: UncertaintySettings | None) -> SideBySide:
    first = group[0].analysis
    keys = dict.fromkeys(
        (m.id, m.side)
        for measure_id in STUDY
        for s in group
        for m in s.analysis.measurements
        if m.id == measure_id
    )
    return SideBySide(
        protocol=first.protocol.id,
        view=first.clip.view,
        dates=tuple(s.at for s in group),
        names=tuple(s.name for s in group),
        conditions=tuple(s.condition for s in group),
        rows=tuple(_row(group, key, settings) for key in keys),
        belt=_belt(group, settings),
    )


def _row(
    group: list[OwnSession], key: tuple[str, ResultSide], settings: UncertaintySettings | None
) -> Row:
    cells = []
    for n, session in enumerate(group):
        m = session.analysis.find(*key)
        base = next((s for s in group[:n] if s.condition == session.condition), None)
        change = None if base is None else _change(base, session, key, settings)
        cells.append(_cell(m, change))
    unit = next(m.unit for s in group if (m := s.analysis.find(*key)) is not None)
    return Row(
        measure_id=key[0],
        side=key[1],
        title=title_of(key[0]),
        unit=unit,
        study=STUDY[key[0]],
        cells=tuple(cells),
    )


def _cell(m: Measurement | None, change: MeasureChange | None) -> Cell:
    if m is None:
        return Cell(value=None, ci95=None, status="unavailable", reason="not part of this clip")
    return Cell(
        value=m.value,
        ci95=m.ci95,
        status=m.status,
        reason=m.reason,
        verdict=None if change is None else change.verdict,
        mdc95=None if change is None else change.mdc95,
    )


def _change(
    before: OwnSession,
    after: OwnSession,
    key: tuple[str, ResultSide],
    settings: UncertaintySettings | None,
) -> MeasureChange | None:
    rows = _changes(before.analysis, after.analysis, settings)
    return next((r for r in rows if (r.id, r.side) == key), None)


def _changes(
    before: Analysis, after: Analysis, settings: UncertaintySettings | None
) -> tuple[MeasureChange, ...]:
    try:
        return compare_analyses(before, after, settings).rows
    except FormcheckError:
        return ()


def _belt(
    group: list[OwnSession], settings: UncertaintySettings | None
) -> tuple[MeasureChange, ...]:
    newest = {s.condition: s for s in group}
    if not {"belt", "no_belt"} <= set(newest):
        return ()
    rows = _changes(newest["no_belt"].analysis, newest["belt"].analysis, settings)
    return tuple(r for r in rows if r.id in STUDY)

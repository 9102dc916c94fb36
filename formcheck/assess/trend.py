"""One measure over sessions, with the band within which a difference is measurement error."""

from collections.abc import Sequence
from datetime import datetime

from formcheck.assess.change import MeasureChange, Verdict, compare_analyses
from formcheck.assess.texts import title_of
from formcheck.results import Analysis, Interval, Record, ResultSide, Status
from formcheck.settings import UncertaintySettings

Dated = tuple[datetime, Analysis]


class TrendPoint(Record):
    """One session's value.

    Attributes
    ----------
    band : (float, float) or None
        Values within it do not differ from the first session's beyond the measurement error.
    since_first, since_last : str or None
        The verdict against the first and against the last comparable session; None for the first.
    reason : str
        Why there is no verdict, where there is none.
    """

    at: datetime
    value: float
    ci95: Interval
    status: Status
    band: Interval | None = None
    since_first: Verdict | None = None
    since_last: Verdict | None = None
    reason: str = ""


class Trend(Record):
    """One measure and side over time, oldest first."""

    measure_id: str
    side: ResultSide
    title: str
    unit: str
    points: tuple[TrendPoint, ...]


def trends(
    dated: Sequence[Dated], settings: UncertaintySettings | None = None
) -> tuple[Trend, ...]:
    """Return every measure that two or more results of one test and view hold.

    Every result is compared with the first one and with the one before it by
    :func:`formcheck.assess.change.compare_analyses`: set-ups that differ get no verdict, neither do
    uncertain values.

    Parameters
    ----------
    dated : sequence of (datetime, Analysis)
        In any order.
    settings : UncertaintySettings, optional
    """
    groups: dict[tuple[str, str], list[Dated]] = {}
    for at, analysis in sorted(dated, key=lambda d: d[0]):
        groups.setdefault((analysis.protocol.id, analysis.clip.view), []).append((at, analysis))
    out: list[Trend] = []
    for group in groups.values():
        keys = dict.fromkeys((m.id, m.side) for _, a in group for m in a.measurements)
        made = (_trend(group, key, settings) for key in keys)
        out += [t for t in made if t is not None]
    return tuple(out)


def _trend(
    group: list[Dated], key: tuple[str, ResultSide], settings: UncertaintySettings | None
) -> Trend | None:
    held = [d for d in group if _holds(d[1], key)]
    if len(held) < 2:
        return None
    first = held[0][1].find(*key)
    if first is None:
        return None
    points = [_point(held, i, key, settings) for i in range(len(held))]
    return Trend(
        measure_id=key[0],
        side=key[1],
        title=title_of(key[0]),
        unit=first.unit,
        points=tuple(points),
    )


def _holds(analysis: Analysis, key: tuple[str, ResultSide]) -> bool:
    m = analysis.find(*key)
    return m is not None and m.value is not None


def _point(
    held: list[Dated], i: int, key: tuple[str, ResultSide], settings: UncertaintySettings | None
) -> TrendPoint:
    at, analysis = held[i]
    m = analysis.find(*key)
    if m is None or m.value is None or m.ci95 is None:
        msg = "points are made of results that hold the measure"
        raise ValueError(msg)
    change = {k: _change(held[j][1], analysis, key, settings) for k, j in _against(i).items()}
    first, last = change.get("first"), change.get("last")
    start = held[0][1].find(*key)
    band = None
    if (
        first is not None
        and first.mdc95 is not None
        and start is not None
        and start.value is not None
    ):
        band = (start.value - first.mdc95, start.value + first.mdc95)
    return TrendPoint(
        at=at,
        value=m.value,
        ci95=m.ci95,
        status=m.status,
        band=band,
        since_first=None if first is None else first.verdict,
        since_last=None if last is None else last.verdict,
        reason="" if first is None else first.reason,
    )


def _against(i: int) -> dict[str, int]:
    return {"first": 0, "last": i - 1} if i else {}


def _change(
    earlier: Analysis,
    later: Analysis,
    key: tuple[str, ResultSide],
    settings: UncertaintySettings | None,
) -> MeasureChange | None:
    rows = compare_analyses(earlier, later, settings).rows
    return next((r for r in rows if (r.id, r.side) == key), None)

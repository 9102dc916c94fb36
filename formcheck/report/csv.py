"""Tables: measurements.csv (long form) and events.csv."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from formcheck.files import whole_file
from formcheck.report.base import ReportData, export
from formcheck.results import Measurement

MEASUREMENT_COLUMNS = (
    "clip",
    "protocol",
    "measure",
    "side",
    "unit",
    "row",
    "component",
    "time_s",
    "value",
    "ci95_low",
    "ci95_high",
    "sd",
    "n",
    "status",
    "reason",
)
EVENT_COLUMNS = ("clip", "kind", "side", "time_s", "sd_s")
Cell = str | float | int | None


@export("csv", "Tables (CSV): every value, every step, every foot contact")
def write_csv(data: ReportData, folder: Path) -> tuple[Path, ...]:
    """Write ``measurements.csv`` and ``events.csv``.

    ``row`` is ``mean`` (the value with its interval), ``difference`` (right minus left),
    ``component`` or ``step`` (one line per step, stride or repetition, with its moment). Numbers
    are unrounded.

    Returns
    -------
    tuple of Path
        The two files.
    """
    name = _plain(data.analysis.clip.path)
    protocol = data.analysis.protocol.id
    rows: list[Sequence[Cell]] = []
    for m in data.analysis.measurements:
        head = (name, protocol, m.id, m.side, m.unit)
        rows += [(*head, *row) for row in _rows(m)]
    measurements = folder / "measurements.csv"
    _write(measurements, MEASUREMENT_COLUMNS, rows)
    events = folder / "events.csv"
    _write(
        events,
        EVENT_COLUMNS,
        [(name, e.kind, e.side, e.time_s, e.sd_s) for e in data.analysis.events],
    )
    return measurements, events


def _rows(m: Measurement) -> Iterable[Sequence[Cell]]:
    low, high = m.ci95 if m.ci95 is not None else (None, None)
    yield "mean", "", None, m.value, low, high, m.sd, m.n, m.status, m.reason
    d = m.asymmetry
    if d is not None and m.side == "right":
        yield "difference", "", None, d.value, *d.ci95, d.sd, m.n, d.status, d.reason
    for key, c in m.components.items():
        a, b = c.ci95 if c.ci95 is not None else (None, None)
        yield "component", f"{key} ({c.unit})", None, c.value, a, b, None, None, "", ""
    for value, t in zip(m.per_step, m.times_s, strict=False):
        yield "step", "", t, value, None, None, None, None, "", ""


def _plain(words: str) -> str:
    """Return text that a spreadsheet will not run as a formula."""
    return f"'{words}" if words[:1] in "=+-@\t\r" else words


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with whole_file(path) as part, part.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)

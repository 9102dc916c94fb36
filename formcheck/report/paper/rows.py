"""The rows of the PDF's table: value, every step on an axis, average, 95 % interval, status."""

import math
from collections.abc import Sequence
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from formcheck.assess import verdict_of, word_of
from formcheck.render import wording
from formcheck.render.palette import INK, NOT_MEASURED
from formcheck.report import content, measure_rows
from formcheck.report.base import ReportData
from formcheck.report.measure_rows import Row
from formcheck.report.paper.page import LINE, ZONE, Page, icon, style
from formcheck.results import Measurement

_LINE_H: Final = 14.5  # one side of a measure, points
_TICKS_H: Final = 8.5
_PAD: Final = 3.5
_HEADS: Final = {
    "pt": (
        "MEASURE",
        "VALUE, 95 %",
        "EVERY STEP, AND THE INTERVAL",
        "STATUS",
        "R \N{MINUS SIGN} L",
        "SURE",
    ),
    "runner": ("", "VALUE, GIVE OR TAKE", "EVERY STEP, AND THE AVERAGE", "STATUS", "", "HOW SURE"),
}
_SHARES: Final = {
    "pt": (0.0, 0.2, 0.37, 0.615, 0.785, 0.895),
    "runner": (0.0, 0.215, 0.405, 0.705, 0.86, 0.86),
}


def columns(page: Page, data: ReportData) -> tuple[float, ...]:
    """Return where the six columns begin, and the right edge."""
    width = page.right - page.left
    return (*(page.left + s * width for s in _SHARES[data.audience]), page.right)


def row_height(page: Page, data: ReportData, row: Row) -> float:
    """Return the height of a row with its rule, points."""
    at = columns(page, data)
    if row.measured:
        title = page.measure(row.title, style(8.5, bold=True), at[1] - at[0] - 6) + 9
        return max(title, len(row.seen) * _LINE_H + _TICKS_H) + 2 * _PAD
    words = measure_rows.short_reason(row.reason)
    reason = page.measure(words, style(7.5), at[6] - at[2])
    title = page.measure(row.title, style(8.5, bold=True), at[1] - at[0] - 6)
    return max(reason, title) + 2 * _PAD


def table(page: Page, data: ReportData, rows: Sequence[Row]) -> None:
    """Draw the head and the rows, and move the cursor below."""
    at = columns(page, data)
    with page.tags.group("Table"):
        with page.tags.group("TR"):
            for x, words in zip(at, _HEADS[data.audience], strict=False):
                if words:
                    page.paragraph(words, style(6.3, bold=True, colour=NOT_MEASURED), x=x, tag="TH")
        page.gap(9.5)
        for row in rows:
            page.rule()
            height = row_height(page, data, row)
            with page.tags.group("TR"):
                _row(page, data, row, at)
            page.gap(height)
    page.rule()


def _row(page: Page, data: ReportData, row: Row, at: Sequence[float]) -> None:
    top = page.y
    page.y -= _PAD
    title = page.paragraph(row.title, style(8.5, bold=True), width=at[1] - at[0] - 6, tag="TH")
    if not row.measured:
        icon(page, None, at[1] + 4, page.y - 6, 4)
        grey = style(7.5, colour=NOT_MEASURED)
        page.paragraph("not measured", grey, x=at[1] + 12, tag="TD")
        words = measure_rows.short_reason(row.reason)
        page.paragraph(words, style(7.5), x=at[2], width=at[6] - at[2], tag="TD")
        page.y = top
        return
    usual = measure_rows.usual_words(row)
    page.y -= title
    words = f"published range {usual}" if usual else "no published range"
    page.paragraph(words, style(6.5, colour=NOT_MEASURED), width=at[1] - at[0] - 4, tag="TD")
    page.y = top - _PAD
    axis = strip_axis(row.seen, measure_rows.usual_span(row))
    for m in row.seen:
        _side(page, data, (row, m), at, axis)
        page.y -= _LINE_H
    _ticks(page, row.seen[0], (at[2], at[3] - 14), axis)
    page.y = top - _PAD
    if data.audience == "pt":
        words = measure_rows.difference_text(row, data.settings) or "\N{EN DASH}"
        page.paragraph(words, style(7.5), x=at[4], width=at[5] - at[4] - 3, tag="TD")
    words = measure_rows.sure_text(row, data.settings)
    page.paragraph(words, style(7), x=at[5], width=at[6] - at[5], tag="TD")
    page.y = top


def _side(
    page: Page,
    data: ReportData,
    what: tuple[Row, Measurement],
    at: Sequence[float],
    axis: tuple[float, float],
) -> None:
    """Draw one side: letter, value, strip, status."""
    row, m = what
    sure = m.status == "ok"
    letter = wording.SIDE_LETTER[m.side]
    value = content.unbroken(wording.value_text(m, data.settings))
    words = f"{letter}  {value}" if letter else value
    ink = style(8.5, bold=True) if sure else style(8.5, bold=True, colour=NOT_MEASURED)
    page.paragraph(words, ink, x=at[1], width=at[2] - at[1] - 4, tag="TD")
    with page.tags.group("TD"), page.tags.leaf("Figure", alt=strip_alt(m, data)):
        box = (at[2], page.y - _LINE_H + 2, at[3] - at[2] - 14, _LINE_H - 3)
        strip(page.canvas, m, box, axis, measure_rows.usual_span(row))
    verdict = verdict_of(m)
    if verdict is not None or not sure:
        icon(page, verdict if sure else None, at[3] + 4, page.y - 5.5, 3.4)
    status = word_of(m)
    grey = INK if sure else NOT_MEASURED
    page.paragraph(
        status, style(6.8, colour=grey), x=at[3] + 11, width=at[4] - at[3] - 13, tag="TD"
    )


def strip_alt(m: Measurement, data: ReportData) -> str:
    """Describe a strip in words, for people who do not see it."""
    steps = [v for v in m.per_step if v is not None]
    side = f"{m.side.capitalize()}: " if m.side != "both" else ""
    interval = wording.interval_text(m, data.settings)
    words = f"{side}average with 95 % interval {interval}" if interval else f"{side}counted"
    if not steps:
        return f"{words}."
    low, high = (wording.number(f(steps), m.unit, data.settings) for f in (min, max))
    return f"{words}; single steps from {low} to {high}{wording.unit_text(m.unit)}."


def strip_axis(
    measurements: Sequence[Measurement], band: tuple[float | None, float | None] | None = None
) -> tuple[float, float]:
    """Return the value range that holds all steps and intervals of a row, with a margin."""
    values = [v for m in measurements for v in (*m.per_step, *(m.ci95 or ())) if v is not None]
    values += [v for v in band or () if v is not None]
    low, high = min(values), max(values)
    margin = 0.06 * (high - low) or 1.0
    return low - margin, high + margin


def nice_ticks(axis: tuple[float, float], most: int = 4) -> tuple[float, ...]:
    """Return at most `most` round numbers within an axis, evenly apart (at least one)."""
    span = axis[1] - axis[0]
    step = 10.0 ** math.floor(math.log10(span)) / 10
    for factor in (1, 2, 5, 10, 20, 50, 100):
        first = math.ceil(axis[0] / (step * factor))
        last = math.floor(axis[1] / (step * factor))
        if last - first + 1 <= most:
            ticks = tuple(k * step * factor for k in range(first, last + 1))
            return ticks or (0.5 * (axis[0] + axis[1]),)
    return (0.5 * (axis[0] + axis[1]),)


def _ticks(
    page: Page,
    m: Measurement,
    span: tuple[float, float],
    axis: tuple[float, float],
) -> None:
    c, (left, right) = page.canvas, span
    with page.tags.artifact():
        c.saveState()
        c.setStrokeColor(HexColor(NOT_MEASURED))
        c.setLineWidth(0.4)
        c.line(left, page.y + 1, right, page.y + 1)
        c.setFillColor(HexColor(NOT_MEASURED))
        c.setFont("FormcheckSans", 5.8)
        for tick in nice_ticks(axis):
            x = left + (right - left) * (tick - axis[0]) / (axis[1] - axis[0])
            c.line(x, page.y + 1, x, page.y - 1)
            words = f"{tick:g}".replace("-", "\N{MINUS SIGN}")
            c.drawCentredString(x, page.y - 7, words + {"deg": "°"}.get(m.unit, ""))
        c.restoreState()


def strip(
    c: Canvas,
    m: Measurement,
    box: tuple[float, float, float, float],
    axis: tuple[float, float],
    band: tuple[float | None, float | None] | None,
) -> None:
    """Draw steps, interval, average and grey range in ``(x, y, width, height)``."""
    if m.value is None or m.ci95 is None:
        return
    x, y, width, height = box
    middle = y + height / 2

    def place(value: float) -> float:
        return x + width * min(1.0, max(0.0, (value - axis[0]) / (axis[1] - axis[0])))

    sure = m.status == "ok"
    c.saveState()
    if band is not None:
        c.setFillColor(HexColor(ZONE))
        left, right = (place(e if v is None else v) for v, e in zip(band, axis, strict=True))
        c.rect(left, y, right - left, height, stroke=0, fill=1)
    c.setStrokeColor(HexColor("#7A848D" if sure else LINE))
    c.setLineWidth(3.4)
    c.line(place(m.ci95[0]), middle, place(m.ci95[1]), middle)
    _dots(c, [place(v) for v in m.per_step if v is not None], (middle, height), m.side == "right")
    c.setStrokeColor(HexColor(INK if sure else NOT_MEASURED))
    c.setLineWidth(1.6)
    c.line(place(m.value), y + 0.04 * height, place(m.value), y + 0.96 * height)
    c.restoreState()


def _dots(c: Canvas, places: Sequence[float], at: tuple[float, float], square: bool) -> None:
    """Draw the steps: discs on the left, squares on the right; the up and down means nothing."""
    middle, height = at
    c.setLineWidth(0.5)
    c.setStrokeColor(HexColor(INK))
    c.setFillColor(HexColor("#FFFFFF"))
    for k, x in enumerate(places):
        y = middle + (-0.3, 0.13, -0.15, 0.3, 0.0)[k % 5] * height
        if square:
            c.rect(x - 1.1, y - 1.1, 2.2, 2.2, stroke=1, fill=1)
        else:
            c.circle(x, y, 1.25, stroke=1, fill=1)

"""The PDF report: page 1 for the record (A4 or Letter, real text), then the details.

Page 1 follows the usual order of a clinical summary: what was filmed, one sentence, evidence left
and right, the five measures, what was not measured, plan. The runner's page says the same in plain
words, with one thing to try and when to see someone.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reportlab.lib.colors import HexColor

from formcheck.render.palette import NOT_MEASURED
from formcheck.report import content, measure_rows
from formcheck.report.base import ReportData
from formcheck.report.measure_rows import Row
from formcheck.report.paper.details import PLAN, write_details
from formcheck.report.paper.evidence import EVIDENCE_LEAST, evidence, in_a_line
from formcheck.report.paper.page import (
    LINE,
    MARGIN,
    PALE,
    Page,
    icon,
    style,
)
from formcheck.report.paper.rows import row_height, table

_GAP: Final = 8.0
_ALSO_FOR_RUNNER: Final = ("cadence", "peak_knee_flexion_stance", "squat_depth", "rep_count")
_PLAN_MOST: Final = (300, 200, 140, 90, 70)  # letters of a field, as there is room
_BLANK: Final = 15.0  # room for a line of handwriting
_TITLES: Final = {"pt": "Running form: video summary", "runner": "Your movement video"}
WHEN_TO_SEE: Final = (
    "See a pelvic-health physiotherapist or doctor if you have leaking, heaviness or a bulge, "
    "bleeding, or pain in the pelvis, back or legs, whatever this page says. "
    "It cannot tell whether you are ready to run."
)


def draw(data: ReportData, path: Path) -> None:
    """Draw page 1, then every step, curves, settings and edits.

    Parameters
    ----------
    data : ReportData
        `audience` and `paper` choose wording and size.
    path : Path
        The file to write.
    """
    page = Page.open(path, data.paper, content.document_title(data))
    most = _summary(page, data)
    page.next()
    write_details(page, data, plan_most=most)
    page.close()


def _summary(page: Page, data: ReportData) -> int:
    """Draw page 1; return how many letters of each of the plan's fields it had room for."""
    rows = measure_rows.session_rows(data)
    main = measure_rows.core_rows(rows)
    others = [r for r in rows if r.measured and not r.core and _told_to(data, r)]
    _head(page, data)
    _sentence(page, data, rows)
    needed = sum(row_height(page, data, r) for r in main) + 32 + _since_height(data)
    most = next(
        (
            most
            for most in _PLAN_MOST
            if page.y - MARGIN - _bottom_height(page, data, most) - needed > EVIDENCE_LEAST + 34
        ),
        _PLAN_MOST[-1],
    )
    page.floor = MARGIN + _bottom_height(page, data, most)
    left = evidence(page, data, page.room - needed, others)
    page.heading("The five main measures")
    table(page, data, main)
    _also(page, data, left)
    _since(page, data)
    if data.audience == "runner":
        _film_next(page, main)
    page.y = page.floor
    _bottom(page, data, most)
    return most


def _told_to(data: ReportData, row: Row) -> bool:
    """Tell whether a further value stands on page 1: a runner's page has few numbers."""
    return data.audience == "pt" or row.measure_id in _ALSO_FOR_RUNNER


def _head(page: Page, data: ReportData) -> None:
    top = page.y
    page.paragraph(_TITLES[data.audience], style(14, bold=True), tag="H1", width=250)
    _fields(page, data)
    page.y = top - 21
    for clip in data.clips:
        facts = " · ".join(v for k, v in content.clip_facts(clip.analysis) if k != "Tilted phone")
        page.flow(facts, style(7.5, colour=NOT_MEASURED))
    page.gap(4)


def _fields(page: Page, data: ReportData) -> None:
    """Write date, and for a record code and name, at the right; blank ones get a line."""
    fields = [("Date", data.date, 58.0)]
    if data.audience == "pt":
        fields = [("Code", data.code, 58.0), *fields, ("PT", data.signed_by, 80.0)]
    elif not data.date:
        return
    widths = [page.canvas.stringWidth(label, "FormcheckSans", 8) + 4 for label, _, _ in fields]
    x = page.right - sum(widths) - sum(room + 8 for _, _, room in fields) + 8
    page.y -= 5
    for (label, value, room), width in zip(fields, widths, strict=True):
        page.paragraph(label, style(8, colour=NOT_MEASURED), x=x, width=width + 2)
        x += width
        if value:
            page.paragraph(value, style(9, bold=True), x=x, width=room)
        else:
            _blank_line(page, x, room - 8, page.y - 11)
        x += room + 8


def _blank_line(page: Page, x: float, width: float, y: float) -> None:
    with page.tags.artifact():
        page.canvas.setStrokeColor(HexColor(NOT_MEASURED))
        page.canvas.setLineWidth(0.5)
        page.canvas.line(x, y, x + width, y)


def _sentence(page: Page, data: ReportData, rows: Sequence[Row]) -> None:
    words = content.headline_of(data)
    size = 11.5 if len(words) < 200 else 9.5
    counts = measure_rows.counts_text(rows)
    inner = page.right - page.left - 16
    height = page.measure(words, style(size, bold=True), inner) + 11 + 12
    page.panel((page.left, page.y - height, page.right - page.left, height), PALE)
    page.gap(5)
    page.flow(words, style(size, bold=True), x=page.left + 8, width=inner, tag="H2")
    page.gap(2)
    page.flow(counts, style(8), x=page.left + 8, width=inner)
    page.gap(5 + _GAP)


def _also(page: Page, data: ReportData, others: Sequence[Row]) -> None:
    """Write the other values in one paragraph, as many as fit; the rest are overleaf."""
    if not others:
        return
    page.gap(4)
    words = [in_a_line(r, data) for r in others]
    kept = list(words)
    while kept:
        left = len(words) - len(kept)
        tail = f" {left} more overleaf." if left else ""
        told = f"Also measured: {'; '.join(kept)}.{tail}"
        if page.measure(told, style(7.5), page.right - page.left) <= page.room - _since_height(
            data
        ):
            page.flow(told, style(7.5))
            return
        kept.pop()


def _since_height(data: ReportData) -> float:
    return 22.0 + 10.0 * len(data.since[:3]) if data.since else 0.0


def _since(page: Page, data: ReportData) -> None:
    if not data.since:
        return
    page.heading("Since last time")
    for words in data.since[:3]:
        page.flow(words, style(8))


def _film_next(page: Page, main: Sequence[Row]) -> None:
    """Say how to film what was not measured, as far as there is room."""
    wanted: dict[str, list[str]] = {}
    for row in main:
        if not row.measured and (how := measure_rows.how_to_film(row.measure_id)):
            wanted.setdefault(how, []).append(row.title)
    lines = [f"{', '.join(titles)}: {how}" for how, titles in wanted.items()]
    width = page.right - page.left
    heights = [page.measure(words, style(8), width) + 2 for words in lines]
    if not lines or sum(heights) + 26 > page.room:
        return
    page.heading("To see the rest, film this")
    for words in lines:
        page.flow(words, style(8))
        page.gap(2)


def _bottom_height(page: Page, data: ReportData, most: int) -> float:
    """Return what plan, symptoms line and foot take, points."""
    return _plan_height(page, data, most) + _symptoms_height(page, data) + 36.0


def _bottom(page: Page, data: ReportData, most: int) -> None:
    if _has_plan(data):
        _plan(page, data, most)
    _symptoms(page, data)
    page.gap(4)
    page.flow(f"{content.ESTIMATES} {content.NOT_A_DIAGNOSIS}", style(6.8))
    facts = " · ".join(f"{k} {v}" for k, v in content.version_facts(data.analysis)[:3])
    page.flow(facts, style(6, colour=NOT_MEASURED))


def _has_plan(data: ReportData) -> bool:
    return data.audience == "pt" or data.plan is not None


def _plan_rows(page: Page, data: ReportData, most: int) -> list[tuple[str, str, float]]:
    """Return label, words and height of each line of the plan; a runner's has no blank ones."""
    plan = content.plan_of(data)
    given = [(label, content.shortened(str(getattr(plan, key)), most)) for key, label in PLAN]
    width = page.right - page.left - 90
    return [
        (label, words, page.measure(words, style(8.5), width) + 3 if words else _BLANK)
        for label, words in given
        if words or data.audience == "pt"
    ]


def _plan_height(page: Page, data: ReportData, most: int) -> float:
    if not _has_plan(data):
        return 0.0
    return 26.0 + sum(h for _, _, h in _plan_rows(page, data, most))


def _plan(page: Page, data: ReportData, most: int) -> None:
    page.heading("Plan" if data.audience == "pt" else "Your plan")
    for label, words, height in _plan_rows(page, data, most):
        page.paragraph(label, style(8, colour=NOT_MEASURED), width=84)
        if words:
            page.paragraph(words, style(8.5), x=page.left + 88)
        else:
            _blank_line(page, page.left + 88, page.right - page.left - 88, page.y - 11)
        page.gap(height)


def _symptoms_words(data: ReportData) -> str:
    return (
        content.SYMPTOMS_FIRST if data.audience == "pt" else f"Symptoms come first. {WHEN_TO_SEE}"
    )


def _symptoms_height(page: Page, data: ReportData) -> float:
    width = page.right - page.left - 30
    return page.measure(_symptoms_words(data), style(8.5, bold=True), width) + 16


def _symptoms(page: Page, data: ReportData) -> None:
    page.gap(4)
    height = _symptoms_height(page, data) - 6
    page.panel((page.left, page.y - height, page.right - page.left, height), "#FFFFFF", LINE)
    icon(page, "watch", page.left + 12, page.y - height / 2, 6)
    page.gap(4)
    words = _symptoms_words(data)
    width = page.right - page.left - 30
    page.paragraph(words, style(8.5, bold=True), x=page.left + 24, width=width)
    page.gap(height - 4)

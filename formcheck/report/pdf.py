"""The PDF report: one page (A4 or Letter) with real text, and a second page of details.

The physiotherapist's page follows the usual order of a clinical one-page summary: head, one
sentence, pictures, table, plan. The runner's page says one thing to try and when to see someone,
with few numbers.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from formcheck.assess import advice
from formcheck.files import whole_file
from formcheck.render import wording
from formcheck.render.curves import cycle_curves
from formcheck.render.palette import NOT_MEASURED
from formcheck.render.plots import cycle_plot
from formcheck.render.verdicts import Ranges
from formcheck.report import content
from formcheck.report.base import ReportData, export
from formcheck.report.content import Row
from formcheck.report.pdf_page import BOLD, LINE, MARGIN, SANS, Page, icon, strip, strip_axis, style
from formcheck.results import KeyFrame, Measurement

_FOOT: Final = 44.0  # height of disclaimers and versions at the page's end, points
_PLAN: Final = 82.0
_ROW: Final = 27.0
_ALSO_FOR_RUNNER: Final = ("cadence", "peak_knee_flexion_stance", "squat_depth", "rep_count")
_WHEN_TO_SEE: Final = (
    "See a pelvic-health physiotherapist or doctor if you have leaking, heaviness or a bulge, "
    "bleeding, or pain in the pelvis, back or legs, whatever this page says. "
    "It cannot tell whether you are ready to run."
)


@export("pdf", "One-page report (PDF)")
def write_pdf(data: ReportData, folder: Path) -> tuple[Path, ...]:
    """Write ``report.pdf``: page 1 the summary, page 2 every step, curves and settings.

    Parameters
    ----------
    data : ReportData
        `audience` and `paper` choose wording and size.
    folder : Path

    Returns
    -------
    tuple of Path
        The one file.
    """
    path = folder / "report.pdf"
    title = f"Running form: {data.analysis.clip.path}"
    with whole_file(path) as part:
        page = Page.open(part, data.paper, title)
        if data.audience == "pt":
            _pt_page(page, data)
        else:
            _runner_page(page, data)
        page.next()
        _details(page, data)
        page.canvas.showPage()
        page.canvas.save()
    return (path,)


def _pt_page(page: Page, data: ReportData) -> None:
    _head(page, data, "RUNNING FORM: VIDEO SUMMARY")
    _sentence(page, data)
    _figures(page, data, count=4, height=170.0)
    rows = [r for r in content.rows_of(data.analysis) if r.measured or r.core]
    page.heading("Measures")
    _table(page, data, rows, floor=MARGIN + _FOOT + _PLAN)
    _plan(page, data)
    _foot(page, data)


def _runner_page(page: Page, data: ReportData) -> None:
    _head(page, data, "YOUR RUNNING VIDEO")
    _sentence(page, data)
    _figures(page, data, count=2, height=236.0)
    cards = content.cards_of(data)[:1]
    for finding, words in cards:
        page.heading("One thing to try" if finding.suggestion else "In short")
        if words:
            page.flow(words, style(10.5))
            page.gap(3)
        if finding.suggestion:
            page.flow(finding.suggestion, style(10.5, bold=True))
    page.heading("What the video shows, and how sure we are")
    floor = MARGIN + _FOOT + 62
    for row in [r for r in content.rows_of(data.analysis) if _for_runner(r)]:
        if page.y - 26 < floor:
            break
        _plain_row(page, data, row)
    page.heading("When to see someone")
    page.flow(_WHEN_TO_SEE, style(9.5))
    _foot(page, data)


def _for_runner(row: Row) -> bool:
    """Tell whether a measure stands on the runner's page, which has few numbers."""
    return row.core or (row.measured and row.measure_id in _ALSO_FOR_RUNNER)


def _head(page: Page, data: ReportData, title: str) -> None:
    page.flow(title, style(12, bold=True))
    page.gap(3)
    if data.audience == "pt":
        fields = [("Code", data.code), ("Date", data.date), ("PT", data.signed_by)]
    else:
        fields = [("Date", data.date)] if data.date else []
    if fields:
        words = "     ".join(f"{k}: {v or '________________'}" for k, v in fields)
        page.flow(words, style(9))
        page.gap(2)
    facts = [f"{k}: {v}" for k, v in content.clip_facts(data.analysis)]
    quality = content.overall_grade(data.analysis, data.settings)
    facts += [f"Grade {quality}"] if quality else []
    page.flow("  ·  ".join(facts), style(7.5, colour=NOT_MEASURED))
    page.gap(3)
    page.rule()
    page.gap(5)


def _sentence(page: Page, data: ReportData) -> None:
    words = content.headline_of(data)
    size = 12.0 if len(words) < 220 else 10.0
    page.flow(words, style(size, bold=True))
    page.gap(6)


def _figures(page: Page, data: ReportData, count: int, height: float) -> None:
    frames = content.main_frames(data.analysis.frames, count)
    if not frames:
        return
    space = 8.0
    width = (page.right - page.left - space * (count - 1)) / count
    tallest = 0.0
    top = page.y
    for i, frame in enumerate(frames):
        x = page.left + i * (width + space)
        _figure(page, data, frame, (x, top - height, width, height))
        page.y = top - height - 3
        tallest = max(
            tallest, page.paragraph(content.unbroken(frame.caption), style(7.5), x=x, width=width)
        )
    page.y = top - height - 3 - tallest


def _figure(
    page: Page, data: ReportData, frame: KeyFrame, box: tuple[float, float, float, float]
) -> None:
    drawn = page.picture(data.folder / frame.path, box, frame.alt, data.settings.jpeg_quality)
    if not drawn:
        page.canvas.setStrokeColor(HexColor(LINE))
        page.canvas.rect(*box)


def _columns(page: Page) -> dict[str, float]:
    left, width = page.left, page.right - page.left
    shares = {"measure": 0.0, "left": 0.24, "right": 0.46, "difference": 0.68, "usual": 0.78}
    return {k: left + v * width for k, v in {**shares, "sure": 0.90}.items()}


def _table(page: Page, data: ReportData, rows: Sequence[Row], floor: float) -> None:
    at = _columns(page)
    heads = {
        "measure": "MEASURE",
        "left": "LEFT",
        "right": "RIGHT",
        "difference": "R \N{MINUS SIGN} L",
        "usual": "USUAL",
        "sure": "SURE",
    }
    for key, words in heads.items():
        page.paragraph(words, style(7, bold=True, colour=NOT_MEASURED), x=at[key])
    page.gap(11)
    left_out = 0
    for i, row in enumerate(rows):
        needed = _ROW if row.measured else _height_unmeasured(row, at)
        if page.y - needed < floor + (9 if i < len(rows) - 1 else 0):
            left_out = len(rows) - i
            break
        _row(page, data, row, at)
        page.gap(needed)
        page.rule()
        page.gap(2)
    if left_out:
        page.flow(f"{left_out} more on page 2.", style(7, colour=NOT_MEASURED))


def _height_unmeasured(row: Row, at: dict[str, float]) -> float:
    lines = 1 + (stringWidth(row.title, BOLD, 8.5) > at["left"] - at["measure"] - 4)
    reasons = stringWidth(_why(row), SANS, 7) / (0.75 * (at["sure"] - at["measure"]))
    return float(max(11.0 * lines, 9.0 * math.ceil(reasons)) + 3.0)


def _why(row: Row) -> str:
    reasons = " ".join(dict.fromkeys(m.reason for m in row.sides))
    return _shortened(f"not measured: {reasons}", 190)


def _row(page: Page, data: ReportData, row: Row, at: dict[str, float]) -> None:
    page.paragraph(row.title, style(8.5, bold=True), width=at["left"] - at["measure"] - 8)
    if not row.measured:
        page.paragraph(_why(row), style(7, colour=NOT_MEASURED), x=at["left"])
        return
    seen = [m for m in row.sides if m.value is not None]
    ranges = Ranges.of_analysis(data.analysis)
    axis = strip_axis(seen, ranges.span(row.measure_id))
    both = row.of("both")
    if both is not None:
        _cell(page, data, both, (at["left"], at["difference"] - at["left"] - 8), axis)
    else:
        for side, end in (("left", "right"), ("right", "difference")):
            m = row.of(side)
            if m is not None:
                _cell(page, data, m, (at[side], at[end] - at[side] - 8), axis)
    d = content.difference_text(row, data.settings)
    page.paragraph(d or "-", style(8), x=at["difference"], width=at["usual"] - at["difference"] - 3)
    usual = ranges.words(row.measure_id, seen[0].unit, data.settings) or "none"
    page.paragraph(usual, style(7), x=at["usual"], width=at["sure"] - at["usual"] - 3)
    sure = content.sure_text(row, data.settings, in_test=content.in_test(data.analysis))
    page.paragraph(sure, style(7), x=at["sure"])


def _cell(
    page: Page,
    data: ReportData,
    m: Measurement,
    span: tuple[float, float],
    axis: tuple[float, float],
) -> None:
    x, width = span
    if m.value is None:
        page.paragraph("not measured", style(7.5, colour=NOT_MEASURED), x=x, width=width)
        return
    sure = m.status == "ok"
    ranges = Ranges.of_analysis(data.analysis)
    verdict = ranges.verdict(m)
    words = wording.value_text(m, data.settings)
    extra = verdict or ("" if sure else "uncertain")
    page.paragraph(words, _ink(sure), x=x, width=width)
    indent = page.canvas.stringWidth(words, BOLD, 9) + 6
    if verdict:
        icon(page, verdict, x + indent + 3, page.y - 6, 3.2)
        indent += 9
    if extra:
        page.paragraph(extra, style(6.5, colour=NOT_MEASURED), x=x + indent, width=width - indent)
    strip(page, m, (x, page.y - 25, width, 12), axis, ranges.span(m.id))


def _ink(sure: bool) -> object:
    return style(9, bold=True) if sure else style(9, bold=True, colour=NOT_MEASURED)


def _plain_row(page: Page, data: ReportData, row: Row) -> None:
    """Write one measure in plain words: title, values, how sure."""
    page.paragraph(row.title, style(9, bold=True), width=172)
    if not row.measured:
        reasons = " ".join(dict.fromkeys(m.reason for m in row.sides))
        words = _shortened(f"Not measured. {reasons}", 150)
        height = page.paragraph(words, style(8, colour=NOT_MEASURED), x=page.left + 176)
        page.gap(max(14.0, height + 3))
        return
    parts = [_spoken(m, data) for m in row.sides if m.value is not None]
    height = page.paragraph(content.unbroken(";  ".join(parts)), style(9), x=page.left + 176)
    page.gap(max(15.0, height + 4))


def _spoken(m: Measurement, data: ReportData) -> str:
    side = wording.side_phrase(m.id, m.side)
    value = wording.value_text(m, data.settings)
    counted = wording.steps_word(
        m.n, wording.counted_as(m.id, in_test=content.in_test(data.analysis))
    )
    sure = f"from {counted}" if m.status == "ok" else f"uncertain, from {counted}"
    return f"{side + ': ' if side else ''}{value} ({sure})"


def _shortened(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + " …"


def _plan(page: Page, data: ReportData) -> None:
    page.y = MARGIN + _FOOT + _PLAN - 4
    page.heading("Plan")
    given = advice(data.analysis)
    dotted = "_" * 34
    half = (page.right - page.left) / 2
    cue, drill = (given.cue, given.drill) if given else ("", "")
    page.paragraph(f"Cue: {_shortened(cue, 130) or dotted}", style(8.5), width=half - 10)
    words = f"Drill and dose: {_shortened(drill, 130) or dotted}"
    page.paragraph(words, style(8.5), x=page.left + half)
    page.gap(36)
    page.paragraph(f"Check again on: {dotted[:18]}", style(8.5), width=half - 10)
    page.paragraph(f"Notes: {dotted}", style(8.5), x=page.left + half)


def _foot(page: Page, data: ReportData) -> None:
    page.y = MARGIN + _FOOT - 6
    page.rule()
    page.gap(3)
    page.flow(" ".join(content.DISCLAIMERS), style(6.8))
    page.gap(1)
    facts = "  ·  ".join(f"{k} {v}" for k, v in content.version_facts(data.analysis)[:3])
    page.flow(facts, style(6, colour=NOT_MEASURED))


def _details(page: Page, data: ReportData) -> None:
    """Write page 2: curves, every step, what was not measured, how the clip was read."""
    page.flow("Details", style(12, bold=True))
    _curve_row(page, data)
    page.heading("All values, and every step in order")
    for m in data.analysis.measurements:
        if m.value is None:
            continue
        if page.room < 120:
            page.flow("The table measurements.csv holds the rest.", style(7.5))
            break
        _step_line(page, data, m)
    missing = content.unmeasured(content.rows_of(data.analysis))
    if missing and page.room > 120:
        page.heading("Not measured from this clip")
        for titles, reason in missing:
            if page.room < 100:
                break
            page.flow(_shortened(titles, 250), style(7.5, bold=True))
            page.flow(_shortened(reason, 300), style(7.5))
            page.gap(2)
    page.y = min(page.y, MARGIN + 58)
    page.heading("How this clip was read")
    facts = (*content.clip_facts(data.analysis), *content.version_facts(data.analysis))
    page.flow("  ·  ".join(f"{k}: {v}" for k, v in facts), style(7, colour=NOT_MEASURED))


def _step_line(page: Page, data: ReportData, m: Measurement) -> None:
    label = wording.label_of(m.id, m.side)
    value = wording.value_text(m, data.settings)
    steps = ", ".join(
        wording.number(v, m.unit, data.settings) if v is not None else "-" for v in m.per_step
    )
    mark = "" if m.status == "ok" else " (uncertain)"
    left = page.paragraph(f"{label}: {value}{mark}", style(7.5, bold=True), width=190)
    right = page.paragraph(_shortened(steps, 420), style(7), x=page.left + 196)
    page.gap(max(left, right) + 2.5)


def _curve_row(page: Page, data: ReportData) -> None:
    if data.trial is None:
        return
    curves = cycle_curves(data.trial, data.settings.cycle_points)
    keys = list(dict.fromkeys(c.key for c in curves))[:2]
    if not keys:
        return
    page.heading("Over one cycle: average and spread")
    width = (page.right - page.left - 10) / 2
    top = page.y
    heights = [0.0]
    for i, key in enumerate(keys):
        group = [c for c in curves if c.key == key]
        alt = f"{group[0].title}, over one {group[0].over}: average and spread."
        box = (page.left + i * (width + 10), top, width)
        heights.append(page.vector(cycle_plot(group, image_format="png"), box, alt))
    page.y = top - max(heights)

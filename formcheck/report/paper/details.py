"""The pages after the summary: curves, steps, what was not measured, settings, edits, sources."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.styles import ParagraphStyle

from formcheck.render import wording
from formcheck.render.curves import cycle_curves
from formcheck.render.palette import NOT_MEASURED
from formcheck.render.plots import cycle_plot
from formcheck.report import content, measure_rows
from formcheck.report.base import ReportClip, ReportData
from formcheck.report.measure_rows import Row
from formcheck.report.paper.page import MARGIN, Page, style
from formcheck.results import Measurement

_LABEL: Final = 196.0
_CELL: Final = 21.5
_MOST_REASON: Final = 320
PLAN: Final = (
    ("cue", "Cue"),
    ("drill", "Drill"),
    ("dose", "Dose"),
    ("recheck", "Check again on"),
    ("note", "Notes"),
)


def write_details(page: Page, data: ReportData, plan_most: int) -> None:
    """Write the details from the cursor on; goes to further pages where one does not hold them."""
    page.floor = MARGIN
    rows = measure_rows.session_rows(data)
    page.flow("Details", style(13, bold=True), tag="H1")
    for clip in data.clips:
        _curves(page, data, clip)
    _steps(page, data, [r for r in rows if r.measured])
    _missing(page, rows)
    _plan_in_full(page, data, plan_most)
    _edits(page, data)
    _read_as(page, data)
    _sources(page, data, rows)


def _need(page: Page, points: float) -> None:
    if page.room < points:
        page.next()


def _heading(page: Page, words: str, room: float = 40.0) -> None:
    _need(page, room)
    page.heading(words)


def _curves(page: Page, data: ReportData, clip: ReportClip) -> None:
    if clip.trial is None:
        return
    curves = cycle_curves(clip.trial, data.settings.cycle_points)
    keys = list(dict.fromkeys(c.key for c in curves))[:2]
    if not keys:
        return
    _heading(page, f"Over one cycle: average and spread{_clip_suffix(data, clip)}", 190)
    width = 0.86 * (page.right - page.left - 10) / 2
    top = page.y
    heights = [0.0]
    for i, key in enumerate(keys):
        group = [c for c in curves if c.key == key]
        counts = ", ".join(f"{c.label} {c.n}" for c in group)
        alt = f"{group[0].title}, over one {group[0].over}: average and spread ({counts})."
        box = (page.left + i * (width + 10), top, width)
        heights.append(page.vector(cycle_plot(group, image_format="png"), box, alt))
    page.y = top - max(heights)
    page.flow(
        "Line: average; band: one standard deviation. L solid, R dashed.",
        style(7, colour=NOT_MEASURED),
    )


def _clip_suffix(data: ReportData, clip: ReportClip) -> str:
    return f" ({clip.analysis.clip.path})" if data.more else ""


def _steps(page: Page, data: ReportData, rows: Sequence[Row]) -> None:
    """Write every value and every step in order, in columns that line up."""
    values = [(r, m) for r in rows for m in r.seen]
    if not values:
        return
    _heading(page, "Every step")
    per_line = int((page.right - page.left - _LABEL) // _CELL)
    with page.tags.group("Table"):
        _step_head(page, per_line)
        for row, m in values:
            lines = -(-max(1, len(m.per_step)) // per_line)
            label = _label(row, m, data)
            height = max(page.measure(label, _ink(m), _LABEL - 6), 9.5 * lines) + 1.5
            if page.room < height:
                page.next()
                _step_head(page, per_line)
            with page.tags.group("TR"):
                _step_line(page, data, m, (label, per_line))
            page.gap(height)


def _step_head(page: Page, per_line: int) -> None:
    grey = style(6.5, bold=True, colour=NOT_MEASURED)
    with page.tags.group("TR"):
        page.paragraph("VALUE, AVERAGE ± 95 %", grey, width=_LABEL, tag="TH")
        for k in range(per_line):
            x = page.left + _LABEL + k * _CELL
            page.paragraph(f"{k + 1}", grey, x=x, width=_CELL, tag="TH")
    page.gap(10)


def _label(row: Row, m: Measurement, data: ReportData) -> str:
    value = content.unbroken(wording.value_text(m, data.settings))
    unsure = "" if m.status == "ok" else ", uncertain"
    return f"{wording.label_of(row.measure_id, m.side)}: {value}{unsure}"


def _ink(m: Measurement) -> ParagraphStyle:
    return style(7.5, bold=m.id in measure_rows.CORE_ORDER)


def _step_line(page: Page, data: ReportData, m: Measurement, what: tuple[str, int]) -> None:
    label, per_line = what
    page.paragraph(label, _ink(m), width=_LABEL - 6, tag="TH")
    top = page.y
    for k, value in enumerate(m.per_step):
        line, place = divmod(k, per_line)
        page.y = top - 9.5 * line
        words = wording.number(value, m.unit, data.settings) if value is not None else "\N{EN DASH}"
        x = page.left + _LABEL + place * _CELL
        page.paragraph(words, style(7), x=x, width=_CELL + 6, tag="TD")
    page.y = top


def _missing(page: Page, rows: Sequence[Row]) -> None:
    missing = measure_rows.unmeasured(rows)
    if not missing:
        return
    _heading(page, "Not measured, and what to film instead")
    main = [row.title for row in rows if row.core]
    for titles, reason in missing:
        in_full = any(title in titles for title in main)  # the others' recipe is in the app
        words = reason if in_full else measure_rows.short_reason(reason)
        words = content.shortened(words, _MOST_REASON)
        title = content.shortened(titles, 250)
        width = page.right - page.left
        needed = page.measure(title, style(7.5, bold=True), width)
        _need(page, needed + page.measure(words, style(7.5), width) + 3)
        page.flow(title, style(7.5, bold=True))
        page.flow(words, style(7.5))
        page.gap(2.5)


def _plan_in_full(page: Page, data: ReportData, most: int) -> None:
    """Write what was too long for page 1."""
    plan = content.plan_of(data)
    long = [(label, w) for key, label in PLAN if len(w := str(getattr(plan, key))) > most]
    if not long:
        return
    _heading(page, "Plan, in full")
    for label, words in long:
        told = f"{label}: {words}"
        _need(page, page.measure(told, style(8), page.right - page.left) + 3)
        page.flow(told, style(8))
        page.gap(3)


def _edits(page: Page, data: ReportData) -> None:
    edits = content.edits_of(data)
    if not edits:
        return
    _heading(page, "Corrections by hand")
    for note in edits:
        words = f"{note.when}  {note.what}" + (f". {note.effect}" if note.effect else "")
        _need(page, page.measure(words, style(7.5), page.right - page.left) + 2)
        page.flow(words, style(7.5))
        page.gap(1.5)


def _read_as(page: Page, data: ReportData) -> None:
    _heading(page, "How it was read")
    for clip in data.clips:
        facts = (*content.clip_facts(clip.analysis), *content.version_facts(clip.analysis))
        words = " · ".join(f"{k}: {v}" for k, v in facts)
        _need(page, page.measure(words, style(7), page.right - page.left) + 2)
        page.flow(words, style(7))
        page.gap(2)
    if not content.edits_of(data):
        page.flow("Corrections by hand: none, every value is as it was found.", style(7))


def _sources(page: Page, data: ReportData, rows: Sequence[Row]) -> None:
    sources = content.sources_of(data, rows)
    _heading(page, "Sources")
    own = "How far each value may be off: docs/accuracy.md of formcheck, scored on rendered people."
    words = " · ".join((*sources, own))
    _need(page, page.measure(words, style(7), page.right - page.left))
    page.flow(words, style(7))

"""The tables of the HTML report: measures with intervals, every step, what was not measured."""

import html
from collections.abc import Iterable, Sequence
from typing import Final

from formcheck.assess import verdict_of, word_of
from formcheck.render import wording
from formcheck.render.dots import dots_plot
from formcheck.render.plots import inline_svg
from formcheck.report import content, measure_rows
from formcheck.report.base import ReportData
from formcheck.report.measure_rows import Row
from formcheck.results import Measurement

esc = html.escape

_ICON: Final[dict[str, str]] = {
    "usual": '<circle cx="8" cy="8" r="7"/><path d="M4.5 8.2l2.4 2.6 4.6-5.4" fill="none" '
    'stroke="{bg}" stroke-width="2"/>',
    "watch": '<path d="M8 1l7.4 13.4H.6z"/><path d="M8 5.5v4.6M8 11.4v1.8" stroke="{bg}" '
    'stroke-width="1.8"/>',
    "outside": '<path d="M8 0l8 8-8 8-8-8z"/><path d="M8 3.8v5M8 10.4v2" stroke="{bg}" '
    'stroke-width="2"/>',
    "none": '<path d="M2 8h12" stroke="currentColor" stroke-width="2.4"/>',
}
_HOLE: Final = {"usual": "#1F6FB2", "watch": "#F0A202", "outside": "#A4161A", "none": "#fff"}
_WIDTHS: Final = (
    "<colgroup>"
    + "".join(f'<col style="width:{w}%">' for w in (21, 15, 15, 13, 10, 26))
    + "</colgroup>"
)


def chip(kind: str, words: str) -> str:
    """Return a status chip: icon and word, never colour alone."""
    drawing = _ICON[kind].replace("{bg}", _HOLE[kind])
    icon = f'<svg viewBox="0 0 16 16" aria-hidden="true" fill="currentColor">{drawing}</svg>'
    return f'<span class="chip {kind}">{icon}{esc(words)}</span>'


def measures(data: ReportData) -> str:
    """Return the five main measures, measured or not."""
    main = measure_rows.core_rows(measure_rows.session_rows(data))
    if not main:
        return ""
    note = (
        '<p class="small">In the last column every dot is one step, the bar is the average, the '
        "thick line its 95 % interval; grey is the published range, where there is one.</p>"
    )
    return f"<h2>The five main measures</h2>{note}{_table(data, main)}"


def others(data: ReportData) -> str:
    """Return the other values, and what was not measured and why."""
    rows = measure_rows.session_rows(data)
    more = [r for r in rows if r.measured and not r.core]
    table = f'<section class="also"><h2>Also measured</h2>{_table(data, more)}</section>'
    return (table if more else "") + missing([r for r in rows if not r.measured])


def _table(data: ReportData, rows: Iterable[Row]) -> str:
    names = ("Measure", "Left", "Right", "Right minus left", "How sure", "Every step")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(_row(data, row) if row.measured else _unmeasured(row) for row in rows)
    return (
        f'<table class="measures">{_WIDTHS}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def missing(rows: Iterable[Row]) -> str:
    """Say what was not measured and why, measures with the same reason together."""
    body = "".join(
        f'<tr><th scope="row">{esc(titles)}</th><td>{chip("none", "not measured")} '
        f'<span class="dim">{esc(reason)}</span></td></tr>'
        for titles, reason in measure_rows.unmeasured(rows)
    )
    if not body:
        return ""
    return (
        "<h2>Not measured, and what to film instead</h2>"
        '<table class="measures"><colgroup><col style="width:38%"><col></colgroup>'
        '<thead><tr><th scope="col">Measure</th><th scope="col">Why, and how to film it</th></tr>'
        f"</thead><tbody>{body}</tbody></table>"
    )


def _unmeasured(row: Row) -> str:
    return (
        f'<tr><th scope="row">{esc(row.title)}</th><td colspan="5">'
        f"{chip('none', 'not measured')} "
        f'<span class="dim">{esc(measure_rows.short_reason(row.reason))}</span></td></tr>'
    )


def _row(data: ReportData, row: Row) -> str:
    sign = content.sign_of(row.measure_id)
    note = f'<div class="small">{esc(sign)}</div>' if sign else ""
    title = f'<th scope="row">{esc(row.title)}{note}</th>'
    both = row.of("both")
    if both is not None:
        cells = f'<td class="num" colspan="2" data-label="Both sides">{_value(data, both)}</td>'
    else:
        cells = "".join(
            f'<td class="num" data-label="{side.capitalize()}">{_value(data, row.of(side))}</td>'
            for side in ("left", "right")
        )
    difference = esc(measure_rows.difference_text(row, data.settings))
    sure = esc(measure_rows.sure_text(row, data.settings))
    return (
        f"<tr>{title}{cells}"
        f'<td class="num" data-label="Right minus left">{difference}</td>'
        f'<td data-label="How sure">{sure}</td>'
        f'<td class="dots">{_dots(data, row)}</td></tr>{_why(row)}'
    )


def _why(row: Row) -> str:
    """Say why a value is uncertain or missing on one side, over the whole width of the table."""
    told: dict[str, list[str]] = {}
    for m in row.sides:
        if m.reason:
            told.setdefault(m.reason, []).append(m.side)
    if not told:
        return ""
    words = "".join(
        f"<p>{'' if sides == ['both'] else esc(' and '.join(sides).capitalize()) + ': '}"
        f"{esc(reason)}</p>"
        for reason, sides in told.items()
    )
    return (
        '<tr class="why"><td colspan="6"><details><summary>Why uncertain</summary>'
        f"{words}</details></td></tr>"
    )


def _value(data: ReportData, m: Measurement | None) -> str:
    if m is None:
        return ""
    if m.value is None:
        return chip("none", "not measured")
    words = esc(content.unbroken(wording.value_text(m, data.settings)))
    if m.status == "uncertain":
        return f'<span class="value dim">{words}</span> {chip("none", "uncertain")}'
    mark = f" {chip(verdict_of(m) or 'none', word_of(m))}" if m.reference is not None else ""
    return f'<span class="value">{words}</span>{mark}'


def _dots(data: ReportData, row: Row) -> str:
    told = "; ".join(
        f"{m.side} {wording.value_text(m, data.settings)} from {m.n}" for m in row.seen
    )
    svg = dots_plot(row.seen, data.settings, band=measure_rows.usual_span(row))
    words = f"{row.title}, every step as a dot: {told}"
    usual = measure_rows.usual_words(row)
    reference = row.seen[0].reference
    if reference is not None:
        who = f"{reference.who}; grade {reference.grade}"
        usual = f'<div class="small">Published range: {esc(usual)} ({esc(who)})</div>'
    return inline_svg(svg, words, f"d{row.measure_id}-") + usual


def steps(data: ReportData) -> str:
    """Return every step of the main measures in order (physiotherapist's version)."""
    if data.audience != "pt":
        return ""
    rows = [(r, m) for r in measure_rows.core_rows(measure_rows.session_rows(data)) for m in r.seen]
    longest = max((len(m.per_step) for _, m in rows), default=0)
    if not longest:
        return ""
    head = "".join(f'<th scope="col">{k + 1}</th>' for k in range(longest))
    body = "".join(_step_row(data, row, m) for row, m in rows)
    return (
        '<h2>Step by step</h2><div class="wide"><table class="steps"><thead><tr>'
        f'<th scope="col">Measure</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _step_row(data: ReportData, row: Row, m: Measurement) -> str:
    words = [
        wording.number(v, m.unit, data.settings) if v is not None else "\N{EN DASH}"
        for v in m.per_step
    ]
    cells = "".join(f"<td>{esc(w)}</td>" for w in words)
    return f'<tr><th scope="row">{esc(wording.label_of(row.measure_id, m.side))}</th>{cells}</tr>'


def facts(pairs: Sequence[tuple[str, str]]) -> str:
    """Return label and words side by side."""
    items = "".join(f"<div><dt>{esc(k)}</dt><dd>{esc(v)}</dd></div>" for k, v in pairs)
    return f'<dl class="facts">{items}</dl>'

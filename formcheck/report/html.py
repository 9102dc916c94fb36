"""The HTML report: one file that needs no network, no script and no font of its own."""

import base64
import html
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import cv2

from formcheck.files import whole_file
from formcheck.render import wording
from formcheck.render.curves import CycleCurve, cycle_curves
from formcheck.render.dots import dots_plot
from formcheck.render.palette import VERDICT_WORD, Verdict
from formcheck.render.plots import cycle_plot, inline_svg
from formcheck.render.verdicts import Ranges
from formcheck.report import content
from formcheck.report.base import ReportData, export
from formcheck.report.content import Row
from formcheck.report.html_style import CSS
from formcheck.results import Finding, KeyFrame, Measurement

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


@export("html", "Report to read and print (HTML)")
def write_html(data: ReportData, folder: Path) -> tuple[Path, ...]:
    """Write ``report.html``: everything inside but the clip, which is linked beside it.

    Parameters
    ----------
    data : ReportData
    folder : Path
        Where the file goes; usually ``data.folder``.

    Returns
    -------
    tuple of Path
        The one file.
    """
    path = folder / "report.html"
    with whole_file(path) as part:
        part.write_text(page(data), encoding="utf-8")
    return (path,)


def page(data: ReportData) -> str:
    """Return the report as one HTML page."""
    analysis = data.analysis
    title = f"Running form: {analysis.clip.path}"
    body = "\n".join(
        part
        for part in (
            _head(data),
            _findings(data),
            _pictures(data),
            _video(data),
            _table(data),
            _curves(data),
            _notes(data),
            _steps(data),
            _about(data),
        )
        if part
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{esc(title)}</title>\n<style>{CSS}</style></head>\n"
        f"<body><main>\n{body}\n</main></body></html>\n"
    )


def _facts(pairs: Iterable[tuple[str, str]]) -> str:
    items = "".join(f"<div><dt>{esc(k)}</dt><dd>{esc(v)}</dd></div>" for k, v in pairs)
    return f'<dl class="facts">{items}</dl>'


def _head(data: ReportData) -> str:
    blank = '<span class="blank">&nbsp;</span>'
    fields = ""
    if data.audience == "pt":
        given = (("Code", data.code), ("Date", data.date), ("PT", data.signed_by))
        cells = "".join(
            f"<div><dt>{k}</dt><dd>{esc(v) if v else blank}</dd></div>" for k, v in given
        )
        fields = f'<dl class="facts">{cells}</dl>'
    elif data.date:
        fields = _facts([("Date", data.date)])
    quality = content.overall_grade(data.analysis, data.settings)
    facts = list(content.clip_facts(data.analysis))
    if quality:
        facts.append(("Grade", f"{quality} ({_GRADE_WORDS[quality]})"))
    return (
        '<p class="kicker">Running form, video summary</p>'
        f"<h1>{esc(content.headline_of(data))}</h1>{fields}{_facts(facts)}"
    )


_GRADE_WORDS: Final = {
    "A": "enough steps",
    "B": "few steps",
    "C": "too few steps, or an uncertain value",
}


def chip(kind: str, words: str) -> str:
    """Return a status chip: icon and word, never colour alone."""
    drawing = _ICON[kind].replace("{bg}", _HOLE[kind])
    icon = f'<svg viewBox="0 0 16 16" aria-hidden="true" fill="currentColor">{drawing}</svg>'
    return f'<span class="chip {kind}">{icon}{esc(words)}</span>'


def _finding(f: Finding, words: str) -> str:
    kind = {"outside": "outside", "watch": "watch"}.get(f.severity, "none")
    mark = "" if f.severity == "info" else chip(kind, content.SEVERITY_WORD[f.severity])
    told = f"<p>{esc(words)}</p>" if words else ""
    advice = f'<p class="try">{esc(f.suggestion)}</p>' if f.suggestion else ""
    return f'<div class="card">{mark}{told}{advice}</div>'


def _findings(data: ReportData) -> str:
    cards = "".join(_finding(f, words) for f, words in content.cards_of(data))
    return f'<h2>In short</h2><div class="findings">{cards}</div>' if cards else ""


def _picture(data: ReportData, frame: KeyFrame) -> str:
    source = data_uri(
        data.folder / frame.path, data.settings.html_image_px, data.settings.jpeg_quality
    )
    if not source:
        return ""
    return (
        f'<figure><img src="{source}" alt="{esc(frame.alt)}">'
        f"<figcaption>{esc(content.unbroken(frame.caption))}</figcaption></figure>"
    )


def data_uri(path: Path, long_side_px: int, quality: int) -> str:
    """Return a picture as a JPEG data URI, scaled down; empty where it cannot be read."""
    image = cv2.imread(str(path)) if path.is_file() else None
    if image is None:
        return ""
    h, w = image.shape[:2]
    scale = min(1.0, long_side_px / max(h, w))
    if scale < 1:
        size = round(w * scale), round(h * scale)
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    _, jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return "data:image/jpeg;base64," + base64.b64encode(jpeg.tobytes()).decode()


def _pictures(data: ReportData) -> str:
    by_side: dict[str, list[str]] = {}
    for frame in data.analysis.frames:
        shot = _picture(data, frame)
        if shot:
            by_side.setdefault(content.frame_side(frame), []).append(shot)
    if not by_side:
        return ""
    columns = "".join(
        f"<div><h3>{side.capitalize() or 'Both'} side</h3>"
        f'<div class="shots">{"".join(s)}</div></div>'
        for side, s in by_side.items()
    )
    one = " one" if len(by_side) == 1 else ""
    return (
        "<h2>Key moments</h2>"
        '<p class="small">Each picture shows the median step, not the most extreme one. '
        "L and R are the runner's own left and right.</p>"
        f'<div class="sides{one}">{columns}</div>'
    )


def _video(data: ReportData) -> str:
    if not data.clip_file or not (data.folder / data.clip_file).is_file():
        return ""
    name = esc(data.clip_file, quote=True)
    return (
        '<h2 class="screen">Slow motion</h2>'
        f'<video controls muted playsinline preload="metadata" src="{name}" '
        'aria-label="Annotated clip, slowed down, pausing on the key moments">'
        f'<a href="{name}">{name}</a></video>'
        '<p class="small screen">The clip is a file beside this report; it has no sound.</p>'
    )


def _table(data: ReportData) -> str:
    rows = content.rows_of(data.analysis)
    if not rows:
        return ""
    head = "".join(
        f'<th scope="col">{h}</th>'
        for h in ("Measure", "Left", "Right", "Right minus left", "How sure", "Every step")
    )
    body = "".join(_row(data, row) for row in rows if row.measured)
    missing = _missing(rows)
    if not body:
        return missing
    return (
        "<h2>All measures</h2>"
        '<p class="small">In the last column every dot is one step, the bar is the average, the '
        "thick line its 95 % interval; grey is the published range, where there is one.</p>"
        f'<table class="measures">{_WIDTHS}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{missing}"
    )


def _missing(rows: Iterable[Row]) -> str:
    """Say what was not measured and why, measures with the same reason together."""
    body = "".join(
        f'<tr><th scope="row">{esc(titles)}</th><td>{chip("none", "not measured")} '
        f'<span class="dim">{esc(reason)}</span></td></tr>'
        for titles, reason in content.unmeasured(rows)
    )
    if not body:
        return ""
    return (
        "<h2>Not measured from this clip</h2>"
        '<table class="measures"><colgroup><col style="width:38%"><col></colgroup>'
        '<thead><tr><th scope="col">Measure</th><th scope="col">Why, and how to film it</th></tr>'
        f"</thead><tbody>{body}</tbody></table>"
    )


_WIDTHS: Final = (
    "<colgroup>"
    + "".join(f'<col style="width:{w}%">' for w in (22, 16, 16, 10, 9, 27))
    + "</colgroup>"
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
            f'<td class="num" data-label="{side.capitalize()}">{_value(data, m)}</td>'
            for side in ("left", "right")
            for m in (row.of(side),)
        )
    difference = esc(content.difference_text(row, data.settings))
    sure = esc(content.sure_text(row, data.settings, in_test=content.in_test(data.analysis)))
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
    words = esc(wording.value_text(m, data.settings))
    if m.status == "uncertain":
        return f'<span class="value dim">{words}</span> {chip("none", "uncertain")}'
    verdict: Verdict | None = Ranges.of_analysis(data.analysis).verdict(m)
    mark = f" {chip(verdict, VERDICT_WORD[verdict])}" if verdict else ""
    return f'<span class="value">{words}</span>{mark}'


def _dots(data: ReportData, row: Row) -> str:
    seen = [m for m in row.sides if m.value is not None]
    told = "; ".join(f"{m.side} {wording.value_text(m, data.settings)} from {m.n}" for m in seen)
    ranges = Ranges.of_analysis(data.analysis)
    svg = dots_plot(seen, data.settings, band=ranges.span(row.measure_id))
    words = f"{row.title}, every step as a dot: {told}"
    usual = ranges.words(row.measure_id, seen[0].unit, data.settings)
    if usual:
        source = ranges.source(row.measure_id)
        usual = f'<div class="small">Published range: {esc(usual)} ({esc(source)})</div>'
    return inline_svg(svg, words, f"d{row.measure_id}-") + usual


def _curves(data: ReportData) -> str:
    if data.trial is None:
        return ""
    curves = cycle_curves(data.trial, data.settings.cycle_points)
    plots = []
    for key in dict.fromkeys(c.key for c in curves):
        group = [c for c in curves if c.key == key]
        counts = ", ".join(f"{c.label} {c.n}" for c in group)
        alt = f"{group[0].title}, over one {group[0].over}: average and spread ({counts})."
        svg = inline_svg(cycle_plot(group), alt, f"c{key}-")
        cycles = f"{counts} {group[0].over}{_s(group)}"
        note = f"Line: average. Band: one standard deviation. From {cycles}."
        plots.append(f'<figure class="plot">{svg}<figcaption>{esc(note)}</figcaption></figure>')
    if not plots:
        return ""
    return f'<h2>Over one cycle</h2><div class="plots">{"".join(plots)}</div>'


def _s(group: Sequence[CycleCurve]) -> str:
    return "" if [c.n for c in group] == [1] else "s"


def _notes(data: ReportData) -> str:
    _, others = content.findings_of(data.analysis)
    if not others:
        return ""
    items = "".join(
        f"<li>{esc(f.message)}" + (f" {esc(f.suggestion)}" if f.suggestion else "") + "</li>"
        for f in others
    )
    return f"<h2>About this clip</h2><ul>{items}</ul>"


def _steps(data: ReportData) -> str:
    if data.audience != "pt":
        return ""
    lines = []
    for m in data.analysis.measurements:
        if m.id not in content.CORE_ORDER or m.value is None:
            continue
        values = ", ".join(
            wording.number(v, m.unit, data.settings) if v is not None else "-" for v in m.per_step
        )
        label = wording.label_of(m.id, m.side)
        lines.append(f'<tr><th scope="row">{esc(label)}</th><td>{esc(values)}</td></tr>')
    if not lines:
        return ""
    return (
        "<h2>Step by step</h2><table><thead><tr><th>Measure</th><th>Every step in order</th></tr>"
        f"</thead><tbody>{''.join(lines)}</tbody></table>"
    )


def _about(data: ReportData) -> str:
    words = "".join(f"<p>{esc(w)}</p>" for w in content.DISCLAIMERS)
    facts = _facts(content.version_facts(data.analysis))
    return f'<div class="notice">{words}</div><div class="small">{facts}</div>'

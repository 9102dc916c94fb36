"""The HTML report: one file that needs no network, no script and no font of its own."""

import base64
import html
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cv2

from formcheck.files import whole_file
from formcheck.render.clip_captions import clip_webvtt
from formcheck.render.curves import CycleCurve, cycle_curves
from formcheck.render.plots import cycle_plot, inline_svg
from formcheck.report import content, html_table, measure_rows
from formcheck.report.base import ReportClip, ReportData, export
from formcheck.report.html_style import CSS
from formcheck.report.html_table import chip, facts
from formcheck.results import Finding, KeyFrame

esc = html.escape
_TITLES: Final = {"pt": "Running form: video summary", "runner": "Your movement video"}
_BLANK: Final = '<span class="blank">&nbsp;</span>'
_PLAN: Final = (
    ("cue", "Cue"),
    ("drill", "Drill"),
    ("dose", "Dose"),
    ("recheck", "Check again on"),
    ("note", "Notes"),
)


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
    title = content.document_title(data)
    sections = (
        _head(data),
        _findings(data),
        _pictures(data),
        _video(data),
        html_table.measures(data),
        _since(data),
        _plan(data),
        f'<div class="notice symptoms">{esc(content.SYMPTOMS_FIRST)}</div>',
        html_table.others(data),
        *(_curves(data, clip, k) for k, clip in enumerate(data.clips)),
        _notes(data),
        html_table.steps(data),
        _edits(data),
        _about(data),
    )
    body = "\n".join(part for part in sections if part)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{esc(title)}</title>\n<style>{CSS}</style></head>\n"
        f"<body><main>\n{body}\n</main></body></html>\n"
    )


def _head(data: ReportData) -> str:
    fields = ""
    if data.audience == "pt":
        given = (("Code", data.code), ("Date", data.date), ("PT", data.signed_by))
        items = "".join(f"<div><dt>{k}</dt><dd>{esc(v) or _BLANK}</dd></div>" for k, v in given)
        fields = f'<dl class="facts">{items}</dl>'
    elif data.date:
        fields = facts([("Date", data.date)])
    clips = "".join(facts(content.clip_facts(c.analysis)) for c in data.clips)
    counts = measure_rows.counts_text(measure_rows.session_rows(data))
    return (
        f'<p class="kicker">{_TITLES[data.audience]}</p>'
        f"<h1>{esc(content.headline_of(data))}</h1><p>{esc(counts)}</p>{fields}{clips}"
    )


def _finding(f: Finding, words: str, data: ReportData) -> str:
    kind = {"outside": "outside", "watch": "watch"}.get(f.severity, "none")
    mark = "" if f.severity == "info" else chip(kind, content.word_beside(f, data))
    told = f"<p>{esc(words)}</p>" if words else ""
    advice = f'<p class="try">{esc(content.try_of(f))}</p>' if f.suggestion else ""
    return f'<div class="card">{mark}{told}{advice}</div>'


def _findings(data: ReportData) -> str:
    cards = "".join(_finding(f, words, data) for f, words in content.cards_of(data))
    return f'<h2>In short</h2><div class="findings">{cards}</div>' if cards else ""


def _picture(data: ReportData, folder: Path, frame: KeyFrame) -> str:
    source = data_uri(folder / frame.path, data.settings.html_image_px, data.settings.jpeg_quality)
    if not source:
        return ""
    # a runner's print has the typical step only
    kind = ' class="screen"' if content.is_extreme(frame) and data.audience == "runner" else ""
    return (
        f'<figure{kind}><img src="{source}" alt="{esc(frame.alt)}">'
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
    extreme = False
    for clip in data.clips:
        for frame in clip.analysis.frames:
            shot = _picture(data, clip.folder, frame)
            if shot:
                by_side.setdefault(content.frame_side(frame), []).append(shot)
                extreme |= content.is_extreme(frame)
    if not by_side:
        return ""
    columns = "".join(
        f"<div><h3>{side.capitalize() or 'Both'} side</h3>"
        f'<div class="shots">{"".join(s)}</div></div>'
        for side, s in by_side.items()
    )
    one = " one" if len(by_side) == 1 else ""
    but = "; the most extreme one is shown too, and says so" if extreme else ""
    return (
        "<h2>Key moments</h2>"
        f'<p class="small">Each picture shows the median step, not the most extreme one{but}. '
        "L and R are the runner's own left and right.</p>"
        f'<div class="sides{one}">{columns}</div>'
    )


def _video(data: ReportData) -> str:
    if not data.clip_file:  # the clip itself may still be being drawn beside this
        return ""
    name = esc(data.clip_file, quote=True)
    track = ""
    if data.trial is not None:
        whole = data.clip_file.startswith("annotated")
        words = clip_webvtt(data.trial, data.analysis.measurements, data.settings, whole=whole)
        # inside the page: a browser loads no captions from a file beside a file
        source = "data:text/vtt;base64," + base64.b64encode(words.encode()).decode()
        track = f'<track kind="captions" srclang="en" label="What is shown" src="{source}" default>'
    return (
        '<h2 class="screen">Slow motion</h2>'
        f'<video controls muted playsinline preload="metadata" src="{name}" '
        'aria-label="Annotated clip, slowed down, pausing on the key moments">'
        f'{track}<a href="{name}">{name}</a></video>'
        '<p class="small screen">The clip is a file beside this report; it has no sound.</p>'
    )


def _since(data: ReportData) -> str:
    items = "".join(f"<li>{esc(words)}</li>" for words in data.since)
    return f"<h2>Since last time</h2><ul>{items}</ul>" if items else ""


def _plan(data: ReportData) -> str:
    if data.audience != "pt" and data.plan is None:
        return ""
    plan = content.plan_of(data)
    given = [(label, str(getattr(plan, key))) for key, label in _PLAN]
    lines = "".join(
        f"<div><dt>{label}</dt><dd>{esc(words) or _BLANK}</dd></div>"
        for label, words in given
        if words or data.audience == "pt"
    )
    title = "Plan" if data.audience == "pt" else "Your plan"
    return f'<section class="plan"><h2>{title}</h2><dl class="lines">{lines}</dl></section>'


def _curves(data: ReportData, clip: ReportClip, number: int) -> str:
    if clip.trial is None:
        return ""
    curves = cycle_curves(clip.trial, data.settings.cycle_points)
    plots = []
    for key in dict.fromkeys(c.key for c in curves):
        group = [c for c in curves if c.key == key]
        counts = ", ".join(f"{c.label} {c.n}" for c in group)
        alt = f"{group[0].title}, over one {group[0].over}: average and spread ({counts})."
        svg = inline_svg(cycle_plot(group), alt, f"c{number}{key}-")
        cycles = f"{counts} {group[0].over}{_s(group)}"
        note = f"Line: average. Band: one standard deviation. From {cycles}."
        plots.append(f'<figure class="plot">{svg}<figcaption>{esc(note)}</figcaption></figure>')
    if not plots:
        return ""
    name = f": {esc(clip.analysis.clip.path)}" if data.more else ""
    return f'<h2>Over one cycle{name}</h2><div class="plots">{"".join(plots)}</div>'


def _s(group: Sequence[CycleCurve]) -> str:
    return "" if [c.n for c in group] == [1] else "s"


def _notes(data: ReportData) -> str:
    _, others = content.findings_of(data)
    if not others:
        return ""
    items = "".join(
        f"<li>{esc(content.words_of(f, data))}"
        + (f" {esc(f.suggestion)}" if f.suggestion else "")
        + "</li>"
        for f in others
    )
    return f"<h2>About this clip</h2><ul>{items}</ul>"


def _edits(data: ReportData) -> str:
    items = "".join(
        f"<li>{esc(e.when)} {esc(e.what)}{esc('. ' + e.effect if e.effect else '')}</li>"
        for e in content.edits_of(data)
    )
    return f"<h2>Corrections by hand</h2><ul>{items}</ul>" if items else ""


def _about(data: ReportData) -> str:
    words = "".join(f"<p>{esc(w)}</p>" for w in content.DISCLAIMERS)
    made = "".join(facts(content.version_facts(c.analysis)) for c in data.clips)
    sources = content.sources_of(data, measure_rows.session_rows(data))
    listed = f'<p class="small">Sources: {esc("; ".join(sources))}.</p>' if sources else ""
    return f'<div class="notice">{words}</div>{listed}<div class="small">{made}</div>'

"""Two results side by side as a page: changed, no clear change, or not comparable, and why."""

import html
import json
from pathlib import Path
from typing import Final

from formcheck.assess.change import Comparison, MeasureChange
from formcheck.assess.texts import CHANGE_TEXTS
from formcheck.files import whole_file
from formcheck.render import wording
from formcheck.report import content
from formcheck.report.html_style import CSS
from formcheck.results import ClipRecord, Interval
from formcheck.settings.render import RenderSettings

esc = html.escape
# icon shapes tell the verdict without colour
_SIGN: Final[dict[str, str]] = {
    "changed": "◆",
    "maybe": "◇",
    "no clear change": "=",
    "can't compare": "×",  # noqa: RUF001 (meant as a sign)
}


def write_comparison(
    change: Comparison, folder: Path, settings: RenderSettings | None = None
) -> Path:
    """Write ``comparison.html`` and ``comparison.json`` into `folder`.

    Parameters
    ----------
    change : Comparison
    folder : Path
    settings : RenderSettings, optional

    Returns
    -------
    Path
        The page.
    """
    settings = settings or RenderSettings()
    with whole_file(folder / "comparison.json") as part:
        words = json.dumps(change.model_dump(mode="json"), indent=2, ensure_ascii=False)
        part.write_text(words + "\n", encoding="utf-8")
    path = folder / "comparison.html"
    with whole_file(path) as part:
        part.write_text(comparison_page(change, settings), encoding="utf-8")
    return path


def comparison_page(change: Comparison, settings: RenderSettings) -> str:
    """Return the comparison as one HTML page."""
    order = ("changed", "maybe", "no clear change", "can't compare")
    rows = sorted(change.rows, key=lambda r: order.index(r.verdict))
    body = "".join(_row(r, settings) for r in rows)
    setup = (
        "<p>Same set-up: yes.</p>"
        if change.same_setup
        else "".join(f"<p>Different set-up: {esc(d)}.</p>" for d in change.setup_differences)
    )
    head = "".join(
        f'<th scope="col">{h}</th>' for h in ("Measure", "Earlier", "Later", "Change", "Verdict")
    )
    notes = "".join(f"<p>{esc(w)}</p>" for w in content.DISCLAIMERS)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>Comparison</title>\n<style>{CSS}</style></head>\n<body><main>"
        '<p class="kicker">Running form, two videos compared</p>'
        f"<h1>{esc(summary(change))}</h1>{_clips(change.earlier, change.later)}{setup}"
        f'<h2>Measure by measure</h2><table class="measures"><thead><tr>{head}</tr></thead>'
        f'<tbody>{body}</tbody></table><div class="notice">{notes}</div></main></body></html>\n'
    )


def summary(change: Comparison) -> str:
    """Return the comparison in one sentence."""
    changed = [r for r in change.rows if r.verdict == "changed"]
    if not change.same_setup:
        return "These two videos were not filmed alike, so some numbers cannot be compared."
    if all(r.verdict == "can't compare" for r in change.rows):
        return "Nothing could be compared: no number was measured well enough in both videos."
    if not changed:
        return "No clear change: the differences are inside the measurement error."
    named = ", ".join(dict.fromkeys(wording.lower_first(r.title) for r in changed))
    return f"Changed by more than the measurement error: {named}."


def _clips(earlier: ClipRecord, later: ClipRecord) -> str:
    pairs = "".join(
        f"<div><dt>{when}</dt><dd>{esc(c.path)} ({c.view}, {c.fps:.0f} frames/s)</dd></div>"
        for when, c in (("Earlier", earlier), ("Later", later))
    )
    return f'<dl class="facts">{pairs}</dl>'


def _row(r: MeasureChange, settings: RenderSettings) -> str:
    side = wording.side_phrase(r.id, r.side)
    title = f"{r.title}, {side}" if side else r.title
    change = "-"
    if r.difference is not None and r.mdc95 is not None:
        unit = wording.unit_text(r.unit)
        size = wording.number(r.difference, r.unit, settings)
        change = f"{size}{unit} (error {wording.number(r.mdc95, r.unit, settings)}{unit})"
    why = f": {r.reason}" if r.reason else ""
    verdict = f"{_SIGN[r.verdict]} {CHANGE_TEXTS[r.verdict]}{why}"
    return (
        f'<tr><th scope="row">{esc(title)}</th>'
        f'<td class="num" data-label="Earlier">{_value(r.before, r.before_ci95, r, settings)}</td>'
        f'<td class="num" data-label="Later">{_value(r.after, r.after_ci95, r, settings)}</td>'
        f'<td class="num" data-label="Change">{esc(change)}</td>'
        f'<td data-label="Verdict">{esc(verdict)}</td></tr>'
    )


def _value(
    value: float | None, ci95: Interval | None, r: MeasureChange, settings: RenderSettings
) -> str:
    if value is None or ci95 is None:
        return "not measured"
    half = wording.plus_minus(ci95, r.unit, settings)
    return esc(f"{wording.number(value, r.unit, settings)}{wording.unit_text(r.unit)}{half}")

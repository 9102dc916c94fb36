"""The evidence on page 1: pictures left and right, and what was found beside or below them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from formcheck.assess import Verdict, cue_of
from formcheck.render import wording
from formcheck.report import content
from formcheck.report.base import ReportData
from formcheck.report.measure_rows import Row
from formcheck.report.paper.page import Page, icon, picture_ratio, style
from formcheck.results import KeyFrame

_EVIDENCE_MOST: Final = 262.0  # height of the pictures, points
EVIDENCE_LEAST: Final = 118.0
_GAP: Final = 8.0
_BESIDE: Final = 0.68  # pictures wider than this share of the page have the findings below
_CAPTION: Final = style(7)
_MARKS: Final[dict[str, Verdict]] = {"outside": "outside", "watch": "watch"}


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where pictures and findings go: all of one height, findings beside or below."""

    frames: tuple[tuple[Path, KeyFrame], ...]
    widths: tuple[float, ...]
    tall: float
    beside: bool
    height: float

    @property
    def used(self) -> float:
        return sum(self.widths) + _GAP * max(0, len(self.widths) - 1)


def _lay_out(page: Page, data: ReportData, room: float) -> _Layout:
    """Return the largest pictures that leave the rest of the page its room."""
    found = content.main_frames(data, 4 if data.more else 2)
    ratios = [picture_ratio(path) for path, _ in found]
    frames = tuple(f for f, r in zip(found, ratios, strict=True) if r)
    ratios = [r for r in ratios if r]
    tall = _EVIDENCE_MOST
    while True:
        layout = _of_height(page, data, (frames, ratios), tall)
        if layout.height <= room or tall <= EVIDENCE_LEAST:
            return layout
        tall -= 12


def _of_height(
    page: Page,
    data: ReportData,
    pictures: tuple[tuple[tuple[Path, KeyFrame], ...], list[float]],
    tall: float,
) -> _Layout:
    frames, ratios = pictures
    width = page.right - page.left
    gaps = _GAP * max(0, len(frames) - 1)
    if ratios:
        tall = min(tall, (width - gaps) / sum(ratios))
    widths = tuple(tall * r for r in ratios)
    captions = [
        page.measure(content.unbroken(f.caption), _CAPTION, w)
        for (_, f), w in zip(frames, widths, strict=True)
    ]
    shots = tall + 2 + max(captions, default=0.0) if frames else 0.0
    beside = bool(frames) and sum(widths) + gaps < _BESIDE * width
    if beside:
        height = max(shots, _found_height(page, data, width - sum(widths) - gaps - 2 * _GAP))
    else:
        height = shots + _found_height(page, data, width) + 8
    return _Layout(frames=frames, widths=widths, tall=tall, beside=beside, height=height)


def evidence(page: Page, data: ReportData, room: float, others: Sequence[Row]) -> tuple[Row, ...]:
    """Draw the pictures, and what was found beside or below them; return the rows not told yet."""
    layout = _lay_out(page, data, room)
    top, x, lowest = page.y, page.left, page.y
    for (path, frame), wide in zip(layout.frames, layout.widths, strict=True):
        page.y = top
        lowest = min(lowest, _figure(page, data, (path, frame), (x, wide, layout.tall)))
        x += wide + _GAP
    if layout.beside:
        page.y = top + 6
        place = (x + _GAP, page.right - x - _GAP)
        _found(page, data, place)
        left = _beside(page, data, others, (*place, lowest))
        page.y = min(lowest, page.y)
        return left
    page.y = lowest - (2 if layout.frames else 0)
    _found(page, data, (page.left, page.right - page.left))
    return tuple(others)


def _beside(
    page: Page, data: ReportData, others: Sequence[Row], place: tuple[float, float, float]
) -> tuple[Row, ...]:
    """List other values in ``(x, width, lowest)`` beside the pictures; return those left out."""
    x, width, lowest = place
    if not others or page.y - lowest < 60:
        return tuple(others)
    page.heading("Also measured", x=x, width=width)
    for k, row in enumerate(others):
        words = in_a_line(row, data)
        words = f"{words[:1].upper()}{words[1:]}"
        height = page.measure(words, style(7.5), width)
        if page.y - height < lowest:
            return tuple(others[k:])
        page.flow(words, style(7.5), x=x, width=width)
        page.gap(1)
    return ()


def _figure(
    page: Page,
    data: ReportData,
    picture: tuple[Path, KeyFrame],
    place: tuple[float, float, float],
) -> float:
    """Draw a picture with its caption at ``(x, width, height)``; return where it ends."""
    path, frame = picture
    x, width, height = place
    box = (x, page.y - height, width, height)
    page.picture(path, box, frame.alt, data.settings.jpeg_quality)
    page.y -= height + 2
    words = content.unbroken(frame.caption)
    return page.y - page.paragraph(words, _CAPTION, x=x, width=width, tag="Caption")


def _found_lines(data: ReportData) -> list[tuple[str, str, Verdict | None]]:
    """Return kind (``heading``, ``plain``, ``bold``, ``small``), words and mark of each line."""
    cards = content.cards_of(data)
    _, others = content.findings_of(data)
    to_try = data.audience == "runner" and any(cue_of(f) for f, _ in cards)
    lines: list[tuple[str, str, Verdict | None]] = []
    if cards:
        lines.append(("heading", "One thing to try" if to_try else "Also seen", None))
    for finding, words in cards:
        if words:
            lines.append(("plain", content.unbroken(words), _MARKS.get(finding.severity)))
        if finding.suggestion and data.audience == "runner":
            lines.append(("bold", content.try_of(finding), None))
    notes = [f for f in others if not f.measure_ids or f.severity != "info"][:3]
    if notes:
        lines.append(("heading", "About this clip", None))
    for finding in notes:
        tip = f" {finding.suggestion}" if data.audience == "runner" else ""
        lines.append(("small", f"{content.words_of(finding, data)}{tip}".strip(), None))
    return lines


_STYLES: Final = {
    "heading": (9.5, True),
    "plain": (9.0, False),
    "bold": (9.0, True),
    "small": (8.0, False),
}


def _found_height(page: Page, data: ReportData, width: float) -> float:
    total = 0.0
    for kind, words, mark in _found_lines(data):
        size, bold = _STYLES[kind]
        total += page.measure(words, style(size, bold=bold), width - (12 if mark else 0))
        total += 8 if kind == "heading" else 3
    return total


def _found(page: Page, data: ReportData, place: tuple[float, float]) -> None:
    """Write the findings, one thing to try, and what limits this clip."""
    x, width = place
    for kind, words, mark in _found_lines(data):
        if kind == "heading":
            page.heading(words, x=x, width=width)
            continue
        size, bold = _STYLES[kind]
        indent = 12.0 if mark else 0.0
        if mark:
            icon(page, mark, x + 4, page.y - 6, 4)
        page.flow(words, style(size, bold=bold), x=x + indent, width=width - indent)
        page.gap(3)


def in_a_line(row: Row, data: ReportData) -> str:
    """Return a measure's title and values in running text."""
    parts = []
    for m in row.seen:
        side = f"{m.side} " if m.side != "both" else ""
        unsure = "" if m.status == "ok" else " (uncertain)"
        parts.append(f"{side}{content.glued(wording.value_text(m, data.settings))}{unsure}")
    return f"{wording.lower_first(row.title)} {', '.join(parts)}"

"""Status marks: always a shape and a word, never a colour alone."""

import base64
from typing import Final, Literal

from formcheck.ui.text import esc

SVG: Final = 'xmlns="http://www.w3.org/2000/svg"'
Mark = Literal["usual", "watch", "outside", "none", "info", "ok", "changed", "maybe", "same"]

# colours of the project's checked palette on white: fill, text
COLOURS: Final[dict[Mark, tuple[str, str]]] = {
    "usual": ("#1F6FB2", "#FFFFFF"),
    "ok": ("#1F6FB2", "#FFFFFF"),
    "info": ("#5F6B76", "#FFFFFF"),
    "watch": ("#F0A202", "#1A1A1A"),
    "outside": ("#A4161A", "#FFFFFF"),
    "none": ("#5F6B76", "#FFFFFF"),
    "changed": ("#1F6FB2", "#FFFFFF"),
    "maybe": ("#FFFFFF", "#1F6FB2"),
    "same": ("#5F6B76", "#FFFFFF"),
}
_DIAMOND: Final = (
    '<path d="M8 .9L15.1 8 8 15.1.9 8z" fill="{f}" stroke="#1F6FB2" stroke-width="1.3"/>'
    '<path d="M4.6 8h6.8M6.2 6.2L4.4 8l1.8 1.8M9.8 6.2L11.6 8 9.8 9.8" fill="none" stroke="{t}" '
    'stroke-width="1.3"/>'
)
_TICK: Final = '<path d="M4.6 8.3l2.3 2.3 4.6-5" fill="none" stroke="{t}" stroke-width="1.9"/>'
_SHAPES: Final[dict[Mark, str]] = {
    "usual": '<circle cx="8" cy="8" r="7.2" fill="{f}"/>' + _TICK,
    "ok": '<circle cx="8" cy="8" r="7.2" fill="{f}"/>' + _TICK,
    "info": '<circle cx="8" cy="8" r="7.2" fill="{f}"/>'
    '<path d="M8 7v4.4M8 4.4v.4" stroke="{t}" stroke-width="2" stroke-linecap="round"/>',
    "watch": '<path d="M8 1l7.4 13.4H.6z" fill="{f}"/>'
    '<path d="M8 6v4.2M8 12.2v.3" stroke="{t}" stroke-width="1.9" stroke-linecap="round"/>',
    "outside": '<path d="M8 .4L15.6 8 8 15.6.4 8z" fill="{f}"/>'
    '<path d="M8 4.4v4.4M8 11.2v.3" stroke="{t}" stroke-width="1.9" stroke-linecap="round"/>',
    "none": '<circle cx="8" cy="8" r="7.2" fill="{f}"/>'
    '<path d="M4.6 8h6.8" stroke="{t}" stroke-width="2" stroke-linecap="round"/>',
    "changed": _DIAMOND,
    "maybe": _DIAMOND,
    "same": '<circle cx="8" cy="8" r="7.2" fill="{f}"/>'
    '<path d="M4.8 6.3h6.4M4.8 9.7h6.4" stroke="{t}" stroke-width="1.8" stroke-linecap="round"/>',
}


def icon(mark: Mark, size_px: int = 18) -> str:
    """Return a status shape; the word beside it carries the meaning."""
    fill, text = COLOURS[mark]
    shape = _SHAPES[mark].format(f=fill, t=text)
    return picture(f'<svg {SVG} viewBox="0 0 16 16">{shape}</svg>', "", size_px)


def picture(svg: str, alt: str, size_px: int | None = None) -> str:
    """Return an SVG as an inline picture; Streamlit's sanitizer drops bare SVG elements.

    Parameters
    ----------
    alt : str
        Empty for a decoration.
    size_px : int or None
        Side of a square icon; None fills the width it is given.
    """
    data = base64.b64encode(svg.encode()).decode()
    size = "" if size_px is None else f' width="{size_px}" height="{size_px}"'
    kind = "fc-icon" if size_px is not None else "fc-wide"
    return f'<img class="{kind}" alt="{esc(alt)}"{size} src="data:image/svg+xml;base64,{data}">'


def chip(mark: Mark, word: str) -> str:
    """Return a status chip: shape and word."""
    return f'<span class="fc-chip fc-{mark}">{icon(mark, 16)}<span>{esc(word)}</span></span>'


def line(mark: Mark, word: str, text: str) -> str:
    """Return one line of a check list: shape, word in bold, explanation."""
    return f'<li class="fc-line">{icon(mark)}<span><b>{esc(word)}</b> {esc(text)}</span></li>'


def lines(items: list[str]) -> str:
    """Return check-list lines as a list."""
    return f'<ul class="fc-lines">{"".join(items)}</ul>'

"""Plots for the reports: curves over the normalised cycle.

Left is a solid line, right a dashed line, each with its letter: they read the same in greyscale.
Figures are made without pyplot, so that no global state is opened.
"""

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from formcheck.render.curves import CycleCurve
from formcheck.render.palette import INK, NOT_MEASURED, ON_WHITE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_RC: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "formcheck",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.edgecolor": NOT_MEASURED,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
_ACROSS: Final = {
    "stride": "% of the stride, from foot strike",
    "stance": "% of the time the foot is down",
    "repetition": "% of the repetition",
}


def cycle_plot(curves: Sequence[CycleCurve], *, image_format: str = "svg") -> bytes:
    """Draw the curves of one angle: mean line and SD band per side over 0 to 100 % of the cycle.

    Parameters
    ----------
    curves : sequence of CycleCurve
        One or two curves of the same key.
    image_format : {"svg", "png"}

    Returns
    -------
    bytes
        The picture.
    """
    from matplotlib import rc_context  # noqa: PLC0415 (heavy; only reports need it)
    from matplotlib.figure import Figure  # noqa: PLC0415

    with rc_context(_RC):
        figure = Figure(figsize=(5.6, 2.7), layout="constrained")
        axes = figure.add_subplot()
        looks = zip(curves, (INK, ON_WHITE["usual"]), _looks(curves), strict=False)
        for curve, colour, dashed in looks:
            _draw_cycle(axes, curve, colour, dashed=dashed)
        for curve, colour, lift in zip(
            curves, (INK, ON_WHITE["usual"]), _lifts(axes, curves), strict=False
        ):
            _name(axes, curve, colour, lift)
        first = curves[0]
        unit = {"deg": "degrees"}.get(first.unit, first.unit)
        axes.set_xlabel(_ACROSS[first.over])
        axes.set_ylabel(f"{first.title},\n{unit}")
        axes.set_xlim(0, 100 + 2.5 * max(2, *(len(c.label) for c in curves), 0))
        axes.set_xticks(range(0, 101, 20))
        _plain(axes)
        return _saved(figure, image_format)


def _looks(curves: Sequence[CycleCurve]) -> list[bool]:
    """Tell which curves are dashed: the right side, or the second part of the body."""
    return [c.side == "right" or (c.side == "both" and i > 0) for i, c in enumerate(curves)]


def _draw_cycle(axes: "Axes", curve: CycleCurve, colour: str, *, dashed: bool) -> None:
    p, mean = curve.percent, curve.mean
    if np.isfinite(curve.sd).any():
        low, high = mean - curve.sd, mean + curve.sd
        hatch = "////" if dashed else ""
        axes.fill_between(p, low, high, color=colour, alpha=0.13, lw=0, hatch=hatch)
    line = "--" if dashed else "-"
    axes.plot(p, mean, line, color=colour, lw=1.8)
    if np.isfinite(curve.contact_end_pct):
        axes.axvline(curve.contact_end_pct, color=NOT_MEASURED, lw=0.9, ls=line)
        axes.annotate(
            f"{curve.label} toe-off",
            (curve.contact_end_pct, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(2, -19 if dashed else -9),
            textcoords="offset points",
            fontsize=7,
            color=NOT_MEASURED,
        )


def _end(curve: CycleCurve) -> tuple[float, float]:
    last = np.flatnonzero(np.isfinite(curve.mean))[-1]
    return float(curve.percent[last]), float(curve.mean[last])


def _lifts(axes: "Axes", curves: Sequence[CycleCurve]) -> list[float]:
    """Return how far to move each name up, points, so that names of near ends stay apart."""
    ends = [_end(c)[1] for c in curves]
    low, high = axes.get_ylim()
    if len(ends) < 2 or abs(ends[0] - ends[1]) > 0.09 * (high - low):
        return [0.0] * len(ends)
    up = 6.0 if ends[0] >= ends[1] else -6.0
    return [up, -up]


def _name(axes: "Axes", curve: CycleCurve, colour: str, lift: float) -> None:
    axes.annotate(
        curve.label,
        _end(curve),
        xytext=(4, lift),
        textcoords="offset points",
        va="center",
        weight="bold",
        color=colour,
    )


def _plain(axes: "Axes") -> None:
    for name in ("top", "right"):
        axes.spines[name].set_visible(False)


def _saved(figure: "Figure", image_format: str) -> bytes:
    buffer = io.BytesIO()
    metadata = {"Date": None} if image_format == "svg" else {"Software": None}
    figure.savefig(buffer, format=image_format, dpi=200, metadata=metadata)
    return buffer.getvalue()


def inline_svg(svg: bytes, alt: str, prefix: str) -> str:
    """Return an SVG ready to stand inside HTML: no prolog, ids made unique, a spoken description.

    Parameters
    ----------
    alt : str
        Description, escaped here.
    prefix : str
        Put before every id, so that several plots share a page.
    """
    from xml.sax.saxutils import escape, quoteattr  # noqa: PLC0415

    words = svg.decode()
    words = words[words.index("<svg") :]
    words = re.sub(r"<metadata>.*?</metadata>", "", words, flags=re.DOTALL)
    words = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}\1"', words)
    words = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}\1)", words)
    words = re.sub(r'href="#([^"]+)"', rf'href="#{prefix}\1"', words)
    head, rest = words.split(">", 1)
    return f'{head} role="img" aria-label={quoteattr(alt)}><title>{escape(alt)}</title>{rest}'

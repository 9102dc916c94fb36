"""Plots for the reports: curves over the normalised cycle, and dot-interval rows.

Left is a solid line and round dots, right a dashed line and square dots, each with its letter: they
read the same in greyscale. Figures are made without pyplot, so that no global state is opened.
"""

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from formcheck.render import wording
from formcheck.render.curves import CycleCurve
from formcheck.render.palette import INK, NOT_MEASURED, ON_WHITE
from formcheck.results import Measurement
from formcheck.settings.render import RenderSettings

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
_MARK: Final = {"left": "o", "right": "s", "both": "D"}
_ZONE: Final = "#DDE3E8"
Band = tuple[float | None, float | None]


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


def dots_plot(
    measurements: Iterable[Measurement],
    settings: RenderSettings | None = None,
    *,
    band: Band | None = None,
    image_format: str = "svg",
) -> bytes:
    """Draw one row per side of a measure: steps as dots, mean as bar, 95 % interval as thick line.

    Parameters
    ----------
    measurements : iterable of Measurement
        The sides of one measure, at least one with a value.
    settings : RenderSettings, optional
    band : (low, high), optional
        Published range, drawn as a grey zone; an open end is None.
    image_format : {"svg", "png"}
    """
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    settings = settings or RenderSettings()
    rows = [m for m in measurements if m.value is not None and m.ci95 is not None]
    with rc_context(_RC):
        figure = Figure(figsize=(3.6, 0.52 + 0.32 * len(rows)), layout="constrained")
        axes = figure.add_subplot()
        for y, m in enumerate(reversed(rows)):
            _draw_row(axes, m, float(y))
        low, high = axes.get_xlim()
        if band is not None:
            a = low if band[0] is None else band[0]
            b = high if band[1] is None else band[1]
            axes.axvspan(a, b, color=_ZONE, lw=0, zorder=0)
            axes.set_xlim(min(low, a), max(high, b))
        _span_at_least(axes, 4 * wording.step_of(rows[0].unit, settings))
        axes.set_ylim(-0.6, len(rows) - 0.4)
        letters = [wording.SIDE_LETTER[m.side] for m in reversed(rows)]
        axes.set_yticks(range(len(rows)), letters, weight="bold")
        axes.tick_params(axis="y", length=0)
        axes.tick_params(axis="x", labelsize=7, length=2, pad=1)
        axes.locator_params(axis="x", nbins=6)
        unit = {"deg": "degrees"}.get(rows[0].unit, rows[0].unit)
        axes.set_xlabel(unit, fontsize=7, labelpad=1)
        _plain(axes)
        axes.spines["left"].set_visible(False)
        return _saved(figure, image_format)


def _draw_row(axes: "Axes", m: Measurement, y: float) -> None:
    if m.value is None or m.ci95 is None:
        return
    sure = m.status == "ok"
    ink = INK if sure else NOT_MEASURED
    steps = np.array([v for v in m.per_step if v is not None], dtype=float)
    # a fixed, small up-and-down keeps equal steps apart; it carries no meaning
    wobble = 0.24 * np.resize([-1.0, 0.4, -0.5, 1.0, 0.0], steps.size)
    style = {"ms": 2.8, "mfc": "white", "mec": INK, "mew": 0.6, "zorder": 4}
    axes.plot(steps, y + wobble, _MARK[m.side], **style)  # type: ignore[arg-type]
    axes.plot(m.ci95, (y, y), color=ink, lw=5, solid_capstyle="butt", alpha=0.55 if sure else 0.3)
    axes.plot((m.value, m.value), (y - 0.38, y + 0.38), color=ink, lw=2.4, zorder=5)


def _span_at_least(axes: "Axes", least: float) -> None:
    low, high = axes.get_xlim()
    if high - low < least:
        middle = 0.5 * (low + high)
        axes.set_xlim(middle - least / 2, middle + least / 2)


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

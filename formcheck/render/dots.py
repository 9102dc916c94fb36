"""Dot-interval rows: steps as dots, mean as a bar, 95 % interval as a thick line.

Written as SVG by hand: matplotlib took 0.15 s for each of the fifteen rows of a report.
"""

import math
from collections.abc import Callable, Iterable
from typing import Final
from xml.sax.saxutils import escape

import numpy as np

from formcheck.render import wording
from formcheck.render.palette import INK, NOT_MEASURED
from formcheck.results import Measurement
from formcheck.settings.render import RenderSettings

Band = tuple[float | None, float | None]
_Place = Callable[[float], float]

_ZONE: Final = "#DDE3E8"
_WIDTH, _ROW, _TOP, _BOTTOM = 260.0, 24.0, 5.0, 30.0  # points
_LEFT, _RIGHT = 20.0, 10.0
_DOT = 1.5
_MAX_TICKS: Final = 6


def dots_plot(
    measurements: Iterable[Measurement],
    settings: RenderSettings | None = None,
    *,
    band: Band | None = None,
) -> bytes:
    """Draw one row per side of a measure.

    Parameters
    ----------
    measurements : iterable of Measurement
        The sides of one measure, at least one with a value.
    settings : RenderSettings, optional
    band : (low, high), optional
        Published range, drawn as a grey zone; an open end is None.

    Returns
    -------
    bytes
        SVG; the same input gives the same bytes.
    """
    settings = settings or RenderSettings()
    rows = [m for m in measurements if m.value is not None and m.ci95 is not None]
    low, high = _range(rows, band, 4 * wording.step_of(rows[0].unit, settings))
    height = _TOP + _ROW * len(rows) + _BOTTOM
    scale = (_WIDTH - _LEFT - _RIGHT) / (high - low)

    def x_of(value: float) -> float:
        return _LEFT + (min(max(value, low), high) - low) * scale

    floor = _TOP + _ROW * len(rows)
    parts = []
    if band is not None:
        a, b = (x_of(edge if v is None else v) for v, edge in zip(band, (low, high), strict=True))
        parts.append(_rect(a, _TOP, b - a, floor - _TOP, _ZONE))
    for k, m in enumerate(rows):
        parts += _row(m, x_of, _TOP + _ROW * (k + 0.5))
    parts += _axis((low, high), x_of, floor, {"deg": "degrees"}.get(rows[0].unit, rows[0].unit))
    size = f'width="{_WIDTH:.0f}pt" height="{height:.0f}pt" viewBox="0 0 {_WIDTH:.0f} {height:.0f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" fill="{INK}">'
    return "".join([head, *parts, "</svg>"]).encode()


def _range(rows: list[Measurement], band: Band | None, least: float) -> tuple[float, float]:
    """Return what the axis spans: every dot, interval and closed end of the published range."""
    values = [v for m in rows for v in (*(m.ci95 or ()), m.value, *m.per_step) if v is not None]
    values += [v for v in band or () if v is not None]
    low, high = min(values), max(values)
    if high - low < least:
        middle = 0.5 * (low + high)
        low, high = middle - 0.5 * least, middle + 0.5 * least
    margin = 0.05 * (high - low)
    return low - margin, high + margin


def _row(m: Measurement, x_of: _Place, y: float) -> list[str]:
    if m.value is None or m.ci95 is None:
        return []
    sure = m.status == "ok"
    ink = INK if sure else NOT_MEASURED
    a, b = (x_of(v) for v in m.ci95)
    parts = [
        f'<text x="4" y="{y + 3.2:.1f}" font-size="9" font-weight="bold">'
        f"{wording.SIDE_LETTER[m.side]}</text>",
        _rect(a, y - 2.5, b - a, 5.0, ink, opacity=0.55 if sure else 0.3),
    ]
    steps = [v for v in m.per_step if v is not None]
    # a fixed, small up-and-down keeps equal steps apart; it carries no meaning
    wobble = 0.24 * _ROW * np.resize([-1.0, 0.4, -0.5, 1.0, 0.0], len(steps))
    parts += [_dot(m.side, x_of(v), y + float(w)) for v, w in zip(steps, wobble, strict=True)]
    parts.append(_rect(x_of(m.value) - 1.2, y - 0.36 * _ROW, 2.4, 0.72 * _ROW, ink))
    return parts


def _dot(side: str, x: float, y: float) -> str:
    style = f'class="step" fill="white" stroke="{INK}" stroke-width="0.6"'
    if side == "left":
        return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{_DOT}" {style}/>'
    turn = "" if side == "right" else f' transform="rotate(45 {x:.2f} {y:.2f})"'
    at = f'x="{x - _DOT:.2f}" y="{y - _DOT:.2f}" width="{2 * _DOT}" height="{2 * _DOT}"'
    return f"<rect {at} {style}{turn}/>"


def _rect(x: float, y: float, width: float, height: float, fill: str, opacity: float = 1) -> str:
    size = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
    return f'<rect {size} fill="{fill}"' + (f' opacity="{opacity}"/>' if opacity < 1 else "/>")


def _axis(span: tuple[float, float], x_of: _Place, y: float, unit: str) -> list[str]:
    right = _WIDTH - _RIGHT
    parts = [f'<path d="M{_LEFT} {y:.1f}H{right}" stroke="{NOT_MEASURED}" stroke-width="0.8"/>']
    for value, words in ticks(*span):
        x = x_of(value)
        parts.append(f'<path d="M{x:.2f} {y:.1f}v2" stroke="{NOT_MEASURED}" stroke-width="0.8"/>')
        parts.append(
            f'<text x="{x:.2f}" y="{y + 10:.1f}" font-size="7" text-anchor="middle">{words}</text>'
        )
    middle = 0.5 * (_LEFT + right)
    parts.append(
        f'<text x="{middle:.1f}" y="{y + 21:.1f}" font-size="7" text-anchor="middle">'
        f"{escape(unit)}</text>"
    )
    return parts


def ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Return round numbers within a range, at most six, with how they are written."""
    rough = (high - low) / (_MAX_TICKS - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * k for k in (1, 2, 2.5, 5, 10) if power * k >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    digits = next(n for n in range(12) if abs(round(step, n) - step) < 1e-9 * step)
    values = [k * step for k in range(first, last + 1)]
    return [(v, f"{v:.{digits}f}".replace("-", "\N{MINUS SIGN}")) for v in values]

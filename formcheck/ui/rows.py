"""A measure as a row: steps as dots, mean as a bar, interval as a thick line, usual range grey."""

import math
from dataclasses import dataclass
from typing import Final

from formcheck.results import Interval, Measurement
from formcheck.ui.chips import COLOURS, SVG, Mark, picture

WIDTH: Final = 360.0
HEIGHT: Final = 50.0
PAD: Final = 14.0
MINUS: Final = "\N{MINUS SIGN}"
DOTS: Final = 8.0
MID: Final = 23.0
MARGIN: Final = 0.08
MOST_TICKS: Final = 6


@dataclass(frozen=True, slots=True)
class Axis:
    """The span of one measure's strips; both sides share it, so that they can be compared."""

    low: float
    high: float

    def x(self, value: float) -> float:
        """Return the horizontal place of `value`, clipped to the strip."""
        share = (value - self.low) / (self.high - self.low)
        return PAD + (WIDTH - 2 * PAD) * min(1.0, max(0.0, share))


def ticks(axis: Axis) -> tuple[float, ...]:
    """Return round numbers along the axis, seven at most."""
    span = axis.high - axis.low
    power = 10.0 ** math.floor(math.log10(span / MOST_TICKS))
    step = next(k * power for k in (1, 2, 5, 10, 20) if span / (k * power) <= MOST_TICKS)
    first = math.ceil(axis.low / step)
    last = math.floor(axis.high / step)
    return tuple(round(i * step, 10) for i in range(first, last + 1))


def axis_of(measurements: list[Measurement], band: tuple[float | None, float | None]) -> Axis:
    """Return an axis that holds every step, every interval and the usual range's ends."""
    values: list[float] = [v for v in band if v is not None]
    for m in measurements:
        values += [v for v in m.per_step if v is not None and math.isfinite(v)]
        values += list(m.ci95 or ())
        values += [] if m.value is None else [m.value]
    if not values:
        return Axis(0.0, 1.0)
    low, high = min(values), max(values)
    room = (high - low or max(abs(high), 1.0)) * MARGIN
    return Axis(low - room, high + room)


def strip(
    m: Measurement, axis: Axis, band: tuple[float | None, float | None], mark: Mark, words: str
) -> str:
    """Return the strip of one value as an inline picture.

    Parameters
    ----------
    band : (float or None, float or None)
        Usual range; None for an open end, both None for no range.
    words : str
        The same in words, for those who don't see it.
    """
    colour = COLOURS[mark][0]
    parts = [_zone(axis, band), _line(axis), _numbers(axis)]
    parts += [
        f'<circle cx="{axis.x(v):.1f}" cy="{DOTS}" r="2.8" fill="#37424c" fill-opacity=".4"/>'
        for v in m.per_step
        if v is not None and math.isfinite(v)
    ]
    if m.ci95 is not None and m.value is not None:
        parts.append(_interval(axis, m.ci95, colour, dashed=m.status != "ok"))
        x = axis.x(m.value)
        parts.append(f'<rect x="{x - 2:.1f}" y="14" width="4" height="18" fill="{colour}"/>')
    svg = f'<svg {SVG} viewBox="0 0 {WIDTH:g} {HEIGHT:g}">{"".join(parts)}</svg>'
    return picture(svg, words)


def _zone(axis: Axis, band: tuple[float | None, float | None]) -> str:
    low, high = band
    if low is None and high is None:
        return ""
    left = PAD if low is None else axis.x(low)
    right = WIDTH - PAD if high is None else axis.x(high)
    width = max(right - left, 1.0)
    return f'<rect x="{left:.1f}" y="1" width="{width:.1f}" height="32" fill="#E3E8EC"/>'


def _numbers(axis: Axis) -> str:
    made = "".join(
        f'<path d="M{axis.x(v):.1f} {MID - 3}v6" stroke="#9aa5af"/>'
        f'<text x="{axis.x(v):.1f}" y="47" text-anchor="middle">'
        f"{f'{v:g}'.replace('-', MINUS)}</text>"
        for v in ticks(axis)
    )
    return f'<g font-family="sans-serif" font-size="12" fill="#4a5661">{made}</g>'


def _line(axis: Axis) -> str:
    zero = ""
    if axis.low < 0 < axis.high:
        x = axis.x(0.0)
        zero = f'<path d="M{x:.1f} 5V29" stroke="#9aa5af" stroke-dasharray="2 3"/>'
    return f'<path d="M{PAD} {MID}H{WIDTH - PAD}" stroke="#C6CED5"/>{zero}'


def _interval(axis: Axis, ci95: Interval, colour: str, *, dashed: bool) -> str:
    dash = ' stroke-dasharray="5 3"' if dashed else ""
    return (
        f'<path d="M{axis.x(ci95[0]):.1f} {MID}H{axis.x(ci95[1]):.1f}" stroke="{colour}" '
        f'stroke-width="6" stroke-opacity=".6"{dash}/>'
    )

"""One measure over sessions as a chart: values, intervals, and the band of the error."""

from typing import Any, Final

import altair as alt

from formcheck.assess.trend import Trend
from formcheck.render.wording import number, unit_text
from formcheck.results import Interval
from formcheck.settings.render import RenderSettings

BLUE: Final = "#1F6FB2"
GREY: Final = "#5F6B76"
BAND: Final = "#E3E8EC"
HEIGHT_PX: Final = 190


def chart(trend: Trend) -> alt.LayerChart | alt.FacetChart:
    """Return the chart of one measure and side.

    Filled points are sure, open ones uncertain; whiskers are 95 % intervals; the grey band holds
    what does not differ from the first session beyond the measurement error.
    """
    rows = _rows(trend)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "at:T",
            title=None,
            scale=alt.Scale(padding=16),
            axis=alt.Axis(format="%d %b %y", tickCount=5),
        )
    )
    low, high = _ends(rows)
    scale = alt.Scale(domain=[low, high], nice=True)
    axis = alt.Y("value:Q", title=unit_text(trend.unit).strip() or None, scale=scale)
    banded = base.transform_filter("isValid(datum.band_lo)")
    return alt.layer(
        banded.mark_area(color=BAND).encode(
            y=alt.Y("band_lo:Q", scale=scale, title=None), y2="band_hi:Q"
        ),
        base.mark_line(color=BLUE, opacity=0.6).encode(y=axis),
        base.mark_rule(color=BLUE, strokeWidth=2).encode(y="lo:Q", y2="hi:Q"),
        base.mark_point(size=70, color=BLUE).encode(
            y=axis,
            fill=alt.condition("datum.sure", alt.value(BLUE), alt.value("white")),
            tooltip=[
                alt.Tooltip("at:T", title="Session", format="%d %b %Y"),
                alt.Tooltip("words:N", title="Value"),
                alt.Tooltip("verdict:N", title="Against the first"),
            ],
        ),
    ).properties(height=HEIGHT_PX)


def words(trend: Trend) -> str:
    """Return the chart in words, for people who don't see it."""
    told = [
        f"{p.at.date().isoformat()}: {_value(p.value, trend.unit)}{_range(p.ci95, trend.unit)}"
        + (f", {p.since_first}" if p.since_first else "")
        for p in trend.points
    ]
    return f"{trend.title}, {trend.side}. {'; '.join(told)}."


def verdict(trend: Trend) -> str:
    """Return how the last session stands against the first and the one before it."""
    last = trend.points[-1]
    if last.since_first is None:
        return ""
    if last.since_first == "can't compare":
        return f"Against the first session: can't compare ({last.reason})."
    against = f"Against the first session: {last.since_first}"
    if len(trend.points) > 2 and last.since_last is not None:
        return f"{against}. Against the last: {last.since_last}."
    return f"{against}."


def _rows(trend: Trend) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    first = trend.points[1].band if len(trend.points) > 1 else None
    for p in trend.points:
        band = p.band or first
        rows.append(
            {
                "at": p.at.isoformat(),
                "value": p.value,
                "lo": p.ci95[0],
                "hi": p.ci95[1],
                "band_lo": None if band is None else band[0],
                "band_hi": None if band is None else band[1],
                "sure": p.status == "ok",
                "verdict": p.since_first or "the first session",
                "words": _value(p.value, trend.unit),
            }
        )
    return rows


def _ends(rows: list[dict[str, Any]]) -> tuple[float, float]:
    values = [r[k] for r in rows for k in ("lo", "hi", "band_lo", "band_hi") if r[k] is not None]
    room = 0.06 * (max(values) - min(values) or 1.0)
    return min(values) - room, max(values) + room


def _value(value: float, unit: str) -> str:
    return f"{number(value, unit, RenderSettings())}{unit_text(unit)}"


def _range(ci95: Interval, unit: str) -> str:
    """Return the interval in brackets; nothing for a count."""
    low, high = (_value(v, unit) for v in ci95)
    return "" if unit == "count" else f" ({low} to {high})"

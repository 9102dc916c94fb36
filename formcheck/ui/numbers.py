"""All numbers: each measure with its give or take, and what could not be measured and why."""

import streamlit as st

from formcheck import assess
from formcheck.render.wording import (
    counted_as,
    interval_text,
    side_phrase,
    steps_word,
    title_of,
    value_text,
)
from formcheck.results import Analysis, Difference, Measurement
from formcheck.settings.render import RenderSettings
from formcheck.ui import landing, repetitions
from formcheck.ui.chips import chip, icon, line, lines
from formcheck.ui.reading import Reader, meaning, shown
from formcheck.ui.rows import Axis, axis_of, strip
from formcheck.ui.text import esc

HOW_TO_READ = (
    "Each dot is one step or repetition. The bar is the average, the thick line its 95 % interval: "
    "the true average most likely lies within it. Grey is the published range, where there is one."
)


def show(reader: Reader) -> None:
    """Draw the tab."""
    groups = grouped(reader.analysis)
    measured = {k: v for k, v in groups.items() if any(m.value is not None for m in v)}
    if measured:
        st.caption(HOW_TO_READ)
        once = repeated([m for ms in measured.values() for m in ms])
        if once:
            st.html(lines([line("info", "For several values:", words) for words in once]))
        st.html("".join(block(reader, k, v, once) for k, v in measured.items()))
    missing = [m for ms in groups.values() for m in ms if m.value is None]
    if missing:
        st.header("Not measured from this clip")
        st.html(lines(missing_lines(missing)))
    landing.show(reader.analysis)
    repetitions.show(reader.analysis.reps)


def repeated(measurements: list[Measurement]) -> tuple[str, ...]:
    """Return the reasons that more than one measure carries: they are said once, on top."""
    carried: dict[str, set[str]] = {}
    for m in measurements:
        if m.value is not None and m.reason:
            carried.setdefault(m.reason, set()).add(m.id)
    return tuple(reason for reason, ids in carried.items() if len(ids) > 1)


def grouped(analysis: Analysis) -> dict[str, list[Measurement]]:
    """Return the measurements by measure, in the order of the analysis."""
    groups: dict[str, list[Measurement]] = {}
    for m in analysis.measurements:
        groups.setdefault(m.id, []).append(m)
    return groups


def block(
    reader: Reader,
    measure_id: str,
    measurements: list[Measurement],
    said: tuple[str, ...] = (),
) -> str:
    """Return one measure as HTML: a row per side, then what the range is and the difference.

    Parameters
    ----------
    said : tuple of str
        Reasons that stand above all measures already.
    """
    measured = [m for m in measurements if m.value is not None]
    usual = reader.usual(measured[0])
    axis = axis_of(measured, (usual.low, usual.high))
    rows = "".join(row(reader, m, axis, said) for m in measured)
    notes = [meaning(measure_id), usual.words]
    right = next((m for m in measured if m.side == "right"), None)
    left = next((m for m in measured if m.side == "left"), None)
    if right is not None and left is not None and right.asymmetry is not None:
        notes.append(difference_text(right.asymmetry, right, assess.difference_word(right, left)))
    note = " ".join(n for n in notes if n)
    return (
        f'<div class="fc-measure"><h3>{esc(title_of(measure_id))}</h3>{rows}'
        f'<p class="fc-note">{esc(note)}</p></div>'
    )


def row(reader: Reader, m: Measurement, axis: Axis, said: tuple[str, ...] = ()) -> str:
    """Return one side's row."""
    settings = RenderSettings()
    mark, word = reader.verdict(m)
    usual = reader.usual(m)
    side = side_phrase(m.id, m.side).capitalize() or "Overall"
    value = shown(m)
    words = f"{title_of(m.id)} {side}: {value}, {word}"
    unsure = "" if m.status == "ok" else " fc-unsure"
    count = f"{steps_word(m.n, counted_as(m.id))}, 95 % interval {interval_text(m, settings)}"
    parts = ["" if m.unit == "count" else count, "" if m.reason in said else m.reason]
    reason = ". ".join(p for p in parts if p)
    return (
        f'<div class="fc-row{unsure}"><span class="fc-side">{esc(side)}</span>'
        f'<span class="fc-value">{esc(value)}</span>'
        f'<span class="fc-strip">{strip(m, axis, (usual.low, usual.high), mark, words)}</span>'
        f"<span>{chip(mark, word)}</span>"
        f'<span class="fc-n">{esc(reason)}</span></div>'
    )


def difference_text(gap: Difference, like: Measurement, said: str) -> str:
    """Write right minus left in words, and what it says."""
    as_value = Measurement(
        id=like.id,
        side="both",
        unit=like.unit,
        value=gap.value,
        ci95=gap.ci95,
        sd=gap.sd,
        n=like.n,
        status="ok",
    )
    return f"Right minus left: {value_text(as_value, RenderSettings())} ({said})."


def missing_lines(measurements: list[Measurement]) -> list[str]:
    """Return what was not measured, one line per reason."""
    by_reason: dict[str, dict[str, list[str]]] = {}
    for m in measurements:
        sides = by_reason.setdefault(m.reason, {}).setdefault(title_of(m.id), [])
        sides.append(side_phrase(m.id, m.side))
    made: list[str] = []
    for reason, titles in by_reason.items():
        names = ", ".join(f"{t} ({s[0]})" if len(s) == 1 and s[0] else t for t, s in titles.items())
        words = f"<b>{esc(names)}</b><br>{esc(reason)}"
        made.append(f'<li class="fc-line">{icon("none")}<span>{words}</span></li>')
    return made

"""A result as a few plain lines for a terminal."""

from collections.abc import Sequence
from typing import Final

from formcheck.assess.findings import advice, after_first, headline, is_about_movement, is_core
from formcheck.assess.placing import word_of
from formcheck.assess.texts import HEADLINES, shown, shown_half, title_of
from formcheck.results import Analysis, Measurement

_UNIT_WORDS: Final = {"deg": "degrees", "steps/min": "steps/min", "index 0-100": "of 100"}


def summary_lines(analysis: Analysis) -> tuple[str, ...]:
    """Return the result as a few plain lines for a terminal.

    Parameters
    ----------
    analysis : Analysis

    Returns
    -------
    tuple of str
        Headline, the main values with their intervals, what was withheld and why, the cue.
    """
    lines = [headline(analysis)]
    about = [f for f in analysis.findings if is_about_movement(f)]
    lines += [after_first(f) if k == 0 else f.message for k, f in enumerate(about)]
    main = [m for m in analysis.measurements if is_core(m.id) or (analysis.reps and m.value)]
    lines += [_value_line(m) for m in main if m.value is not None]
    lines += _refused_lines([m for m in main if m.value is None])
    lines += [f.message for f in analysis.findings if f.severity == "stop"]
    lines += _not_counted(analysis)
    given = advice(analysis)
    if given is not None:
        lines.append(f"Try: {given.cue} {given.drill} {given.expect}")
    else:
        lines += [f.suggestion for f in about]
    lines.append(HEADLINES["limits"])
    return tuple(dict.fromkeys(line for line in lines if line))


def _not_counted(analysis: Analysis) -> list[str]:
    """Return one line per repetition that does not count, with its moment and reason."""
    return [
        f"Not counted, at {r.deepest_s:.1f} s: {r.reason}." for r in analysis.reps if not r.counted
    ]


def _refused_lines(refused: Sequence[Measurement]) -> list[str]:
    """Return one line per refusal; both sides share one where the reason is the same."""
    lines = []
    for m in refused:
        same = [x for x in refused if (x.id, x.reason) == (m.id, m.reason)]
        label = title_of(m.id) if len(same) > 1 else _label(m)
        lines.append(f"{label}: not measured. {m.reason}")
    return lines


def _value_line(m: Measurement) -> str:
    if m.unit == "count":  # counted, not measured
        return f"{_label(m)}: {shown(m.value or 0.0, m.unit)} ({word_of(m)})"
    low, high = m.ci95 or (0.0, 0.0)
    unit = _UNIT_WORDS.get(m.unit, m.unit)
    half = shown_half(low, high, m.unit)
    value = f"{shown(m.value or 0.0, m.unit)} +/- {half} {unit}"
    return f"{_label(m)}: {value}, n = {m.n} ({word_of(m)})"


def _label(m: Measurement) -> str:
    return title_of(m.id) if m.side == "both" else f"{title_of(m.id)}, {m.side}"

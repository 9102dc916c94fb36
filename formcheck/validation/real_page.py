"""Writes the page about real clips: totals, a line per clip, what was missed and why."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from formcheck import __version__
from formcheck.validation.real import Number, RealRow
from formcheck.validation.real_labels import NONE
from formcheck.validation.score import EventScore, summarise_events
from formcheck.validation.table import number

_INTRO = """# Real clips with hand labels

Written by `formcheck real`; do not edit by hand. {n} clips, formcheck {version}, {day}. One person
labelled them by eye, once: give or take a frame, and what could not be told is not scored. They
are clips that the rules were written with, so these numbers flatter: others are kept back for
judging. "Alone" is the clip with nothing said about it, by a recogniser that has learned from these
clips (`python -m formcheck.validation.recognition` prints what it says of sources left out);
"named" is with the test that fits said.
"""


def write_real_page(rows: Sequence[RealRow], out: Path) -> str:
    """Write the page whole or not at all, and return one line that sums it up.

    Reasons for what was missed are read from ``NAME.reasons.json`` beside it, by name of clip.
    """
    beside = out.with_suffix(".reasons.json")
    reasons = json.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}
    day = datetime.now(tz=UTC).date()
    parts = [
        _INTRO.format(n=len(rows), version=__version__, day=day),
        "## Totals\n",
        *_totals(rows),
        "\n## Missed\n",
        *_missed(rows, reasons),
        "\n## Movement tests, named\n",
        *_movement_lines(rows),
        "\n## Runs, named\n",
        *_run_lines(rows),
        "\n## Events, by clip\n",
        *_event_lines(rows),
        "\n## Alone\n",
        "| clip | fits | outcome | found |\n|---|---|---|---|",
        *(f"| {r.clip.name} | {r.clip.test} | {r.alone} | {r.alone_what} |" for r in rows),
    ]
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_suffix(out.suffix + ".tmp")
    temporary.write_text("\n".join(parts) + "\n", encoding="utf-8")
    temporary.replace(out)
    counted = _counted(rows)
    exact = sum(_count(r) == r.clip.count for r in counted)
    return f"{len(rows)} clips; counts exact in {exact} of {len(counted)}; page: {out.resolve()}"


def _counted(rows: Sequence[RealRow]) -> list[RealRow]:
    return [r for r in rows if r.clip.count is not None and r.clip.test != NONE]


def _count(row: RealRow) -> int:
    """Return the repetitions counted; a refusal counts none."""
    return row.repetitions.count if row.repetitions else 0


def _share(n: int, of: int) -> str:
    return f"{n} of {of}" + (f" ({100 * n / of:.0f} %)" if of else "")


def _totals(rows: Sequence[RealRow]) -> list[str]:
    shows = [r for r in rows if r.clip.test != NONE]
    none = [r for r in rows if r.clip.test == NONE]
    alone = Counter(r.alone for r in shows)
    counted = _counted(rows)
    off = [abs(_count(r) - (r.clip.count or 0)) for r in counted]
    reps = [r.repetitions for r in counted if r.repetitions]
    sided = [x.side_right for x in reps if x.side_right is not None]
    beyond = sum(len(r.beyond) for r in rows)
    words = ", ".join(f"{k} {n}" for k, n in sorted(alone.items()))
    rejected = _share(sum(r.alone == "right" for r in none), len(none))
    met, moments = sum(x.extremes_in for x in reps), sum(x.extremes for x in reps)
    return [
        f"- alone, clips that show a test: {words} (of {len(shows)})",
        f"- alone, clips that show none: refused or asked {rejected}",
        f"- named, counts exact: {_share(off.count(0), len(off))}; "
        f"within one: {_share(sum(x <= 1 for x in off), len(off))}",
        f"- named, deepest or landing moments within their uncertainty: {_share(met, moments)}",
        f"- named, working side right where labelled and not asked: "
        f"{_share(sum(sided), len(sided))}",
        *_event_totals(rows),
        *(
            f"- named, {what} within the label's give or take: {_agree(numbers)}"
            for what, numbers in (
                ("steps a minute", [r.cadence for r in rows]),
                ("contact time", [r.contact for r in rows]),
            )
        ),
        f"- values called ok that no person can reach: {beyond}",
    ]


def _event_totals(rows: Sequence[RealRow]) -> list[str]:
    out = []
    for kind in ("foot_strike", "toe_off"):
        labelled = [r for r in rows if any(e.kind == kind for e in r.clip.events)]
        scores = [e for r in labelled for e in r.events if e.kind == kind]
        out.append(f"- named, {kind}: {_event_words(scores)} ({len(scores)} clips)")
    right, known = (sum(r.sides[k] for r in rows) for k in (0, 1))
    return [*out, f"- named, strikes on the right foot: {_share(right, known)}"]


def _event_words(scores: Sequence[EventScore]) -> str:
    s = summarise_events(scores)
    return (
        f"recall {number(s.recall_pct, 0)} %, precision {number(s.precision_pct, 0)} %, "
        f"bias {number(s.bias_ms, 0)} ms, SD {number(s.sd_ms, 0)} ms, "
        f"within a frame {number(s.within_frame_pct, 0)} %"
    )


def _agree(numbers: Sequence[Number | None]) -> str:
    given = [n.within for n in numbers if n is not None and n.within is not None]
    return _share(sum(given), len(given))


def _missed(rows: Sequence[RealRow], reasons: Mapping[str, str]) -> list[str]:
    lines = ["| clip | what was missed | why |", "|---|---|---|"]
    for r in rows:
        what = "; ".join(_misses(r))
        if what:
            lines.append(f"| {r.clip.name} | {what} | {reasons.get(r.clip.name, '')} |")
    return lines


def _misses(row: RealRow) -> list[str]:
    out = []
    if row.alone in ("wrong test", "crashed") or (row.clip.test == NONE and row.alone != "right"):
        out.append(f"alone: {row.alone} ({row.alone_what})")
    if row.clip.count is not None and _count(row) != row.clip.count:
        out.append(f"count {_count(row)} for {row.clip.count} {row.named_what}".rstrip())
    elif row.named in ("refused", "crashed") and not row.clip.may_refuse:
        out.append(f"named: {row.named_what}")
    if row.repetitions and row.repetitions.side_right is False:
        out.append(f"side, for {row.clip.side}")
    if row.sides[0] < row.sides[1]:
        out.append(f"strikes on the wrong foot: {row.sides[1] - row.sides[0]} of {row.sides[1]}")
    for what, value in (("steps a minute", row.cadence), ("contact time", row.contact)):
        if value is not None and value.within is False:
            out.append(f"{what} {_said(value)}")
    return [*out, *(f"beyond reach: {b}" for b in row.beyond)]


def _said(value: Number) -> str:
    found = "none" if value.found is None else f"{value.found:.0f} ({value.status})"
    return f"{found} for {value.label:.0f} ± {value.plus_minus:.0f}"


def _movement_lines(rows: Sequence[RealRow]) -> list[str]:
    lines = [
        "| clip | test | label | counted | moments met | side | refusal |",
        "|---|---|---|---|---|---|---|",
    ]
    words = {True: "right", False: "wrong", None: "-"}
    for r in _counted(rows):
        x = r.repetitions
        met = f"{x.extremes_in} of {x.extremes}" if x else "-"
        side = words[x.side_right] if x else "-"
        lines.append(
            f"| {r.clip.name} | {r.clip.test} | {r.clip.count} | {_count(r)} | {met} | {side} | "
            f"{r.named_what} |"
        )
    return lines


def _run_lines(rows: Sequence[RealRow]) -> list[str]:
    lines = [
        "| clip | outcome | cadence, steps/min | contact time, ms | strikes on the right foot |",
        "|---|---|---|---|---|",
    ]
    for r in rows:
        if r.clip.runs:
            numbers = (_said(n) if n else "-" for n in (r.cadence, r.contact))
            feet = f"{r.sides[0]} of {r.sides[1]}" if r.sides[1] else "-"
            cells = (r.clip.name, f"{r.named} {r.named_what}".strip(), *numbers, feet)
            lines.append("| " + " | ".join(cells) + " |")
    return lines


def _event_lines(rows: Sequence[RealRow]) -> list[str]:
    return [
        f"- {r.clip.name}, {e.kind} ({e.n_true} labelled): {_event_words([e])}"
        for r in rows
        for e in r.events
    ]

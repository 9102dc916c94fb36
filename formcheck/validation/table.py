"""The accuracy page: tables in Markdown, made from scores only."""

import math
from collections.abc import Sequence

from formcheck.fitted.method_errors import fps_class
from formcheck.registry import MEASURES
from formcheck.validation.score import (
    EventScore,
    ValueRow,
    ValueScore,
    group_by,
    score_values,
    summarise_events,
)

_HEAD = (
    "| measure | view | fps | unit | clips | n | bias | SD | RMSE | slope | r | truth range | "
    "95 % half-width | coverage % | uncertain % | refused % |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
)

SMALL_RANGE = 5.0
"""Quantities of a smaller range (ratios, metres per second, centimetres) get a second digit."""


def measure_table(rows: Sequence[ValueRow]) -> str:
    """Return one line per measure, view and frame-rate class; the mission's five come first."""
    groups = group_by(rows, lambda r: (_order(r.measure_id), r.label, r.view, fps_class(r.fps)))
    lines = [_HEAD]
    for (_, label, view, fps), members in sorted(groups.items()):
        lines.append(_line(label, view, fps, members))
    return "\n".join(lines)


def pooled_table(rows: Sequence[ValueRow]) -> str:
    """Return one line per measure, all views that carry it and all frame rates together."""
    groups = group_by(rows, lambda r: (_order(r.measure_id), r.label))
    lines = [_HEAD]
    for (_, label), members in sorted(groups.items()):
        lines.append(_line(label, "all", "all", members))
    return "\n".join(lines)


def _order(measure_id: str) -> int:
    ids = list(MEASURES)
    spec = MEASURES[measure_id] if measure_id in ids else None
    rank = ids.index(measure_id) if measure_id in ids else len(ids)
    return rank if spec is None or not spec.core else rank - 1000


def _line(label: str, view: str, fps: str, members: list[ValueRow]) -> str:
    s: ValueScore = score_values(members)
    fine = 2 if s.truth_range < SMALL_RANGE else 1
    cells = [
        label,
        view,
        fps,
        members[0].unit,
        str(s.n_clips),
        str(s.n),
        *(number(v, fine) for v in (s.bias, s.sd, s.rmse)),
        number(s.slope, 2),
        number(s.r, 2),
        number(s.truth_range, fine),
        number(s.half_width, fine),
        *(number(v, 0) for v in (s.coverage_pct, s.uncertain_pct, s.refused_pct)),
    ]
    return "| " + " | ".join(cells) + " |"


def event_table(rows: Sequence[EventScore]) -> str:
    """Return one line per kind, view and frame-rate class."""
    lines = [
        "| event | view | fps | clips | true | recall % | precision % | bias ms | SD ms | "
        "within one frame % |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    groups: dict[tuple[str, str, str], list[EventScore]] = {}
    for row in rows:
        groups.setdefault((row.kind, row.view, fps_class(row.fps)), []).append(row)
    for (kind, view, fps), members in sorted(groups.items()):
        s = summarise_events(members)
        cells = [kind, view, fps, str(s.n_clips), str(s.n_true)]
        cells += [number(v) for v in (s.recall_pct, s.precision_pct, s.bias_ms, s.sd_ms)]
        cells.append(number(s.within_frame_pct))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def number(value: float, digits: int = 1) -> str:
    """Return `value` rounded, or a dash where there is none."""
    return f"{value:.{digits}f}" if math.isfinite(value) else "-"

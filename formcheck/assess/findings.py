"""At most two findings, one cue and one drill from the measurements; none from unsure values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from formcheck.assess.bands import Band, Zone, band_of, difference_zone, sure_speed_mps, zone_of
from formcheck.assess.texts import HEADLINES, MOVEMENT_TEXTS, shown, shown_half, title_of
from formcheck.keypoints import other
from formcheck.quality.texts import QUALITY_TEXTS
from formcheck.registry import MEASURES
from formcheck.results import Analysis, ClipRecord, Finding, Measurement

_KNEE_LINES: Final = ("squat_valgus", "knee_line")
"""Told as so many degrees inward or outward."""
MAX_FINDINGS: Final = 2
_RANK: Final[dict[Zone, int]] = {"outside": 0, "watch": 1, "usual": 2}
_UNIT_WORDS: Final = {"deg": "degrees", "steps/min": "steps/min", "index 0-100": "of 100"}


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to think of and one exercise, with the source of the evidence."""

    cue: str
    drill: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    zone: Zone
    core: bool
    key: str
    finding: Finding


def is_about_movement(finding: Finding) -> bool:
    """Tell a finding about the movement from one about the clip."""
    return finding.code not in QUALITY_TEXTS


def movement_findings(measurements: Sequence[Measurement], clip: ClipRecord) -> tuple[Finding, ...]:
    """Return at most two findings about the movement.

    Values beyond a published range or clear differences between the sides come first, the five
    main measures before others. (A value inside whose interval straddles a limit is marked in the
    table and is no finding.) Where nothing stands out, up to two main values are told as they
    are. Only the first finding that stands out carries a cue and a drill, in its suggestion.

    Parameters
    ----------
    measurements : sequence of Measurement
    clip : ClipRecord

    Returns
    -------
    tuple of Finding
        Severity `outside`, `watch` or `info`.
    """
    speed = sure_speed_mps(measurements)
    ordered = sorted(
        _candidates(measurements, clip, speed), key=lambda c: (_RANK[c.zone], not c.core)
    )
    kept: list[_Candidate] = []
    for candidate in ordered:
        seen = {i for c in kept for i in c.finding.measure_ids}
        if not seen & set(candidate.finding.measure_ids):
            kept.append(candidate)
    if not kept:
        return tuple(_told_values(measurements))[:MAX_FINDINGS]
    first, *rest = kept[:MAX_FINDINGS]
    text = MOVEMENT_TEXTS[first.key]
    suggestion = " ".join(p for p in (text.cue, text.drill) if p)
    return (first.finding.model_copy(update={"suggestion": suggestion}), *(c.finding for c in rest))


def advice(analysis: Analysis) -> Advice | None:
    """Return the one cue and one drill of an analysis, None where nothing calls for one."""
    for finding in analysis.findings:
        if not is_about_movement(finding) or finding.severity not in ("watch", "outside"):
            continue
        text = MOVEMENT_TEXTS.get(_key_of(finding.code))
        if text is not None and finding.suggestion and text.cue:
            return Advice(text.cue, text.drill, text.source)
    return None


def headline(analysis: Analysis) -> str:
    """Return the result in one sentence.

    Parameters
    ----------
    analysis : Analysis

    Returns
    -------
    str
        The gravest finding about the movement; else that nothing stands out; else why nothing could
        be measured.
    """
    values = [m for m in analysis.measurements if m.status == "ok"]
    told = [f for f in analysis.findings if is_about_movement(f)]
    if any(f.severity in ("outside", "watch") for f in told):
        return next(f for f in told if f.severity in ("outside", "watch")).message
    if not [m for m in analysis.measurements if m.value is not None]:
        stops = [f for f in analysis.findings if f.severity == "stop"]
        why = f"{stops[0].message} {stops[0].suggestion}".strip() if stops else ""
        return HEADLINES["nothing_measured"].format(why=why).strip()
    if told:
        return told[0].message
    if not values:
        remedy = next((f.suggestion for f in analysis.findings if f.suggestion), "")
        return HEADLINES["only_rough"].format(why=remedy).strip()
    measured = len({m.id for m in values})
    withheld = len({m.id for m in analysis.measurements} - {m.id for m in values})
    return HEADLINES["nothing_stands_out"].format(measured=measured, withheld=withheld)


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
    main = [m for m in analysis.measurements if _core(m.id) or (analysis.reps and m.value)]
    lines += [_value_line(m) for m in main if m.value is not None]
    lines += _refused_lines([m for m in main if m.value is None])
    lines += [f.message for f in analysis.findings if f.severity == "stop"]
    lines += _not_counted(analysis)
    given = advice(analysis)
    if given is not None:
        lines.append(f"Try: {given.cue} {given.drill}")
    lines.append(HEADLINES["limits"])
    return tuple(dict.fromkeys(lines))


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
    low, high = m.ci95 or (0.0, 0.0)
    unit = _UNIT_WORDS.get(m.unit, m.unit)
    half = shown_half(low, high, m.unit)
    unsure = " (uncertain)" if m.status == "uncertain" else ""
    return f"{_label(m)}: {shown(m.value or 0.0, m.unit)} +/- {half} {unit}, n = {m.n}{unsure}"


def _label(m: Measurement) -> str:
    return title_of(m.id) if m.side == "both" else f"{title_of(m.id)}, {m.side}"


def _core(measure_id: str) -> bool:
    return measure_id in MEASURES and MEASURES[measure_id].core


def _candidates(
    measurements: Sequence[Measurement], clip: ClipRecord, speed_mps: float | None
) -> Iterator[_Candidate]:
    for m in measurements:
        band = band_of(m.id, clip, speed_mps)
        zone = zone_of(m, band)
        if band is not None and zone in ("watch", "outside") and not _inside(m, band):
            yield from _beyond(m, band, zone)
    for m in measurements:
        zone = difference_zone(m.asymmetry, m.unit)
        key = f"{m.id}:asymmetry"
        if m.side == "right" and zone in ("watch", "outside") and key in MOVEMENT_TEXTS:
            yield _Candidate(
                zone=zone, core=_core(m.id), key=key, finding=_difference(m, key, zone)
            )


def _inside(m: Measurement, band: Band) -> bool:
    """Tell whether the value itself lies in the range; then it is nothing to tell."""
    return m.value is not None and band.low <= m.value <= band.high


def _beyond(m: Measurement, band: Band, zone: Zone) -> Iterator[_Candidate]:
    if m.value is None or m.ci95 is None:
        return
    near_low = m.value - band.low < band.high - m.value
    key = f"{m.id}:{'low' if near_low else 'high'}"
    if key in MOVEMENT_TEXTS:
        limits = {"low": shown(band.low, m.unit), "high": shown(band.high, m.unit)}
        yield _Candidate(
            zone=zone, core=_core(m.id), key=key, finding=_finding(m, key, zone, limits)
        )


def _finding(
    m: Measurement,
    key: str,
    severity: Literal["usual", "watch", "outside", "info"],
    more: dict[str, str],
) -> Finding:
    low, high = m.ci95 or (0.0, 0.0)
    value = m.value or 0.0
    words = {
        "side": m.side,
        "other": m.side if m.side == "both" else other(m.side),
        "value": shown(abs(value) if m.id in _KNEE_LINES else value, m.unit),
        "half": shown_half(low, high, m.unit),
        "signed": f"{value:+.0f}",
        "inward": "inward" if value >= 0 else "outward",
        "on_leg": "" if m.side == "both" else f" on the {m.side} leg",
        "knee_bends": "knees bend" if m.side == "both" else f"{m.side} knee bends",
        "repetitions": "repetition" if round(value) == 1 else "repetitions",
        **more,
    }
    text = MOVEMENT_TEXTS[key]
    return Finding(
        code=key.replace(":", "_").upper(),
        severity="info" if severity == "usual" else severity,
        message=text.runner.format(**words),
        clinical=text.clinical.format(**words),
        measure_ids=(m.id,),
    )


def _difference(m: Measurement, key: str, zone: Zone) -> Finding:
    d = m.asymmetry
    value, (low, high) = (d.value, d.ci95) if d is not None else (0.0, (0.0, 0.0))
    return _finding(
        m,
        key,
        zone,
        {
            "more": "right" if value > 0 else "left",
            "difference": shown(abs(value), m.unit),
            "signed": f"{value:+.0f}",
            "half": shown_half(low, high, m.unit),
        },
    )


def _told_values(measurements: Sequence[Measurement]) -> Iterator[Finding]:
    """Tell main values as they are, larger side first, one per measure."""
    done: set[str] = set()
    order = sorted(measurements, key=lambda m: not _core(m.id))
    for m in order:
        key = f"{m.id}:value"
        if m.status != "ok" or m.id in done or key not in MOVEMENT_TEXTS:
            continue
        done.add(m.id)
        same = [x for x in measurements if x.id == m.id and x.status == "ok"]
        largest = max(same, key=lambda x: x.value or 0.0)
        yield _finding(largest, key, "info", {})


def _key_of(code: str) -> str:
    for key in MOVEMENT_TEXTS:
        if key.replace(":", "_").upper() == code:
            return key
    return ""

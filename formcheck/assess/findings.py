"""At most two findings, one cue and one drill from the measurements; none from unsure values."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from formcheck.assess.cues import CUES, Cue
from formcheck.assess.next_clip import next_clip
from formcheck.assess.placing import Verdict, is_high, trait_of, verdict_of, within, word_of
from formcheck.assess.seen import MovementText
from formcheck.assess.sides import camera_hides, difference_verdict
from formcheck.assess.telling import compared, differing, has_words, hidden, seen, told
from formcheck.assess.texts import (
    HEADLINES,
    SUMMARY_TEXTS,
    lower_first,
    title_of,
)
from formcheck.quality.texts import QUALITY_TEXTS
from formcheck.registry import MEASURES
from formcheck.results import Analysis, ClipRecord, Finding, Measurement, Severity

MAX_FINDINGS: Final = 2
IN_THE_MIDDLE: Final = "IN_THE_MIDDLE"
SIDES_HIDDEN: Final = "SIDES_HIDDEN"
_SIDES: Final = "_ASYMMETRY"
_MOST_TITLES: Final = 4
_FIRST: Final = re.compile(r"(?<=[.?!]) ")
"""Ends the first sentence."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to think of and one exercise, what to expect, and the source of the evidence."""

    cue: str
    drill: str
    source: str
    expect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A finding with its place in the order: a smaller rank is told first."""

    rank: tuple[float, ...]
    finding: Finding


def is_about_movement(finding: Finding) -> bool:
    """Tell a finding about the movement from one about the clip."""
    return finding.code not in QUALITY_TEXTS


def movement_findings(
    measurements: Sequence[Measurement], clip: ClipRecord, protocol: str
) -> tuple[Finding, ...]:
    """Return one or two findings about the movement.

    1. Values beyond a published range, clear differences between the sides, values toward a side.
    2. The most individual trait: the value farthest from a published mean, if that is one SD or
       more and its interval leaves the mean out.
    3. Else what lies within the published ranges and what is nearest to an edge.
    4. Else up to two values as they are: a starting point for the next clip.

    The first finding carries at most one cue and one drill, or what to film next.

    Parameters
    ----------
    measurements : sequence of Measurement
        Placed (:func:`formcheck.assess.placing.with_places`).
    clip : ClipRecord
    protocol : str

    Returns
    -------
    tuple of Finding
        Severity `outside`, `watch` or `info`; empty where no value is sure.
    """
    kept: list[_Candidate] = []
    for candidate in sorted(_candidates(measurements), key=lambda c: c.rank):
        told_of = {_movement(c.finding) for c in kept}
        if _movement(candidate.finding) not in told_of:
            kept.append(candidate)
    findings = [c.finding for c in kept[:MAX_FINDINGS]]
    if not findings:
        findings = _within(measurements) or _starting_points(measurements)
    findings += _hidden_sides(measurements)[: MAX_FINDINGS - len(findings)]
    if not findings:
        return ()
    cue = cue_of(findings[0])
    try_this = f"{cue.cue} {cue.drill}" if cue else next_clip(measurements, clip, protocol)
    return (findings[0].model_copy(update={"suggestion": try_this}), *findings[1:])


def advice(analysis: Analysis) -> Advice | None:
    """Return the one cue and one drill of an analysis, None where nothing calls for one."""
    for finding in analysis.findings:
        cue = cue_of(finding)
        if cue is not None and finding.suggestion:
            return Advice(cue.cue, cue.drill, cue.source, cue.expect)
    return None


def cue_of(finding: Finding) -> Cue | None:
    """Return what there is to try for a finding that stands out."""
    if not is_about_movement(finding) or finding.severity == "info":
        return None
    return next((cue for key, cue in CUES.items() if _code(key) == finding.code), None)


def word_of_finding(finding: Finding, measurements: Iterable[Measurement]) -> str:
    """Return the few words beside a finding: the same as beside the value that it tells."""
    if finding.severity == "stop":
        return "could not be measured"
    if finding.code.endswith(_SIDES):
        return "the sides differ"
    m = _subject(finding, measurements)
    return "note" if m is None else word_of(m)


def headline(analysis: Analysis, *, clinical: bool = False) -> str:
    """Return the result in one sentence.

    Parameters
    ----------
    analysis : Analysis
    clinical : bool
        In words for a physiotherapist.

    Returns
    -------
    str
        The first finding about the movement in short; else why there is none.
    """
    about = [f for f in analysis.findings if is_about_movement(f)]
    if about:
        return short(about[0], analysis.measurements, clinical=clinical)
    if not [m for m in analysis.measurements if m.value is not None]:
        stops = [f for f in analysis.findings if f.severity == "stop"]
        why = f"{stops[0].message} {stops[0].suggestion}".strip() if stops else ""
        return HEADLINES["nothing_measured"].format(why=why).strip()
    remedy = next((f.suggestion for f in analysis.findings if f.suggestion), "")
    return HEADLINES["only_rough"].format(why=remedy).strip()


def short(finding: Finding, measurements: Iterable[Measurement], *, clinical: bool = False) -> str:
    """Return a finding about the movement in one sentence: what was seen and where it lies."""
    m = _subject(finding, measurements)
    first = _FIRST.split(_words(finding, clinical=clinical), maxsplit=1)[0]
    if m is None or (verdict_of(m) is None and not trait_of(m)):
        return first
    return f"{first.rstrip('.')}: {word_of(m)}."


def after_first(finding: Finding, *, clinical: bool = False) -> str:
    """Return what a finding says after the sentence that is its headline."""
    return "".join(_FIRST.split(_words(finding, clinical=clinical), maxsplit=1)[1:])


def _words(finding: Finding, *, clinical: bool) -> str:
    return finding.clinical if clinical and finding.clinical else finding.message


def _subject(finding: Finding, measurements: Iterable[Measurement]) -> Measurement | None:
    """Return the value that a finding begins with, None where it begins with more than one."""
    for m in measurements:
        tells = m.id in finding.measure_ids and m.value is not None and has_words(m)
        if tells and finding.message.startswith(seen(m).runner):
            return m
    return None


def is_core(measure_id: str) -> bool:
    """Tell whether a measure is one of the main five."""
    return measure_id in MEASURES and MEASURES[measure_id].core


def _candidates(measurements: Sequence[Measurement]) -> Iterator[_Candidate]:
    for m in measurements:
        verdict = verdict_of(m)
        if verdict in ("watch", "outside") and has_words(m):
            yield _placed(m, verdict)
    for left, right in _pairs(measurements):
        verdict = difference_verdict(right, left)
        if verdict in ("watch", "outside") and not camera_hides(right, left):
            yield _sides(right, left, verdict)
    yield from _trait(measurements)


def _movement(finding: Finding) -> str:
    """Return what a finding is about: the peak of a lean is no other movement than its mean."""
    return finding.measure_ids[0].removesuffix("_peak")


def _placed(m: Measurement, verdict: Verdict) -> _Candidate:
    about = bool(m.reference and m.reference.about)
    grave = 0 if verdict == "outside" else 2 if m.placed == "beyond" else 1
    rank = (grave, about, not is_core(m.id), -abs(trait_of(m)))
    key = f"{m.id}:{'high' if is_high(m) else 'low'}"
    return _Candidate(rank=rank, finding=_finding(key, verdict, told(m), m))


def _sides(right: Measurement, left: Measurement, verdict: Verdict) -> _Candidate:
    rank = (0 if verdict == "outside" else 1, False, not is_core(right.id), 0.0)
    text = differing(right, left)
    return _Candidate(rank=rank, finding=_finding(f"{right.id}{_SIDES}", verdict, text, right))


def _trait(measurements: Sequence[Measurement]) -> Iterator[_Candidate]:
    """Tell the value farthest from its published mean, where no side of the range says more."""
    clear = [m for m in measurements if has_words(m) and trait_of(m)]
    if not clear:
        return
    m = max(clear, key=lambda m: abs(trait_of(m)))
    rank = (3, False, False, 0.0)
    key = f"{m.id}:{'high' if trait_of(m) > 0 else 'low'}"
    yield _Candidate(rank=rank, finding=_finding(key, "usual", told(m), m))


def _within(measurements: Sequence[Measurement]) -> list[Finding]:
    """Tell what lies within the published ranges, and what of it is nearest to an edge."""
    inside = [m for m in within(measurements) if has_words(m)]
    if not inside:
        return []
    titles = [lower_first(title_of(i)) for i in dict.fromkeys(m.id for m in inside)]
    more = len(titles) - _MOST_TITLES
    names = ", ".join(titles[:_MOST_TITLES]) + (f" and {more} more" if more > 0 else "")
    first = inside[0]
    all_inside = SUMMARY_TEXTS["middle"].format(titles=names)
    lead = SUMMARY_TEXTS["nearest"] if len(titles) > 1 else "{seen} {compared}"
    near = {"title": titles[0], "compared": compared(first)}
    runner = lead.format(seen=seen(first).runner, **near)
    clinical = lead.format(seen=seen(first).clinical, **near)
    if len(titles) > 1:
        runner, clinical = f"{all_inside} {runner}", f"{all_inside} {clinical}"
    text = MovementText(runner, clinical)
    made = _finding(IN_THE_MIDDLE, "usual", text, first)
    return [made.model_copy(update={"measure_ids": tuple(dict.fromkeys(m.id for m in inside))})]


def _starting_points(measurements: Sequence[Measurement]) -> list[Finding]:
    """Tell main values as they are, larger side first, one per measure."""
    made: list[Finding] = []
    for m in sorted(measurements, key=lambda m: not is_core(m.id)):
        told_of = {i for f in made for i in f.measure_ids}
        if m.status != "ok" or m.id in told_of or not has_words(m):
            continue
        same = [x for x in measurements if x.id == m.id and x.status == "ok"]
        largest = max(same, key=lambda x: x.value or 0.0)
        made.append(_finding(f"{m.id}:value", "usual", told(largest), largest))
    made = made[:MAX_FINDINGS]
    counted = {m.id for m in measurements if m.reference or m.unit == "count"}
    if made and not counted & set(made[0].measure_ids):
        more = SUMMARY_TEXTS["baseline"]
        first = made[0]
        made[0] = first.model_copy(update={"message": f"{first.message} {more}"})
    return made


def _hidden_sides(measurements: Sequence[Measurement]) -> list[Finding]:
    """Tell for which measure the camera keeps the sides from being compared: one is enough."""
    made = [
        _finding(SIDES_HIDDEN, "usual", hidden(right), right)
        for left, right in _pairs(measurements)
        if camera_hides(right, left) and right.status == left.status == "ok"
    ]
    return made[:1]


def _pairs(measurements: Sequence[Measurement]) -> Iterator[tuple[Measurement, Measurement]]:
    """Iterate over left and right of each measure that has both."""
    left = {m.id: m for m in measurements if m.side == "left" and m.value is not None}
    for m in measurements:
        if m.side == "right" and m.value is not None and m.id in left:
            yield left[m.id], m


def _finding(key: str, verdict: Verdict, text: MovementText, m: Measurement) -> Finding:
    severity: Severity = "info" if verdict == "usual" else verdict
    return Finding(
        code=_code(key),
        severity=severity,
        message=text.runner.strip(),
        clinical=text.clinical.strip(),
        measure_ids=(m.id,),
    )


def _code(key: str) -> str:
    return key.replace(":", "_").upper()

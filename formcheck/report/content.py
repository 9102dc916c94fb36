"""What both reports say: rows of the table, findings in order, facts, fixed sentences."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from formcheck.assess import (
    advice,
    after_first,
    cited,
    cue_of,
    headline,
    is_about_movement,
    short,
    word_of_finding,
)
from formcheck.registry import MEASURES
from formcheck.render import wording
from formcheck.report.base import EditNote, Plan, ReportData
from formcheck.report.measure_rows import CORE_ORDER, Row
from formcheck.results import Analysis, Finding, KeyFrame

ESTIMATES: Final = (
    "2D estimates from one camera. The ± value is half of a 95 % interval: the average most likely "
    "lies within it."
)
NOT_A_DIAGNOSIS: Final = (
    "This report describes movement in one video. It is not a diagnosis, does not predict injury "
    "and does not decide who may run."
)
SYMPTOMS_FIRST: Final = (
    "Symptoms come first. With leaking, heaviness, bulging, pain or bleeding, talk to a "
    "pelvic-health physiotherapist or doctor, whatever the numbers say."
)
DISCLAIMERS: Final[tuple[str, ...]] = (ESTIMATES, NOT_A_DIAGNOSIS, SYMPTOMS_FIRST)
SEVERITY_RANK: Final[dict[str, int]] = {"stop": 0, "outside": 1, "watch": 2, "info": 3}
TOP_FINDINGS: Final = 2


def words_of(finding: Finding, data: ReportData) -> str:
    """Return a finding in the reader's words."""
    if data.audience == "pt" and finding.clinical:
        return clinical(finding.clinical)
    return finding.message


def word_beside(finding: Finding, data: ReportData) -> str:
    """Return the few words beside a finding, those that stand beside its value."""
    clips = [c.analysis for c in data.clips if finding in c.analysis.findings]
    return word_of_finding(finding, [m for a in clips for m in a.measurements])


def clinical(words: str) -> str:
    """Return clinical copy as it is printed: with the signs that a terminal may lack."""
    words = re.sub(r"(\S+) \+/- (\S+) deg\b", r"\1° ± \2", words)
    return re.sub(r" deg\b", "°", words.replace("+/-", "±"))


def findings_of(data: ReportData) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the one or two about the movement (or why there are none), and the others."""
    told = [f for clip in data.clips for f in clip.analysis.findings]
    ranked = sorted(dict.fromkeys(told), key=lambda f: SEVERITY_RANK[f.severity])
    movement = [f for f in ranked if is_about_movement(f)]
    if data.findings is not None:
        chosen = [f for code in data.findings for f in movement if f.code == code]
    else:
        chosen = movement or [f for f in ranked if f.severity == "stop"]
    top = chosen[:TOP_FINDINGS]
    rest = [f for f in ranked if f not in top]
    if data.findings is not None or len(data.clips) > 1:
        rest = [f for f in rest if not is_about_movement(f)]
    return tuple(top), tuple(rest)


def cards_of(data: ReportData) -> tuple[tuple[Finding, str], ...]:
    """Return the top findings with the words to show; those of the headline are not repeated.

    A finding that is the headline and has nothing to try is left out.
    """
    top, _ = findings_of(data)
    pairs = [(f, words_of(f, data)) for f in top]
    if pairs and is_about_movement(top[0]) and not data.headline:
        pairs[0] = (top[0], clinical(after_first(top[0], clinical=_is_clinical(data))))
    return tuple((f, words) for f, words in pairs if words or f.suggestion)


def try_of(finding: Finding) -> str:
    """Return what to try or to film next, and what change to expect."""
    cue = cue_of(finding)
    return (
        f"{finding.suggestion} {cue.expect}" if cue and finding.suggestion else finding.suggestion
    )


def plan_of(data: ReportData) -> Plan:
    """Return the given plan, else the assessment's cue and drill."""
    if data.plan is not None:
        return data.plan
    top, _ = findings_of(data)
    for clip in data.clips:
        given = advice(clip.analysis)
        if given is not None and any(f.suggestion and f in clip.analysis.findings for f in top):
            return Plan(cue=given.cue, drill=given.drill)
    return Plan()


def headline_of(data: ReportData) -> str:
    """Return the sentence on top: the given one, else that of the gravest finding."""
    if data.headline:
        return data.headline
    top, _ = findings_of(data)
    if data.findings is not None or len(data.clips) > 1:
        told = [f for f in top if is_about_movement(f)]
        if told:
            measured = [m for c in data.clips for m in c.analysis.measurements]
            return clinical(short(told[0], measured, clinical=_is_clinical(data)))
    return clinical(headline(data.analysis, clinical=_is_clinical(data)))


def _is_clinical(data: ReportData) -> bool:
    return data.audience == "pt"


def clip_facts(analysis: Analysis) -> tuple[tuple[str, str], ...]:
    """Return label and words for the head of the report."""
    c = analysis.clip
    surface = {"treadmill": ", treadmill", "overground": ", over ground", "static": ""}
    rate = f"{c.fps:.0f} frames/s" + (", variable" if c.vfr else "")
    facts = [
        ("Clip", c.path),
        ("Test", analysis.protocol.id.replace("_", " ")),
        ("View", f"{c.view}{surface[c.surface]}"),
        ("Length", f"{c.duration_s:.1f} s at {rate}, {c.width_px} x {c.height_px}"),
        ("Seen", seen_text(analysis)),
    ]
    if c.slow_motion_factor != 1.0:
        facts.append(("Slow motion", f"undone, {c.slow_motion_factor:g} times"))
    if abs(c.roll_deg) >= 0.5:
        facts.append(("Tilted phone", f"{abs(c.roll_deg):.0f}° corrected"))
    if c.mirrored:
        facts.append(("Mirrored", "left and right put back"))
    return tuple(f for f in facts if f[1])


def seen_text(analysis: Analysis) -> str:
    """Return what was counted: ``12 left and 13 right steps``, ``3 repetitions``."""
    strikes = [e.side for e in analysis.events if e.kind == "foot_strike"]
    if analysis.reps:
        return wording.steps_word(sum(r.counted for r in analysis.reps), "repetition")
    if strikes:
        return f"{strikes.count('left')} left and {strikes.count('right')} right steps"
    return ""


def version_facts(analysis: Analysis) -> tuple[tuple[str, str], ...]:
    """Return label and words for the foot of the report."""
    v, p = analysis.versions, analysis.pose
    return (
        ("formcheck", v.formcheck),
        (
            "Landmark model",
            f"{p.backend} {p.model} ({p.model_sha256[:12]}), mediapipe {v.mediapipe}",
        ),
        ("Settings", v.settings_sha256[:12]),
        ("Clip file", analysis.clip.sha256[:12]),
        (
            "Tracking",
            f"body found in {100 * p.detection_rate:.0f} % of frames, "
            f"{p.swaps_repaired} left-right swaps repaired, {p.frames_dropped} frames left out",
        ),
    )


def sources_of(data: ReportData, rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the published studies behind what the report says: ranges, cues, definitions."""
    texts = [MEASURES[r.measure_id].source for r in rows if r.measured and r.measure_id in MEASURES]
    texts += [m.reference.source for r in rows for m in r.seen if m.reference is not None]
    cues = [cue_of(f) for f in findings_of(data)[0]]
    texts += [c.source for c in cues if c is not None]
    return cited(texts)


def frame_side(frame: KeyFrame) -> str:
    """Return the side a key frame belongs to, from its file name."""
    for side in ("left", "right"):
        if f"_{side}_" in frame.path:
            return side
    return ""


def main_frames(data: ReportData, n: int) -> tuple[tuple[Path, KeyFrame], ...]:
    """Return the `n` most telling pictures with their files, a left-right pair where there is one.

    Pictures of what the findings are about come first, then one of every other clip, then those of
    the main measures.
    """
    wanted = [i for f in findings_of(data)[0] for i in f.measure_ids]
    titles = [wording.title_of(k).lower() for k in (*wanted, *CORE_ORDER)]

    def rank(item: tuple[int, Path, KeyFrame]) -> tuple[int, bool, int, str]:
        words = item[2].caption.lower()
        main = next((i for i, title in enumerate(titles) if title in words), len(titles))
        return main, ":" not in words, item[0], item[2].path

    found = [
        (k, clip.folder / frame.path, frame)
        for k, clip in enumerate(data.clips)
        for frame in clip.analysis.frames
        if not is_extreme(frame)
    ]
    ranked = sorted(found, key=rank)
    lead = ranked[:2]
    shown = {k for k, _, _ in lead}
    others = [next(f for f in ranked if f[0] == k) for k in sorted({f[0] for f in ranked} - shown)]
    chosen = [*lead, *others, *(f for f in ranked[2:] if f not in others)][:n]
    return tuple((path, frame) for _, path, frame in chosen)


def is_extreme(frame: KeyFrame) -> bool:
    """Tell whether a picture shows the most extreme step, not the median one."""
    return "_extreme" in frame.path


def edits_of(data: ReportData) -> tuple[EditNote, ...]:
    """Return the corrections by hand: the given ones, else those that the results contain."""
    if data.edits:
        return data.edits
    made = [e for clip in data.clips for e in clip.analysis.edits]
    return tuple(
        EditNote(
            when=f"{e.made_at.astimezone():%Y-%m-%d %H:%M}",
            what=e.what,
            effect=f"Before: {e.before}; after: {e.after}",
        )
        for e in sorted(made, key=lambda e: e.made_at)
    )


def shortened(words: str, most: int) -> str:
    """Return the words, cut after a whole one where they are longer than `most` letters."""
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + " …"


def glued(value: str) -> str:
    """Keep a whole value with its unit on one line."""
    return value.replace(" ", "\N{NO-BREAK SPACE}")


def unbroken(words: str) -> str:
    """Keep a value and its give or take on one line."""
    return words.replace(" ± ", "\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}")


def sign_of(measure_id: str) -> str:
    """Return what a positive value means."""
    return MEASURES[measure_id].sign if measure_id in MEASURES else ""


def document_title(data: ReportData) -> str:
    """Return what a report is filed under: whose it is and of which day, else which clip's."""
    whose = ", ".join(p for p in (data.code, data.date) if p)
    return f"Running form: {whose if data.code else data.analysis.clip.path}"

"""What both reports say: rows of the table, findings in order, facts, fixed sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from formcheck.assess import headline, is_about_movement
from formcheck.registry import MEASURES
from formcheck.render import wording
from formcheck.render.grade import grade
from formcheck.report.base import ReportData
from formcheck.results import Analysis, Difference, Finding, KeyFrame, Measurement
from formcheck.settings.render import RenderSettings

DISCLAIMERS: Final[tuple[str, ...]] = (
    "2D estimates from one camera. The ± value is half of a 95 % interval: the average most likely "
    "lies within it.",
    "This report describes movement in one video. It is not a diagnosis, does not predict injury "
    "and does not decide who may run.",
    "Symptoms come first. With leaking, heaviness, bulging, pain or bleeding, talk to a "
    "pelvic-health physiotherapist or doctor, whatever the numbers say.",
)
CORE_ORDER: Final[tuple[str, ...]] = (
    "pelvic_drop",
    "trunk_rotation",
    "knee_flexion_at_contact",
    "squat_valgus",
    "landing_softness",
)
SEVERITY_RANK: Final[dict[str, int]] = {"stop": 0, "outside": 1, "watch": 2, "info": 3}
SEVERITY_WORD: Final[dict[str, str]] = {
    "stop": "could not be measured",
    "outside": "outside usual range",
    "watch": "worth watching",
    "info": "note",
}
TOP_FINDINGS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure over both sides."""

    measure_id: str
    title: str
    sides: tuple[Measurement, ...]

    def of(self, side: str) -> Measurement | None:
        """Return the measurement of one side."""
        return next((m for m in self.sides if m.side == side), None)

    @property
    def measured(self) -> bool:
        """True if any side has a value."""
        return any(m.value is not None for m in self.sides)

    @property
    def difference(self) -> Difference | None:
        """Right minus left, where both were measured."""
        return next((m.asymmetry for m in self.sides if m.asymmetry is not None), None)

    @property
    def core(self) -> bool:
        """True for the five main measures."""
        return self.measure_id in CORE_ORDER


def rows_of(analysis: Analysis) -> tuple[Row, ...]:
    """Return the measures in order: the five main ones, the others, each group measured first."""
    grouped: dict[str, list[Measurement]] = {}
    for m in analysis.measurements:
        grouped.setdefault(m.id, []).append(m)
    rows = [
        Row(measure_id=k, title=wording.title_of(k), sides=tuple(sorted(v, key=_side_rank)))
        for k, v in grouped.items()
    ]
    order = {k: i for i, k in enumerate(CORE_ORDER)}
    return tuple(
        sorted(
            rows,
            key=lambda r: (not r.measured, order.get(r.measure_id, len(order))),
        )
    )


def _side_rank(m: Measurement) -> int:
    return ("both", "left", "right").index(m.side)


def in_test(analysis: Analysis) -> bool:
    """Tell whether values are counted per repetition of a movement test."""
    return bool(analysis.reps)


def sure_text(row: Row, settings: RenderSettings, *, in_test: bool = False) -> str:
    """Return grade and number of steps, ``A · 16 steps`` (per side where they differ)."""
    seen = [m for m in row.sides if m.value is not None]
    if not seen:
        return "not measured"
    counts = dict.fromkeys(m.n for m in seen)
    unit = wording.counted_as(row.measure_id, in_test=in_test)
    n = " + ".join(str(c) for c in counts)
    plural = "" if list(counts) == [1] else "s"
    return f"{grade(seen, settings, in_test=in_test)} · {n} {unit}{plural}"


def difference_text(row: Row, settings: RenderSettings) -> str:
    """Return right minus left with its interval, empty where there is none."""
    d = row.difference
    if d is None:
        return ""
    unit = row.sides[0].unit
    value = wording.number(d.value, unit, settings)
    half = wording.half_width(d.ci95, unit, settings)
    mark = "" if d.status == "ok" else " (uncertain)"
    return f"{value} ± {half}{wording.unit_text(unit)}{mark}"


def findings_of(analysis: Analysis) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the one or two about the movement (or why there are none), and the others."""
    ranked = sorted(analysis.findings, key=lambda f: SEVERITY_RANK[f.severity])
    about_movement = [f for f in ranked if is_about_movement(f)]
    top = (about_movement or [f for f in ranked if f.severity == "stop"])[:TOP_FINDINGS]
    return tuple(top), tuple(f for f in ranked if f not in top)


def cards_of(data: ReportData) -> tuple[tuple[Finding, str], ...]:
    """Return the top findings with the words to show; those of the headline are not repeated.

    A finding that is the headline and has nothing to try is left out.
    """
    top, _ = findings_of(data.analysis)
    title = headline_of(data)
    pairs = [(f, "" if f.message == title else f.message) for f in top]
    return tuple((f, words) for f, words in pairs if words or f.suggestion)


def unmeasured(rows: Iterable[Row]) -> tuple[tuple[str, str], ...]:
    """Return the titles of what was not measured, joined, and the reason they share."""
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        if not row.measured:
            reason = " ".join(dict.fromkeys(m.reason for m in row.sides))
            by_reason.setdefault(reason, []).append(row.title)
    return tuple((", ".join(titles), reason) for reason, titles in by_reason.items())


def headline_of(data: ReportData) -> str:
    """Return the sentence on top: the given one, else that of the assessment."""
    return data.headline or headline(data.analysis)


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
    ]
    if c.slow_motion_factor != 1.0:
        facts.append(("Slow motion", f"undone, {c.slow_motion_factor:g} times"))
    if abs(c.roll_deg) >= 0.5:
        facts.append(("Tilted phone", f"{abs(c.roll_deg):.0f}° corrected"))
    if c.mirrored:
        facts.append(("Mirrored", "left and right put back"))
    return tuple(facts)


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


def overall_grade(analysis: Analysis, settings: RenderSettings) -> str:
    """Return the lowest grade of the measured main measures, of all where none is main."""
    seen = [m for m in analysis.measurements if m.value is not None]
    main = [m for m in seen if m.id in CORE_ORDER]
    return grade(main or seen, settings, in_test=in_test(analysis))


def frame_side(frame: KeyFrame) -> str:
    """Return the side a key frame belongs to, from its file name."""
    for side in ("left", "right"):
        if f"_{side}_" in frame.path:
            return side
    return ""


def main_frames(frames: Iterable[KeyFrame], n: int) -> tuple[KeyFrame, ...]:
    """Return the `n` most telling pictures: those of the main measures first, left and right."""
    titles = [wording.title_of(k).lower() for k in CORE_ORDER]

    def rank(frame: KeyFrame) -> tuple[int, bool, str]:
        words = frame.caption.lower()
        main = next((i for i, title in enumerate(titles) if title in words), len(titles))
        return main, ":" not in words, frame.path

    return tuple(sorted(frames, key=rank)[:n])


def unbroken(words: str) -> str:
    """Keep a value and its give or take on one line."""
    return words.replace(" ± ", "\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}")


def how_to_film(measure_id: str) -> str:
    """Return what to film so that the measure can be read."""
    return MEASURES[measure_id].how_to_film if measure_id in MEASURES else ""


def sign_of(measure_id: str) -> str:
    """Return what a positive value means."""
    return MEASURES[measure_id].sign if measure_id in MEASURES else ""

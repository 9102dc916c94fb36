"""Runs the analysis on real clips with hand labels, by itself and with the test named.

The labels are one person's, by eye; what they leave open is not scored. Times are compared on the
clip's own frame times, never by frame number over a rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import numpy as np

from formcheck.data import FloatArray
from formcheck.errors import FormcheckError
from formcheck.pipeline.measure import measure
from formcheck.pipeline.observe import Observed, observe
from formcheck.progress import OnProgress, silent
from formcheck.registry import MEASURES, PROTOCOLS
from formcheck.results import Analysis
from formcheck.settings import AnalyzeOptions, ModelName, Settings
from formcheck.validation.real_labels import NONE, LabelledEvents, RealClip, read_real
from formcheck.validation.score import EventScore, match_events
from formcheck.validation.truth import CADENCE, CONTACT_TIME
from formcheck.video import open_clip

Outcome = Literal["right", "asked", "asked without it", "refused", "wrong test", "crashed"]
_ASKS: Final = "PROTOCOL_UNSURE"
MATCH_SHARE: Final = 0.35
"""A found event is the labelled one if it is within this share of the usual gap between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetitions:
    """Repetitions of one clip with its test named.

    Attributes
    ----------
    extremes_in, extremes : int
        Labelled deepest (or highest, or landing) moments met within their uncertainty, and all.
    side_right : bool or None
        Every counted repetition on the labelled side; None if unlabelled, or asked of the user.
    """

    count: int
    extremes_in: int
    extremes: int
    side_right: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number beside the one by eye, with what the labeller gives or takes."""

    found: float | None
    status: str
    label: float
    plus_minus: float

    @property
    def within(self) -> bool | None:
        """Whether it agrees with the label; None where no number was given."""
        return None if self.found is None else abs(self.found - self.label) <= self.plus_minus


@dataclass(frozen=True, slots=True, kw_only=True)
class RealRow:
    """How one clip fared.

    Attributes
    ----------
    alone, named : str
        Outcome by itself, and with the test named ("" where no test fits).
    sides : tuple of int
        Matched strikes on the labelled foot, and all matched strikes whose foot is labelled.
    beyond : tuple of str
        Measures called ok with a value that no person can reach.
    """

    clip: RealClip
    alone: Outcome
    alone_what: str
    named: str = ""
    named_what: str = ""
    repetitions: Repetitions | None = None
    events: tuple[EventScore, ...] = ()
    sides: tuple[int, int] = (0, 0)
    cadence: Number | None = None
    contact: Number | None = None
    beyond: tuple[str, ...] = field(default=())


def score_real(
    folders: Sequence[Path],
    *,
    only: Sequence[str] = (),
    model: ModelName = "full",
    cache: Path | None = None,
    on_progress: OnProgress | None = None,
) -> tuple[RealRow, ...]:
    """Score every labelled clip of some folders.

    Parameters
    ----------
    only : sequence of str
        Parts of names; none for every clip.
    cache : Path, optional
        Where landmarks are kept between runs, by clip content and settings.
    """
    report = on_progress or silent
    clips = [c for folder in folders for c in read_real(folder)]
    clips = [c for c in clips if not only or any(part in c.name for part in only)]
    rows = []
    for n, clip in enumerate(clips):
        report(clip.name, n, len(clips))
        rows.append(score_clip(clip, model=model, cache=cache))
    return tuple(rows)


def score_clip(clip: RealClip, *, model: ModelName = "full", cache: Path | None = None) -> RealRow:
    """Analyse one clip by itself and with its test named, and score both."""
    settings = Settings()
    options = AnalyzeOptions(model=model)
    try:
        observed = observe(clip.path, options, settings, cache_dir=cache)
    except FormcheckError as error:
        return RealRow(
            clip=clip,
            alone="refused",
            alone_what=error.code,
            named="refused",
            named_what=error.code,
        )
    alone, found_alone = _tried(observed, options, settings)
    outcome = _outcome(clip, found_alone, alone)
    beyond = _beyond(found_alone)
    what = found_alone.protocol.id if found_alone else alone
    if clip.test == NONE:
        return RealRow(clip=clip, alone=outcome, alone_what=what, beyond=beyond)
    code, found = _tried(observed, options.model_copy(update={"protocol": clip.test}), settings)
    row = {"clip": clip, "alone": outcome, "alone_what": what}
    if found is None:
        named = "crashed" if code.startswith("crashed") else "refused"
        return RealRow(**row, named=named, named_what=code, beyond=beyond)  # type: ignore[arg-type]
    time_s = _file_times(clip, observed)
    events, sides = _events(clip, found, time_s)
    slowed = observed.clip.slow_motion_factor
    return RealRow(
        **row,  # type: ignore[arg-type]
        named="analysed",
        repetitions=_repetitions(clip, found, time_s),
        events=events,
        sides=sides,
        cadence=_number(found, CADENCE, clip.cadence, 1 / slowed),
        contact=_number(found, CONTACT_TIME, clip.contact, slowed),
        beyond=(*beyond, *_beyond(found)),
    )


def _tried(
    observed: Observed, options: AnalyzeOptions, settings: Settings
) -> tuple[str, Analysis | None]:
    """Analyse, or return the code of the refusal; a crash is a result too."""
    try:
        return "", measure(observed, options, settings).analysis
    except FormcheckError as error:
        likely = ", ".join(test for test, _ in error.likely)
        return f"{error.code} ({likely})" if likely else error.code, None
    except Exception as error:  # noqa: BLE001 (a crash is counted, not hidden: the page names it)
        return f"crashed: {type(error).__name__}: {error}", None


def _outcome(clip: RealClip, found: Analysis | None, code: str) -> Outcome:
    """Say whether the test was found; for a clip that shows none, refusing and asking are right."""
    if code.startswith("crashed"):
        return "crashed"
    if found is None:
        if clip.test == NONE:
            return "right"
        if not code.startswith(_ASKS):
            return "refused"
        return "asked" if clip.test in code else "asked without it"
    if found.protocol.id == clip.test:
        return "right"
    return "wrong test"


def _beyond(found: Analysis | None) -> tuple[str, ...]:
    """Return the measures called ok whose value lies outside what people reach in the test."""
    if found is None:
        return ()
    reach = PROTOCOLS[found.protocol.id].reach
    out = []
    for m in found.measurements:
        low, high = reach.get(m.id, MEASURES[m.id].plausible)
        if m.status == "ok" and m.value is not None and not low <= m.value <= high:
            out.append(f"{m.id} {m.side} {m.value:.3g} {m.unit}")
    return tuple(out)


def _file_times(clip: RealClip, observed: Observed) -> FloatArray:
    """Return the times of all frames of the file, on the clock of the part that was measured."""
    measured = observed.clip
    whole = open_clip(clip.path, capture_fps=measured.capture_fps).time_s
    return whole - measured.begins_s / measured.slow_motion_factor


def _frame_times(time_s: FloatArray, frames: Sequence[float]) -> FloatArray:
    """Return the times of frames that may be fractional, s on the true clock."""
    return np.asarray(np.interp(frames, np.arange(time_s.size), time_s))


def _repetitions(clip: RealClip, found: Analysis, time_s: FloatArray) -> Repetitions | None:
    if clip.count is None:
        return None
    reps = [r for r in found.reps if r.counted]
    landing = PROTOCOLS[clip.test].detector in ("hop", "landing", "bound")
    at = np.array([r.start_s if landing else r.deepest_s for r in reps])
    met = 0
    for frame in clip.extremes:
        low, high = _frame_times(time_s, (frame - clip.extreme_u, frame + clip.extreme_u))
        half = 0.5 * float(np.median(np.diff(time_s)))  # a frame's moment is known to half of one
        met += bool(((at >= low - half) & (at <= high + half)).any())
    asked = "leg" in found.clip.ambiguous
    right = bool(reps) and all(r.side == clip.side for r in reps)
    return Repetitions(
        count=len(reps),
        extremes_in=met,
        extremes=len(clip.extremes),
        side_right=None if clip.side is None or (asked and not right) else right,
    )


def _events(
    clip: RealClip, found: Analysis, time_s: FloatArray
) -> tuple[tuple[EventScore, ...], tuple[int, int]]:
    """Match strikes and toe-offs with the labels, on labelled frames only."""
    scores, right, known = [], 0, 0
    for labelled in clip.events:
        score, sides = _match(clip, labelled, found, time_s)
        scores.append(score)
        if labelled.kind == "foot_strike":
            right, known = sides
    return tuple(scores), (right, known)


def _match(
    clip: RealClip, labelled: LabelledEvents, found: Analysis, time_s: FloatArray
) -> tuple[EventScore, tuple[int, int]]:
    true = _frame_times(time_s, [frame for frame, _ in labelled.moments])
    first, last = _frame_times(time_s, labelled.span)
    window = MATCH_SHARE * float(np.median(np.diff(true))) if true.size > 1 else 0.1
    events = [e for e in found.events if e.kind == labelled.kind]
    times = np.array([e.time_s for e in events])
    pairs = match_events(true, times, window)
    matched = {j for _, j in pairs}
    # an event at the edge of the labelled stretch may belong to one just outside it
    inside = sum(
        j in matched or first + window <= t <= last - window for j, t in enumerate(times.tolist())
    )
    named = [(labelled.moments[i][1], events[j].side) for i, j in pairs]
    score = EventScore(
        clip=clip.name,
        kind=labelled.kind,
        view=found.clip.view,
        fps=1 / float(np.median(np.diff(time_s))),
        n_true=true.size,
        n_found=inside,
        errors_s=tuple(float(times[j] - true[i]) for i, j in pairs),
    )
    known = [pair for pair in named if pair[0] is not None]
    return score, (sum(a == b for a, b in known), len(known))


def _number(
    found: Analysis, measure_id: str, label: tuple[float, float] | None, factor: float
) -> Number | None:
    """Return a measure, the mean of its sides, on the file's clock, beside its label."""
    if label is None:
        return None
    given = [m for m in found.measurements if m.id == measure_id and m.value is not None]
    values = [m.value for m in given if m.value is not None]
    sure = all(m.status == "ok" for m in given)
    return Number(
        found=factor * float(np.mean(values)) if values else None,
        status=("ok" if sure else "uncertain") if values else "unavailable",
        label=label[0],
        plus_minus=label[1],
    )

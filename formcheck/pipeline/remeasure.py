"""Measure a stored result again with corrections; the video is not needed and not looked at."""

import dataclasses
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from formcheck.data import Channels, PoseSequence, Trial
from formcheck.edits import (
    ChoosePerson,
    Draft,
    Edit,
    EditLog,
    Effect,
    Relabel,
    apply_edit,
    draft_of,
    is_structural,
    read_edits,
    told,
    write_edits,
)
from formcheck.edits.log import new_entry
from formcheck.edits.model import refuse
from formcheck.edits.restate import relabelled, swapped_channels, swapped_clip, swapped_edges
from formcheck.edits.restate import swapped_pose as swapped
from formcheck.errors import FormcheckError
from formcheck.pipeline.interpret import Interpretation, interpret
from formcheck.pipeline.measure import assembled
from formcheck.pipeline.observe import Observed, observed_again
from formcheck.pose.persons import Runner
from formcheck.quality import check_steps
from formcheck.report.base import EXPORTS, ReportData
from formcheck.results import EARLIER_VALUES, Analysis, EditRecord, KeyFrame, Measurement
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.store.analysis_file import read_analysis, write_analysis
from formcheck.store.landmarks import load_landmarks

LANDMARKS: Final = "landmarks.npz"
_KEPT: Final = 6
_SAME: Final = 1e-9
_REPORTS: Final = ("report.html", "report.pdf")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Base:
    """What a result is before any step is touched: depends on the structural edits only."""

    observed: Observed
    options: AnalyzeOptions
    found: Interpretation


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Remeasured:
    """A result with edits.

    Attributes
    ----------
    trial : Trial
        As measured: steps left out are gone.
    draft : Draft
        All steps, with which of them count; ``draft.ignored`` are edits that no longer fit.
    """

    analysis: Analysis
    trial: Trial
    draft: Draft


class Bench:
    """A result folder opened for corrections: everything read once, every edit answered at once.

    Parameters
    ----------
    folder : Path
        A result folder with its landmarks.
    settings : Settings, optional

    Raises
    ------
    FormcheckError
        FILE_NOT_FOUND or RESULT_UNREADABLE where the folder cannot be measured again.
    """

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        stored = load_landmarks(folder / LANDMARKS)
        self._observed = observed_again(stored)
        context = stored.context
        text = "{}" if context is None else context.options_json
        self._options = AnalyzeOptions.model_validate_json(text)
        self._settings = settings if settings is not None else Settings()
        self._bases: dict[str, _Base] = {}
        self._measured: dict[tuple[Edit, ...], Remeasured] = {}

    @property
    def n_people(self) -> int:
        """How many people may be chosen from."""
        return 1 + len(self._observed.others)

    @property
    def options(self) -> AnalyzeOptions:
        """The choices the clip was analysed with."""
        return self._options

    def draft(self, edits: tuple[Edit, ...]) -> Draft:
        """Return the trial with edits applied, measured by nothing yet."""
        base = self._base(edits)
        return draft_of(base.found.trial, edits, base.found.events)

    def measure(self, edits: tuple[Edit, ...]) -> Remeasured:
        """Measure with `edits` applied.

        Raises
        ------
        FormcheckError
            If the clip does not show what a structural edit says.
        """
        if edits not in self._measured:
            made = self._measure(edits)
            _make_room(self._measured)
            self._measured[edits] = made
        return self._measured[edits]

    def _measure(self, edits: tuple[Edit, ...]) -> Remeasured:
        base = self._base(edits)
        draft = draft_of(base.found.trial, edits, base.found.events)
        trial = draft.measured()
        old_counts = check_steps(base.found.trial.steps, self._settings.quality)
        findings = tuple(f for f in base.found.findings if f not in old_counts)
        found = replace(
            base.found,
            trial=trial,
            events=draft.events,
            findings=(*findings, *check_steps(trial.steps, self._settings.quality)),
        )
        analysis = assembled(base.observed, found, base.options, self._settings)
        return Remeasured(analysis=analysis, trial=trial, draft=draft)

    def add(self, log: EditLog, edit: Edit) -> tuple[EditLog, Remeasured]:
        """Return the log with one more edit, and the result it gives.

        Raises
        ------
        FormcheckError
            EDIT_INVALID if it does not fit; the log stays as it is.
        """
        edits = edits_of(log)
        draft = self.draft(edits)
        words = told(draft, edit)
        if not is_structural(edit):
            apply_edit(draft, edit)
        before = self.measure(edits).analysis
        after = self.measure((*edits, edit))
        effects = changes(before, after.analysis)
        return log.added(new_entry(edit, words, effects)), after

    def _base(self, edits: tuple[Edit, ...]) -> _Base:
        restating = tuple(e for e in edits if is_structural(e))
        key = "|".join(e.model_dump_json() for e in restating)
        if key not in self._bases:
            observed, options = self._observed, self._options
            for edit in restating:
                observed, options = self._restated(observed, options, edit)
            found = interpret(observed, options, self._settings)
            _make_room(self._bases)
            self._bases[key] = _Base(observed=observed, options=options, found=found)
        return self._bases[key]

    def _restated(
        self, observed: Observed, options: AnalyzeOptions, edit: Edit
    ) -> tuple[Observed, AnalyzeOptions]:
        if isinstance(edit, ChoosePerson):
            return self._with_person(observed, edit.person), options
        if isinstance(edit, Relabel) and edit.what == "sides":
            observed = _mirrored(observed)
        if isinstance(edit, Relabel):
            options = relabelled(options, edit)
        return observed, options

    def _with_person(self, observed: Observed, number: int) -> Observed:
        if number >= self.n_people:
            refuse(f"{self.n_people} people were seen, so there is no person {number + 1}")
        own = self._observed
        if number == 0:
            pose, channels = own.landmarks, own.channels
        else:
            other = own.others[number - 1]
            pose, channels = other.pose, other.channels
        if observed.clip.mirrored != own.clip.mirrored:
            pose = swapped(pose, own.clip.width_px)
            channels = swapped_channels(channels)
        return _showing(observed, pose, channels)


def _make_room(kept: dict[Any, Any]) -> None:
    """Let the oldest go, so that a long session does not fill the memory."""
    while len(kept) >= _KEPT:
        kept.pop(next(iter(kept)), None)


def open_bench(folder: Path) -> tuple[Bench, Analysis, EditLog]:
    """Open a result folder for corrections.

    Returns
    -------
    Bench
    Analysis
        As it stands in the folder.
    EditLog
    """
    analysis = read_analysis(folder)
    return Bench(folder), analysis, read_edits(folder, analysis)


def edits_of(log: EditLog) -> tuple[Edit, ...]:
    """Return the edits that count, in order."""
    return tuple(e.edit for e in log.active)


def changes(before: Analysis, after: Analysis) -> tuple[Effect, ...]:
    """Return the values that differ between two results of one clip."""
    old = {(m.id, m.side): m for m in before.measurements}
    new = {(m.id, m.side): m for m in after.measurements}
    return tuple(
        Effect(
            measure_id=key[0],
            side=key[1],
            unit=(new.get(key) or old[key]).unit,
            before=_value(old.get(key)),
            after=_value(new.get(key)),
        )
        for key in dict.fromkeys((*old, *new))
        if _differ(_value(old.get(key)), _value(new.get(key)))
    )


def save_edited(folder: Path, log: EditLog, remeasured: Remeasured) -> Analysis:
    """Put an edited result in the place of the one in `folder`: values, tables, log.

    Its pictures stay, and their captions say that they are older; its reports are removed, since
    they would tell values that no longer hold. :func:`formcheck.pipeline.redraw.redraw` makes both
    anew.

    Returns
    -------
    Analysis
        As written.
    """
    old = read_analysis(folder)
    analysis = remeasured.analysis.model_copy(
        update={
            "edits": records_of(log),
            "frames": tuple(_without_values(f) for f in old.frames),
            "clip": remeasured.analysis.clip.model_copy(update={"path": old.clip.path}),
        }
    )
    for name in _REPORTS:
        (folder / name).unlink(missing_ok=True)
    write_edits(log, folder)
    write_analysis(analysis, folder / "analysis.json")
    EXPORTS["csv"].write(ReportData(analysis=analysis, folder=folder), folder)
    return analysis


def records_of(log: EditLog) -> tuple[EditRecord, ...]:
    """Return the edits that count, as they stand in ``analysis.json``."""
    return tuple(
        EditRecord(id=e.id, made_at=e.made_at, what=e.what, before=e.before, after=e.after)
        for e in log.active
    )


def _without_values(frame: KeyFrame) -> KeyFrame:
    """Return a picture whose words name no value: the one drawn in it may be an earlier one."""
    note = EARLIER_VALUES
    if frame.caption.endswith(note):
        return frame
    caption = f"{frame.caption.split(':', 1)[0].rstrip('.')}. {note}"
    alt = f"{frame.alt.split(', with ', 1)[0].rstrip('.')}. {note}"
    return frame.model_copy(update={"caption": caption, "alt": alt})


def _value(m: Measurement | None) -> float | None:
    return None if m is None else m.value


def _differ(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is not b
    return abs(a - b) > _SAME


def _mirrored(observed: Observed) -> Observed:
    width = observed.clip.width_px
    pose = swapped(observed.landmarks, width)
    again = observed.second_look
    return dataclasses.replace(
        _showing(observed, pose, swapped_channels(observed.channels)),
        second_look=None if again is None else swapped(again, width),
        clip=swapped_clip(observed.clip),
        edges_px=swapped_edges(observed.edges_px, width),
    )


def _showing(observed: Observed, pose: PoseSequence, channels: Channels) -> Observed:
    """Return the observation of another person (or of the same one mirrored)."""
    seen = np.isfinite(pose.xy_px).any(axis=(1, 2))
    person = Runner(
        raw=pose,
        rows=np.where(seen, 0, -1).astype(np.int64),
        detection_rate=float(seen.mean()) if seen.size else 0.0,
        other_person_share=observed.person.other_person_share,
        rejected_frames=observed.person.rejected_frames,
    )
    # a second look is at one person only
    return replace(observed, landmarks=pose, channels=channels, person=person, second_look=None)


def can_be_edited(folder: Path) -> bool:
    """Tell whether a result folder holds what corrections need."""
    try:
        return load_landmarks(folder / LANDMARKS).context is not None
    except FormcheckError:
        return False

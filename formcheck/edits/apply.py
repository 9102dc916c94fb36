"""Edits applied to a trial: which steps count, when they happen, where a landmark lies.

Pure: a trial goes in, another comes out, the pixels are not looked at. Edits of what the clip shows
(person, sides, view, test) come before the interpretation: :mod:`formcheck.edits.restate`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from formcheck.data import FootEvent, PoseSequence, Rep, Step, Trial, sample_at
from formcheck.edits.model import (
    CountStep,
    Edit,
    MoveContact,
    NudgeLandmark,
    is_structural,
    refuse,
    side_word,
)
from formcheck.errors import FormcheckError
from formcheck.keypoints import INDEX
from formcheck.results import ResultSide
from formcheck.settings.edits import EditSettings

_SAME_S = 1e-6
Timed = tuple[ResultSide, float | None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draft:
    """A trial under correction.

    Attributes
    ----------
    trial : Trial
        With all steps, also those left out.
    left_out : frozenset of int
        Indices of ``trial.steps`` (or ``trial.reps`` in a movement test) that do not count.
    ignored : tuple of (Edit, str)
        Edits that no longer apply, and why.
    """

    trial: Trial
    events: tuple[FootEvent, ...] = ()
    left_out: frozenset[int] = frozenset()
    ignored: tuple[tuple[Edit, str], ...] = ()
    settings: EditSettings = field(default_factory=EditSettings)

    def measured(self) -> Trial:
        """Return the trial that measures shall read."""
        steps = tuple(s for i, s in enumerate(self.trial.steps) if i not in self.left_out)
        reps = tuple(
            replace(r, counted=False, reason="left out by hand") if i in self.left_out else r
            for i, r in enumerate(self.trial.reps)
        )
        if self.trial.steps:
            return replace(self.trial, steps=steps)
        return replace(self.trial, reps=reps)

    def index_of(self, side: ResultSide, time_s: float) -> int:
        """Return the index of the step or repetition an edit means.

        Raises
        ------
        FormcheckError
            EDIT_INVALID if there is none near that time.
        """
        steps, reps = self.trial.steps, self.trial.reps
        times: list[Timed] = [(s.side, s.strike_s) for s in steps]
        times += [] if steps else [(r.side, r.deepest_s) for r in reps]
        return self.nearest(side, time_s, times)

    def nearest(self, side: ResultSide, time_s: float, times: list[Timed]) -> int:
        """Return which of `times` is meant by a side and a time."""
        near = [
            (abs(t - time_s), i)
            for i, (s, t) in enumerate(times)
            if s == side and t is not None and abs(t - time_s) <= self.settings.match_s
        ]
        if not near:
            refuse(f"there is no {side_word(side)}step or repetition at {time_s:.2f} s")
        return min(near)[1]


def draft_of(
    trial: Trial,
    edits: Iterable[Edit],
    events: tuple[FootEvent, ...] = (),
    settings: EditSettings | None = None,
) -> Draft:
    """Apply edits in order; those that no longer fit are listed, not applied.

    Parameters
    ----------
    trial : Trial
        As interpreted, nothing left out.
    edits : iterable of Edit
        Structural ones are skipped: they were taken up before the interpretation.
    events : tuple of FootEvent, optional
        Moved along.
    settings : EditSettings, optional
    """
    draft = Draft(trial=trial, events=events, settings=settings or EditSettings())
    for edit in edits:
        if is_structural(edit):
            continue
        try:
            draft = apply_edit(draft, edit)
        except FormcheckError as error:
            draft = replace(draft, ignored=(*draft.ignored, (edit, error.what)))
    return draft


def apply_edit(draft: Draft, edit: Edit) -> Draft:
    """Apply one edit.

    Raises
    ------
    FormcheckError
        EDIT_INVALID if it does not fit this trial.
    """
    apply: dict[type, Callable[[Draft, Any], Draft]] = {
        CountStep: _count,
        MoveContact: _move,
        NudgeLandmark: _nudge,
    }
    return apply[type(edit)](draft, edit)


def _count(draft: Draft, edit: CountStep) -> Draft:
    i = draft.index_of(edit.side, edit.time_s)
    left_out = draft.left_out - {i} if edit.counted else draft.left_out | {i}
    return replace(draft, left_out=left_out)


def _move(draft: Draft, edit: MoveContact) -> Draft:
    if abs(edit.to_s - edit.time_s) > draft.settings.max_move_s:
        refuse(f"a moment can be moved by {draft.settings.max_move_s:g} s at most")
    if edit.moment == "deepest":
        return _move_deepest(draft, edit)
    steps = draft.trial.steps
    is_strike = edit.moment == "foot_strike"
    i = draft.nearest(
        edit.side, edit.time_s, [(s.side, s.strike_s if is_strike else s.toe_off_s) for s in steps]
    )
    low, high = _room(steps, i, is_strike=is_strike)
    if not low < edit.to_s < high:
        what = f"{edit.to_s:.3f} s is past the next or the last contact"
        refuse(what, f"Choose a moment between {low:.3f} and {high:.3f} s.")
    sd_s = _picked_sd_s(draft)
    moved = _moved_strike if is_strike else _moved_toe_off
    old_s = steps[i].strike_s if is_strike else steps[i].toe_off_s
    return replace(
        draft,
        trial=replace(draft.trial, steps=moved(steps, i, edit.to_s, sd_s)),
        events=tuple(
            replace(e, time_s=edit.to_s, sd_s=sd_s, method="by hand")
            if (e.kind, e.side) == (edit.moment, edit.side)
            and old_s is not None
            and abs(e.time_s - old_s) < _SAME_S
            else e
            for e in draft.events
        ),
    )


def _room(steps: tuple[Step, ...], i: int, *, is_strike: bool) -> tuple[float, float]:
    """Return between which times a strike or toe-off may lie."""
    step = steps[i]
    if is_strike:
        before = max((s.strike_s for s in steps[:i]), default=0.0)
        last_off = [
            s.toe_off_s for s in steps[:i] if s.side == step.side and s.toe_off_s is not None
        ]
        after = [t for t in (step.toe_off_s, step.end_s) if t is not None]
        return max([before, *last_off]), min(after, default=np.inf)
    end = step.stride_end_s if step.stride_end_s is not None else np.inf
    return step.strike_s, end


def _moved_strike(steps: tuple[Step, ...], i: int, to_s: float, sd_s: float) -> tuple[Step, ...]:
    """Move one strike, and the ends of the steps that end with it."""
    old = steps[i].strike_s

    def at(t: float | None) -> float | None:
        return to_s if t is not None and abs(t - old) < _SAME_S else t

    out = [replace(s, end_s=at(s.end_s), stride_end_s=at(s.stride_end_s)) for s in steps]
    out[i] = replace(out[i], strike_s=to_s, strike_sd_s=sd_s)
    return tuple(out)


def _moved_toe_off(steps: tuple[Step, ...], i: int, to_s: float, sd_s: float) -> tuple[Step, ...]:
    changed = replace(steps[i], toe_off_s=to_s, toe_off_sd_s=sd_s)
    return (*steps[:i], changed, *steps[i + 1 :])


def _move_deepest(draft: Draft, edit: MoveContact) -> Draft:
    reps = draft.trial.reps
    i = draft.nearest(edit.side, edit.time_s, [(r.side, r.deepest_s) for r in reps])
    rep: Rep = reps[i]
    if not rep.start_s < edit.to_s < rep.end_s:
        what = f"{edit.to_s:.3f} s is not within this repetition"
        refuse(what, f"Choose a moment between {rep.start_s:.3f} and {rep.end_s:.3f} s.")
    changed = replace(rep, deepest_s=edit.to_s)
    return replace(draft, trial=replace(draft.trial, reps=(*reps[:i], changed, *reps[i + 1 :])))


def _picked_sd_s(draft: Draft) -> float:
    rate_hz = draft.trial.raw.rate_hz or 30.0
    return draft.settings.picked_sd_frames / rate_hz


def _nudge(draft: Draft, edit: NudgeLandmark) -> Draft:
    trial, k = draft.trial, INDEX[edit.landmark]
    if edit.frame >= trial.raw.time_s.size:
        refuse(f"the clip has {trial.raw.time_s.size} pictures, not {edit.frame + 1}")
    at_s = float(trial.raw.time_s[edit.frame])
    to = np.array(edit.to_px)
    now = sample_at(trial.pose.time_s, trial.pose.xy_px[:, k], at_s)
    if not np.isfinite(now).all():
        refuse("this point was not seen at this moment, so it can't be moved")
    if not ((to >= 0) & (to <= (trial.clip.width_px, trial.clip.height_px))).all():
        refuse("the new place lies outside the picture")
    raw_xy = np.array(trial.raw.xy_px)
    raw_xy[edit.frame, k] = to
    confidence = np.array(trial.raw.confidence)
    confidence[edit.frame, k] = 1.0
    raw = trial.raw.with_("landmark moved by hand", xy_px=raw_xy, confidence=confidence)
    return replace(draft, trial=replace(trial, raw=raw, pose=_pulled(draft, k, at_s, to - now)))


def _pulled(draft: Draft, k: int, at_s: float, by_px: np.ndarray) -> PoseSequence:
    """Let the filtered curve pass through the new place, and fade to the old curve around it."""
    pose = draft.trial.pose
    spread_s = max(draft.settings.nudge_spread_s, 0.75 / (draft.trial.raw.rate_hz or 30.0))
    pull = np.exp(-0.5 * ((pose.time_s - at_s) / spread_s) ** 2)
    # between two samples of the curve the bell is lower than at its top
    top = float(sample_at(pose.time_s, pull, at_s))
    xy = np.array(pose.xy_px)
    xy[:, k] += (pull / top)[:, None] * by_px
    return pose.with_("landmark moved by hand", xy_px=xy)

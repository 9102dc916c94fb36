"""An edit in words: what it is, what was before, what is after."""

from collections.abc import Callable
from typing import Any

import numpy as np

from formcheck.data import sample_at
from formcheck.edits.apply import Draft
from formcheck.edits.model import (
    ChoosePerson,
    CountStep,
    Edit,
    MoveContact,
    NudgeLandmark,
    Relabel,
    side_word,
)
from formcheck.keypoints import INDEX
from formcheck.registry import PROTOCOLS

MOMENT_WORDS = {
    "foot_strike": "foot strike",
    "toe_off": "toe-off",
    "deepest": "deepest moment",
}
Words = tuple[str, str, str]


def told(draft: Draft, edit: Edit) -> Words:
    """Return what, before and after.

    Parameters
    ----------
    draft : Draft
        Before the edit.
    edit : Edit

    Raises
    ------
    FormcheckError
        EDIT_INVALID if the edit does not fit the draft.
    """
    tell: dict[type, Callable[[Draft, Any], Words]] = {
        CountStep: _count,
        MoveContact: _move,
        NudgeLandmark: _nudge,
        ChoosePerson: _person,
        Relabel: _relabel,
    }
    return tell[type(edit)](draft, edit)


def step_name(draft: Draft, index: int) -> str:
    """Return ``Step 7 (right, 3.21 s)`` or ``Repetition 2 (left, 4.80 s)``."""
    if draft.trial.steps:
        step = draft.trial.steps[index]
        return f"Step {index + 1} ({step.side}, {step.strike_s:.2f} s)"
    rep = draft.trial.reps[index]
    return (
        f"Repetition {index + 1} ({side_word(rep.side).strip() or 'both'}, {rep.deepest_s:.2f} s)"
    )


def _count(draft: Draft, edit: CountStep) -> Words:
    index = draft.index_of(edit.side, edit.time_s)
    words = ("left out", "counted")
    before = words[index not in draft.left_out]
    after = words[edit.counted]
    return f"{step_name(draft, index)} {after}", before, after


def _move(_draft: Draft, edit: MoveContact) -> Words:
    name = f"{side_word(edit.side)}{MOMENT_WORDS[edit.moment]}"
    before, after = f"{edit.time_s:.3f} s", f"{edit.to_s:.3f} s"
    return f"{name[:1].upper()}{name[1:]} moved from {before} to {after}", before, after


def _nudge(draft: Draft, edit: NudgeLandmark) -> Words:
    trial = draft.trial
    frame = min(edit.frame, trial.raw.time_s.size - 1)
    at_s = float(trial.raw.time_s[frame])
    now = sample_at(trial.pose.time_s, trial.pose.xy_px[:, INDEX[edit.landmark]], at_s)
    name = edit.landmark.replace("_", " ").replace("foot index", "toe")
    what = f"{name[:1].upper()}{name[1:]} moved in picture {edit.frame + 1} ({at_s:.2f} s)"
    return what, _place(now), _place(np.array(edit.to_px))


def _place(xy: np.ndarray) -> str:
    return f"({xy[0]:.1f}, {xy[1]:.1f}) px" if np.isfinite(xy).all() else "not seen"


def _person(_draft: Draft, edit: ChoosePerson) -> Words:
    return f"Person {edit.person + 1} measured", "another person", f"person {edit.person + 1}"


def _relabel(draft: Draft, edit: Relabel) -> Words:
    trial = draft.trial
    if edit.what == "sides":
        return "Left and right swapped", "as found", "swapped"
    if edit.what == "view":
        return "View corrected", trial.scene.view.value, edit.to
    if edit.what == "leg":
        return "Working leg named", trial.scene.leg or "as found", edit.to
    names = [PROTOCOLS[p].title if p in PROTOCOLS else p for p in (trial.protocol_id, edit.to)]
    return "Test corrected", names[0], names[1]

"""The next week: symptoms first, then at most one change, and never more than a tenth.

Everything is a proposal: :func:`propose` says what and why, :func:`take` writes it into the plan.
"""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from formcheck.plan.stages import MAX_RISE, STAGE_IDS, STAGES, Parameter, Stage, stage_of
from formcheck.plan.state import PlanState, Values, Week, start_values
from formcheck.readiness.log import SymptomEntry, open_stop
from formcheck.readiness.outcome import Outcome

WEEK: Final = timedelta(days=7)
Kind = Literal["stop", "wait", "log_first", "raise", "check", "next_stage", "held", "keep"]
_WALK_STAGE: Final = "hill_walking"


class Proposal(BaseModel):
    """What comes next, and why.

    Attributes
    ----------
    kind : str
        ``stop``: a symptom stands. ``wait``: the week is not over. ``log_first``: nothing was noted
        this week. ``raise``: one value grows. ``check``: the stage's check is due.
        ``next_stage``: the check was answered with yes. ``held``: the next stage waits for a
        conversation. ``keep``: the last stage's goal is reached.
    week : Week or None
        The week to take, where there is one.
    see : tuple of str
        Whom to see; never empty where `kind` is ``stop`` or ``held``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Kind
    words: str
    week: Week | None = None
    see: tuple[str, ...] = ()


def reach_of(outcome: Outcome) -> tuple[Stage, ...]:
    """Return the stages that make sense with this answer sheet: none while a symptom stops.

    Parameters
    ----------
    outcome : Outcome
        Of the screen.
    """
    if outcome.level in ("urgent", "pause", "unknown"):
        return ()
    if outcome.level == "wait":
        return STAGES[:1]
    impact = "hop_in_place" in outcome.tests
    return tuple(s for s in STAGES if impact or not s.impact)


def begin(at: datetime, stage_id: str = STAGE_IDS[0]) -> PlanState:
    """Return a plan that begins with a stage's first values."""
    stage = stage_of(stage_id)
    week = Week(at=at, stage=stage.id, values=start_values(stage), why="begun")
    return PlanState(weeks=(week,))


def propose(
    state: PlanState,
    log: Sequence[SymptomEntry],
    now: datetime,
    *,
    outcome: Outcome,
    talked_at: datetime | None = None,
    check_passed: bool = False,
) -> Proposal:
    """Return what comes next.

    Parameters
    ----------
    state : PlanState
    log : sequence of SymptomEntry
    now : datetime
    outcome : Outcome
        Of the newest answer sheet: its stops are the plan's stops.
    talked_at : datetime, optional
        When symptoms were last talked over with a professional.
    check_passed : bool
        The stage's check was done and its question answered with yes.

    Returns
    -------
    Proposal
    """
    stop = _stopped(state, log, now, outcome, talked_at)
    if stop is not None:
        return stop
    if now - state.week.at < WEEK:
        return Proposal(
            kind="wait",
            words="This week's plan stands. Look again when the week is over: one change a week.",
        )
    if not any(e.at >= state.week.at for e in log):
        return Proposal(
            kind="log_first",
            words=(
                "Nothing was noted this week. Note how it felt after a session and on the next "
                "morning; then the plan can go on."
            ),
        )
    raised = _raised(state, now)
    if raised is not None:
        return raised
    return _onward(state, now, outcome, check_passed)


def _stopped(
    state: PlanState,
    log: Sequence[SymptomEntry],
    now: datetime,
    outcome: Outcome,
    talked_at: datetime | None,
) -> Proposal | None:
    reaction = open_stop(log, talked_at)
    if reaction is not None:
        return Proposal(
            kind="stop", words=reaction.words, see=reaction.see, week=_stepped_back(state, now)
        )
    if state.week.stage not in {s.id for s in reach_of(outcome)}:
        see = outcome.see or tuple(v.see for v in outcome.visits)
        kind: Kind = "stop" if outcome.level in ("urgent", "pause") else "held"
        words = f"{outcome.headline} This stage waits until then."
        return Proposal(kind=kind, words=words, see=see or (PROFESSIONAL,))
    return None


PROFESSIONAL: Final = "a pelvic-health physiotherapist or your doctor"


def _stepped_back(state: PlanState, now: datetime) -> Week:
    """Return the week after a symptom: the last lower values; walking instead of running."""
    if state.stage.impact:
        stage = stage_of(_WALK_STAGE)
        return Week(at=now, stage=stage.id, values=start_values(stage), why="stepped_back")
    lower = [
        w.values
        for w in state.weeks[:-1]
        if w.stage == state.week.stage and w.values != state.week.values
    ]
    values = lower[-1] if lower else start_values(state.stage)
    return Week(at=now, stage=state.week.stage, values=values, why="stepped_back")


def _raised(state: PlanState, now: datetime) -> Proposal | None:
    for parameter in state.stage.parameters:
        value = state.week.values[parameter.id]
        grown = grow(parameter, value)
        if grown > value:
            values: Values = {**state.week.values, parameter.id: grown}
            week = Week(
                at=now, stage=state.week.stage, values=values, why="raised", changed=parameter.id
            )
            words = (
                f"One change: {parameter.label[0].lower()}{parameter.label[1:]} from "
                f"{_shown(value)} to {_shown(grown)} {parameter.unit}. All else stays."
            )
            return Proposal(kind="raise", words=words, week=week)
    return None


def grow(parameter: Parameter, value: float) -> float:
    """Return the next value: at most a tenth more, rounded down, never beyond the goal.

    Parameters
    ----------
    parameter : Parameter
    value : float
        This week's.

    Returns
    -------
    float
        `value` itself where the goal is reached.
    """
    if value >= parameter.goal:
        return value
    # 1e-9: a tenth of 10 is 1, whatever floating point says
    steps = math.floor(value * (1 + MAX_RISE) / parameter.step + 1e-9)
    return min(parameter.goal, max(value, steps * parameter.step))


def _shown(value: float) -> str:
    return f"{value:g}"


def _onward(state: PlanState, now: datetime, outcome: Outcome, check_passed: bool) -> Proposal:
    number = STAGE_IDS.index(state.week.stage)
    if number + 1 == len(STAGES):
        return Proposal(
            kind="keep",
            words=(
                "The last stage's goal is reached. Keep noting how it feels; from here on, change "
                "one thing at a time with somebody who knows you."
            ),
        )
    if not check_passed:
        return Proposal(kind="check", words=f"Check of this stage: {state.stage.check.question}")
    after = STAGES[number + 1]
    if after.id not in {s.id for s in reach_of(outcome)}:
        return Proposal(
            kind="held",
            words=(
                f"The next stage, {after.title.lower()}, waits until you have talked with a "
                "professional; stay with this one."
            ),
            see=outcome.see or (PROFESSIONAL,),
        )
    week = Week(at=now, stage=after.id, values=start_values(after), why="next_stage")
    return Proposal(kind="next_stage", words=f"Next stage to try: {after.title}.", week=week)


def take(state: PlanState, proposal: Proposal) -> PlanState:
    """Return the plan with the proposed week; the same plan where none is proposed."""
    if proposal.week is None:
        return state
    return state.model_copy(update={"weeks": (*state.weeks, proposal.week)})

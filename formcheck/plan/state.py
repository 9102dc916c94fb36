"""Where somebody is in the plan: values of this week, weeks done, and edits by a professional."""

from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from formcheck.errors import FormcheckError
from formcheck.plan.stages import STAGE_IDS, Stage, stage_of

Values = dict[str, float]
Why = Literal["begun", "raised", "kept", "stepped_back", "next_stage", "edited"]


class Week(BaseModel):
    """What one week asks for.

    Attributes
    ----------
    changed : str
        Id of the one parameter that differs from the week before; empty for none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: AwareDatetime
    stage: str
    values: Values
    why: Why
    changed: str = ""


class Edit(BaseModel):
    """A change by a professional: nothing of the plan changes without leaving one."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: AwareDatetime
    by: Annotated[str, Field(min_length=1, max_length=40)]
    why: Annotated[str, Field(min_length=1, max_length=300)]
    stage: str
    before: Values
    after: Values
    before_stage: str


class PlanState(BaseModel):
    """A person's plan.

    Attributes
    ----------
    weeks : tuple of Week
        Oldest first; the last one is this week's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    schema_version: str = "1.0"
    weeks: tuple[Week, ...] = Field(min_length=1)
    edits: tuple[Edit, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> Self:
        for week in self.weeks:
            if week.stage not in STAGE_IDS:
                msg = f"no stage {week.stage!r}"
                raise ValueError(msg)
            wanted = {p.id for p in stage_of(week.stage).parameters}
            if set(week.values) != wanted:
                msg = f"{week.stage} has the values {sorted(wanted)}, got {sorted(week.values)}"
                raise ValueError(msg)
        return self

    @property
    def week(self) -> Week:
        """Return the present week."""
        return self.weeks[-1]

    @property
    def stage(self) -> Stage:
        """Return the stage of the present week."""
        return stage_of(self.week.stage)


def start_values(stage: Stage) -> Values:
    """Return the first week's values of a stage."""
    return {p.id: p.start for p in stage.parameters}


def edit(
    state: PlanState,
    *,
    at: AwareDatetime,
    by: str,
    why: str,
    stage: str = "",
    values: Values | None = None,
) -> PlanState:
    """Return the plan with a professional's change, which is logged with who and why.

    Parameters
    ----------
    state : PlanState
    at : datetime
    by : str
        Who changed it (a role or initials).
    why : str
        The reason; asked for, so that the log can be read later.
    stage : str, optional
        Stage to move to; its first values where `values` names none.
    values : dict, optional
        New values by parameter; the others stay.

    Raises
    ------
    FormcheckError
        SETTING_INVALID for an unknown stage or parameter, or a value that is not above zero.
    """
    target = stage or state.week.stage
    if target not in STAGE_IDS:
        code, what = "SETTING_INVALID", f"no stage {target!r}; there are: {', '.join(STAGE_IDS)}"
        raise FormcheckError(code, what)
    same = target == state.week.stage
    after = dict(state.week.values) if same else start_values(stage_of(target))
    wanted = values or {}
    unknown = sorted(set(wanted) - set(after))
    if unknown or any(not v > 0 for v in wanted.values()):
        code = "SETTING_INVALID"
        what = f"stage {target} has {', '.join(after)}, each above 0; got {wanted}"
        raise FormcheckError(code, what)
    after |= wanted
    entry = Edit(
        at=at,
        by=by,
        why=why,
        stage=target,
        before=state.week.values,
        after=after,
        before_stage=state.week.stage,
    )
    week = Week(at=at, stage=target, values=after, why="edited")
    return PlanState(weeks=(*state.weeks, week), edits=(*state.edits, entry))


def write_plan(state: PlanState) -> str:
    """Return the plan as JSON."""
    return state.model_dump_json()


def read_plan(text: str) -> PlanState | None:
    """Return a plan from JSON; None for an empty text.

    Raises
    ------
    FormcheckError
        RESULT_UNREADABLE if it is something else.
    """
    if not text:
        return None
    try:
        return PlanState.model_validate_json(text)
    except ValidationError as error:
        code, what = "RESULT_UNREADABLE", f"no plan ({error.errors()[0]['msg']})"
        raise FormcheckError(code, what) from error

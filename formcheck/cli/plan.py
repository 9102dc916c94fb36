"""`formcheck plan`: the graded plan, week by week, with its edits."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.main import print_json
from formcheck.cli.readiness import LogFile, now, test_title
from formcheck.errors import FormcheckError
from formcheck.plan import (
    SOURCES,
    PlanState,
    Proposal,
    begin,
    edit,
    propose,
    read_plan,
    take,
    write_plan,
)
from formcheck.plan.stages import GENERAL, STOP_AND_WALK
from formcheck.readiness import Outcome, evaluate
from formcheck.readiness.journal import JournalData, JsonJournal


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command()(plan)


def plan(
    log: LogFile,
    take_it: Annotated[
        bool, typer.Option("--take", help="Take the proposed week into the plan.")
    ] = False,
    check_passed: Annotated[
        bool,
        typer.Option("--check-yes", help="The stage's check was done and answered with yes."),
    ] = False,
    by: Annotated[str, typer.Option(help="A professional's edit: who.")] = "",
    why: Annotated[str, typer.Option(help="A professional's edit: why.")] = "",
    stage: Annotated[str, typer.Option(help="A professional's edit: move to this stage.")] = "",
    value: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=NUMBER", help="A professional's edit: a new value."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Show this week of the graded plan and what comes next. General guidance, no permission."""
    journal = JsonJournal(log)
    data = journal.load()
    outcome = _outcome(data, log)
    state = read_plan(data.plan_json) or begin(now())
    if by or stage or value:
        state = _edited(state, by, why, stage, value or [])
    proposal = propose(
        state,
        data.symptoms,
        now(),
        outcome=outcome,
        talked_at=data.talked_at,
        check_passed=check_passed,
    )
    if take_it:
        state = take(state, proposal)
    journal.save(data.model_copy(update={"plan_json": write_plan(state)}))
    if as_json:
        record = {
            "plan": state.model_dump(mode="json"),
            "next": proposal.model_dump(mode="json"),
            "sources": list(SOURCES),
        }
        print_json(record)
    else:
        _show(state, proposal)


def _outcome(data: JournalData, log: Path) -> Outcome:
    if not data.screens:
        code, what = "SETTING_INVALID", f"{log.name} holds no answers to the screen"
        hint = f"First: formcheck readiness --log {log}"
        raise FormcheckError(code, what, hint)
    return evaluate(data.screens[-1].answers)


def _edited(state: PlanState, by: str, why: str, stage: str, value: list[str]) -> PlanState:
    try:
        values = {k: float(v) for k, _, v in (item.partition("=") for item in value)}
        return edit(state, at=now(), by=by, why=why, stage=stage, values=values)
    except ValueError as error:
        code, what = "SETTING_INVALID", f"the edit cannot be used ({str(error).splitlines()[0]})"
        hint = 'An edit has --by, --why, and --stage or --set, as in --set "walk_min=22".'
        raise FormcheckError(code, what, hint) from error


def _show(state: PlanState, proposal: Proposal) -> None:
    typer.echo(f"Stage: {state.stage.title}, {state.stage.sessions_a_week} sessions a week")
    for line in state.stage.how:
        typer.echo(f"  - {line}")
    for p in state.stage.parameters:
        value = state.week.values[p.id]
        typer.echo(f"  {p.label}: {value:g} {p.unit} (goal {p.goal:g})")
    typer.echo(f"\nNext: {proposal.words}")
    for see in proposal.see:
        typer.echo(f"  - talk to {see}")
    if state.stage.check.tests:
        typer.echo(f"\nTests of this stage: {', '.join(map(test_title, state.stage.check.tests))}")
    for e in state.edits:
        typer.echo(f"\nEdited {e.at:%Y-%m-%d} by {e.by}: {e.why}")
    typer.echo(f"\n{STOP_AND_WALK}\n{GENERAL}\n\nSources:")
    for source in SOURCES:
        typer.echo(f"  - {source}")

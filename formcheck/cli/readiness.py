"""`formcheck readiness`: the postpartum screen, asked one by one or read from a file."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from formcheck.cli.main import print_json
from formcheck.errors import FormcheckError
from formcheck.readiness import QUESTIONS, Answers, Outcome, evaluate


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(readiness)


def readiness(
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help="Answers instead of questions.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Go through the postpartum questions: whom to see, what to talk over. Never a clearance."""
    given = _read(answers) if answers is not None else _ask()
    outcome = evaluate(given)
    if as_json:
        print_json(outcome.model_dump(mode="json"))
    else:
        _show(outcome)


def _read(path: Path) -> Answers:
    try:
        return Answers.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        msg = "FILE_NOT_FOUND"
        raise FormcheckError(msg, f"there is no file {path}") from error
    except (OSError, ValueError) as error:
        first = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        what = f"{path.name} does not hold answers to the screen ({first})"
        hint = (
            'It is JSON like {"weeks_since_birth": 26, "delivery": "vaginal", '
            '"yes": [], "no": ["chest_pain", ...]}.'
        )
        msg = "SETTING_INVALID"
        raise FormcheckError(msg, what, hint) from error


def _ask() -> Answers:
    if not sys.stdin.isatty():
        msg = "the questions need a terminal; give --answers FILE.json"
        raise typer.BadParameter(msg)
    weeks = typer.prompt("Weeks since birth", type=float)
    yes: list[str] = []
    no: list[str] = []
    for question in QUESTIONS:
        (yes if typer.confirm(question.text) else no).append(question.id)
    return Answers(weeks_since_birth=weeks, yes=tuple(yes), no=tuple(no))


def _show(outcome: Outcome) -> None:
    typer.echo(outcome.headline)
    for title, items in (
        ("Whom to see", outcome.see),
        ("What to raise", outcome.talk_about),
        ("Tests that make sense now", outcome.tests),
    ):
        if items:
            typer.echo(f"\n{title}:")
            for item in items:
                typer.echo(f"  - {item.replace('_', ' ') if title.startswith('Tests') else item}")
    typer.echo("")
    for note in outcome.notes:
        typer.echo(note)

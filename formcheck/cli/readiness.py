"""`formcheck readiness` and `formcheck symptoms`: the postpartum screen and the symptom log."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, get_args

import typer
from pydantic import ValidationError

from formcheck.cli.main import print_json
from formcheck.errors import FormcheckError
from formcheck.readiness import QUESTIONS, TIMED_TESTS, Answers, Outcome, evaluate
from formcheck.readiness.journal import JournalData, JsonJournal, ScreenEntry, note
from formcheck.readiness.log import SYMPTOMS, Moment, SymptomEntry, due, react
from formcheck.readiness.questions import Delivery
from formcheck.registry import PROTOCOLS

LogFile = Annotated[
    Path, typer.Option("--log", metavar="FILE.json", help="The log; made at the first note.")
]
_GROUP_TITLES: Final = {
    "urgent": "First, signs that need a doctor at once.",
    "pause": "Symptoms.",
    "talk": "What matters too.",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(readiness)
    app.command()(symptoms)


def readiness(
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help="Answers instead of questions.")
    ] = None,
    log: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="Keep the answers in this log, for the plan."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Go through the postpartum questions: whom to see, what to talk over. Never a clearance."""
    given = _read(answers) if answers is not None else _ask()
    outcome = evaluate(given)
    if log is not None:
        journal = JsonJournal(log)
        data = journal.load()
        entry = ScreenEntry(at=now(), answers=given)
        journal.save(data.model_copy(update={"screens": (*data.screens, entry)}))
    if as_json:
        print_json(outcome.model_dump(mode="json"))
    else:
        _show(outcome)


def now() -> datetime:
    """Return the time with the zone of this computer."""
    return datetime.now().astimezone()


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
    kinds = get_args(Delivery)
    delivery = typer.prompt(f"Birth ({', '.join(kinds)})", default="unknown")
    given: dict[str, list[str]] = {"y": [], "n": [], "": []}
    group = ""
    for question in QUESTIONS:
        if question.group != group:
            group = question.group
            typer.echo(f"\n{_GROUP_TITLES[group]} (y, n, or Enter to leave it open)")
        given[_answer(question.text)].append(question.id)
    return Answers(
        weeks_since_birth=weeks,
        delivery=delivery if delivery in kinds else "unknown",
        yes=tuple(given["y"]),
        no=tuple(given["n"]),
    )


def _answer(question: str) -> str:
    """Ask until it is yes, no or left open."""
    while True:
        said = str(typer.prompt(question, default="", show_default=False)).strip().lower()[:1]
        if said in ("y", "n", ""):
            return said


def test_title(test_id: str) -> str:
    """Return a test's title, filmed or timed."""
    return PROTOCOLS[test_id].title if test_id in PROTOCOLS else TIMED_TESTS[test_id].title


def _show(outcome: Outcome) -> None:
    typer.echo(outcome.headline)
    if outcome.visits:
        typer.echo("\nWhom to see, and what to talk about:")
    for visit in outcome.visits:
        typer.echo(f"  - {visit.see}:")
        for topic in visit.about:
            typer.echo(f"      {topic}")
    for title, items in (
        ("Still to be answered", outcome.unanswered),
        ("Tests that make sense now, lightest first", tuple(map(test_title, outcome.tests))),
    ):
        if items:
            typer.echo(f"\n{title}:")
            for item in items:
                typer.echo(f"  - {item}")
    typer.echo("")
    for words in outcome.notes:
        typer.echo(words)


def symptoms(
    log: LogFile,
    felt: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help=f"What was felt: none, {', '.join(SYMPTOMS)}; may be repeated."
        ),
    ] = None,
    after: Annotated[str, typer.Option(metavar="TEST", help="The test or plan stage.")] = "",
    moment: Annotated[str, typer.Option(help="after, next_morning or any_time.")] = "after",
    talked: Annotated[
        bool, typer.Option("--talked", help="You have talked it over with a professional.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Note what was felt after a test or on the next morning, or show the log."""
    journal = JsonJournal(log)
    data = journal.load()
    if talked:
        data = data.model_copy(update={"talked_at": now()})
        journal.save(data)
    if felt:
        entry = _entry(felt, after, moment)
        data = note(journal, entry)
        reaction = react(entry)
        if as_json:
            print_json({"reaction": reaction.model_dump(), "entries": len(data.symptoms)})
        else:
            typer.echo(reaction.words)
        return
    if as_json:
        print_json(data.model_dump(mode="json"))
    else:
        _show_log(data)


def _entry(felt: list[str], after: str, moment: str) -> SymptomEntry:
    if moment not in get_args(Moment) or any(f not in (*SYMPTOMS, "none") for f in felt):
        code, what = "SETTING_INVALID", f"not known: {', '.join(felt)} at {moment}"
        moments = ", ".join(get_args(Moment))
        hint = f"--felt is none or of {', '.join(SYMPTOMS)}; --moment of {moments}."
        raise FormcheckError(code, what, hint)
    found = tuple(dict.fromkeys(f for f in felt if f != "none"))
    return SymptomEntry.model_validate(
        {"at": now(), "moment": moment, "activity": after, "symptoms": found}
    )


def _show_log(data: JournalData) -> None:
    for e in data.symptoms:
        felt = ", ".join(SYMPTOMS[s] for s in e.symptoms) or "none noted"
        about = e.activity.replace("_", " ") or "any time"
        typer.echo(f"{e.at:%Y-%m-%d %H:%M}  {about}, {e.moment.replace('_', ' ')}: {felt}")
    for item in due(data.symptoms, now()):
        about = item.activity.replace("_", " ")
        typer.echo(f"To be answered: how was the morning after {about} ({item.day})?")
    if not data.symptoms:
        typer.echo("Nothing is noted yet.")

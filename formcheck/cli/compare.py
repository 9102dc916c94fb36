"""`formcheck compare`: change between two results, judged against the measurement error."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.assess.change import compare_analyses
from formcheck.cli.main import print_json
from formcheck.cli.progress import stderr_console
from formcheck.errors import FormcheckError
from formcheck.report.comparison import write_comparison
from formcheck.results import Analysis
from formcheck.store.analysis_file import read_analysis


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(compare)


def find_analysis(folder: Path) -> Analysis:
    """Read the result in `folder`, or in its only result folder.

    Raises
    ------
    FormcheckError
        RESULT_UNREADABLE if there is none, or more than one.
    """
    own = folder / "analysis.json"
    found = [own] if own.exists() else sorted(folder.glob("*/analysis.json"))
    if len(found) != 1:
        what = f"{folder} holds {len(found)} results, one is needed"
        msg = "RESULT_UNREADABLE"
        raise FormcheckError(msg, what, "Name the folder of one clip's result.")
    return read_analysis(found[0])


def compare(
    dir_a: Annotated[Path, typer.Argument(metavar="DIR_A", help="Earlier result.")],
    dir_b: Annotated[Path, typer.Argument(metavar="DIR_B", help="Later result.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the comparison.")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Compare two results: changed, no clear change, or not comparable, and why."""
    change = compare_analyses(find_analysis(dir_a), find_analysis(dir_b))
    path = write_comparison(change, out)
    console = stderr_console()
    for line in change.lines():
        console.print(line, markup=False)
    console.print(f"Comparison: {path.resolve()}", markup=False)
    if as_json:
        print_json(change.model_dump(mode="json"))

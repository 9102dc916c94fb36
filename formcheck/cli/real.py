"""`formcheck real`: score real clips against hand labels."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.progress import progress_reporter, stderr_console
from formcheck.settings import ModelName


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(real)


def real(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Clips beside a labels.json.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.md", help="The page to write.")],
    cache: Annotated[
        Path | None, typer.Option(help="Keep landmarks here, so that a second run is quick.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="Part of a clip's name.")
    ] = None,
    model: Annotated[ModelName, typer.Option()] = "full",
) -> None:
    """Count, time and name what real clips show, against hand labels, and write it down."""
    from formcheck.validation.real import score_real  # noqa: PLC0415 (slow to import)
    from formcheck.validation.real_page import write_real_page  # noqa: PLC0415

    with progress_reporter("real") as on_progress:
        rows = score_real(
            folders, only=only or (), model=model, cache=cache, on_progress=on_progress
        )
    stderr_console().print(write_real_page(rows, out), markup=False)

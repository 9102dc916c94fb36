"""`formcheck validate`: score clips that lie beside their truth files."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.progress import progress_reporter, stderr_console
from formcheck.settings import ModelName


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(validate)


def validate(
    truth_dir: Annotated[
        Path, typer.Argument(metavar="TRUTH_DIR", help="Clips with *.truth.json.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.md", help="The page to write.")],
    model: Annotated[ModelName, typer.Option()] = "full",
    workers: Annotated[int, typer.Option()] = 0,
    cache: Annotated[
        Path | None, typer.Option(help="Keep landmarks here, so that a second run is quick.")
    ] = None,
) -> None:
    """Measure bias, spread, slope against truth, interval coverage and refusals, and write them."""
    from formcheck.validation import validate_folder  # noqa: PLC0415 (plots are slow to import)

    with progress_reporter("validate") as on_progress:
        summary = validate_folder(
            truth_dir, out, model=model, workers=workers, cache=cache, on_progress=on_progress
        )
    stderr_console().print(summary, markup=False)

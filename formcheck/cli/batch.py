"""`formcheck batch`: a folder of clips."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.main import EXIT_BATCH
from formcheck.cli.options import build_options
from formcheck.cli.progress import stderr_console
from formcheck.pipeline.batch import (
    BatchItem,
    find_clips,
    passed_over,
    plan_batch,
    run_batch,
    write_batch_csv,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(batch)


def batch(
    in_dir: Annotated[Path, typer.Argument(metavar="IN_DIR", help="Folder with clips.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    workers: Annotated[int, typer.Option(min=1, max=64, help="Clips at once.")] = 1,
    cluster: Annotated[
        str | None, typer.Option(metavar="tcp://HOST:PORT", help="A Dask scheduler.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Leave out what is done.")] = False,
    protocol: Annotated[str, typer.Option()] = "auto",
    video: Annotated[str, typer.Option(help="none, strides or full.")] = "strides",
    report: Annotated[str, typer.Option()] = "html",
) -> None:
    """Analyse every clip of a folder; a failed clip is listed with its code and the rest go on."""
    options = build_options(protocol=protocol, video=video, report=report)
    clips = find_clips(in_dir)
    out.mkdir(parents=True, exist_ok=True)
    console = stderr_console()
    items: list[BatchItem] = []
    for name in passed_over(in_dir):
        console.print(f"{name}: passed over, this kind of file is not read", markup=False)
    tasks = plan_batch(clips, out, in_dir)
    for item in run_batch(tasks, options, workers=workers, resume=resume, cluster=cluster):
        items.append(item)
        code = f" error[{item.error.code}]: {item.error.what}" if item.error else ""
        console.print(f"[{len(items)}/{len(clips)}] {item.name}: {item.status}{code}", markup=False)
    path = write_batch_csv(items, out)
    console.print(f"Table: {path.resolve()}", markup=False)
    failed = [i for i in items if i.error is not None]
    if failed:
        console.print(f"{len(failed)} of {len(clips)} clips could not be analysed:", markup=False)
        for item in failed:
            console.print(f"  {item.name}: {item.error}", markup=False)
        raise typer.Exit(EXIT_BATCH)

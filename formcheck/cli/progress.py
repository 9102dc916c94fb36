"""Progress on stderr: a bar on a terminal, plain lines otherwise. Stdout stays clean."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from formcheck.progress import OnProgress

_PLAIN_STEP_PCT = 25


def stderr_console() -> Console:
    """Return a console that writes to stderr, without colour codes when it is a file."""
    return Console(file=sys.stderr, highlight=False, soft_wrap=True)


@contextmanager
def progress_reporter(label: str) -> Iterator[OnProgress]:
    """Yield a callback ``(stage, done, total)`` that shows progress on stderr.

    Parameters
    ----------
    label : str
        What is being worked on, for plain lines.
    """
    console = stderr_console()
    if console.is_terminal:
        with _bar(console) as callback:
            yield callback
    else:
        yield _plain(console, label)


@contextmanager
def _bar(console: Console) -> Iterator[OnProgress]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Reading", total=None)

        def callback(stage: str, done: int, total: int) -> None:
            bar.update(
                task, description=f"{stage} ({done}/{total})", completed=done, total=max(total, 1)
            )

        yield callback


def _plain(console: Console, label: str) -> OnProgress:
    seen: dict[str, int] = {}

    def callback(stage: str, done: int, total: int) -> None:
        step = 100 * done // max(total, 1) // _PLAIN_STEP_PCT
        if seen.get(stage) != step:
            seen[stage] = step
            console.print(f"{label}: {stage} {done}/{total}", markup=False)

    return callback

"""`formcheck doctor` and `formcheck app`."""

import subprocess
import sys
from typing import Annotated

import typer
from rich.console import Console

from formcheck.doctor import check
from formcheck.resources import app_script


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(doctor)
    app.command(name="app")(run_app)


def doctor() -> None:
    """Check this machine: libraries, weights, codecs; says how to get what is missing."""
    console = Console(highlight=False)
    checks = check()
    for item in checks:
        console.print(
            f"[{'ok' if item.ok else 'MISSING'}] {item.name}: {item.detail}", markup=False
        )
        if not item.ok and item.remedy:
            console.print(f"    -> {item.remedy}", markup=False)
    if not all(item.ok for item in checks):
        raise typer.Exit(3)


def run_app(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this computer.")] = 8501,
) -> None:
    """Open the Streamlit app on this computer (it listens to no one else)."""
    script = app_script()
    command = [
        sys.executable, "-m", "streamlit", "run", str(script),
        "--server.address", "127.0.0.1", "--server.port", str(port),
        "--browser.gatherUsageStats", "false", "--logger.hideWelcomeMessage", "true",
    ]  # fmt: skip
    typer.echo(f"formcheck opens at http://127.0.0.1:{port} (Ctrl+C ends it).")
    try:
        status = subprocess.run(command, check=False, cwd=script.parent).returncode
    except KeyboardInterrupt:
        status = 0
    raise typer.Exit(status)

"""The typer application: one module per group of commands registers itself here."""

from importlib import import_module
from typing import Final

import typer

from formcheck import __version__

_MODULES: Final = (
    "analyze",
    "batch",
    "compare",
    "validate",
    "real",
    "catalogue",
    "readiness",
    "plan",
    "system",
)
# whose workers wait for it: not held up by the imports of the other commands
_ALONE: Final = {"analyze": "analyze", "demo": "analyze"}


def build_app(words: list[str]) -> typer.Typer:
    """Return the application with the commands that `words` may mean.

    Parameters
    ----------
    words : list of str
        The command line.
    """
    app = typer.Typer(
        name="formcheck",
        help="Running form and movement tests measured from a phone video, with honest intervals.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    alone = _ALONE.get(words[0]) if words else None
    for name in _MODULES if alone is None else (alone,):
        import_module(f"formcheck.cli.{name}").register(app)
    return app


def _version(value: bool) -> None:
    if value:
        typer.echo(__version__)
        raise typer.Exit


def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Describe movement from video; never a diagnosis, never a clearance to run."""

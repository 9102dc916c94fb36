"""The typer application: one module per group of commands registers itself here."""

import typer

from formcheck import __version__
from formcheck.cli import analyze, batch, catalogue, compare, plan, readiness, system, validate

app = typer.Typer(
    name="formcheck",
    help="Running form and movement tests measured from a phone video, with honest intervals.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Describe movement from video; never a diagnosis, never a clearance to run."""


for module in (analyze, batch, compare, validate, catalogue, readiness, plan, system):
    module.register(app)

"""Turns command-line words into :class:`AnalyzeOptions`; a wrong word is a usage error."""

import typer
from pydantic import ValidationError

from formcheck.registry import PROTOCOLS
from formcheck.settings import AnalyzeOptions


def _words(text: str) -> tuple[str, ...]:
    return tuple(w for w in (p.strip().lower() for p in text.split(",")) if w and w != "none")


def build_options(**choices: object) -> AnalyzeOptions:
    """Check the choices and return them as options.

    Raises
    ------
    typer.BadParameter
        If a value is outside its bounds or no such protocol exists.
    """
    for name in ("report", "exports"):
        if isinstance(choices.get(name), str):
            choices[name] = _words(str(choices[name]))
    protocol = str(choices.get("protocol", "auto"))
    if protocol != "auto" and protocol not in PROTOCOLS:
        msg = f"no protocol {protocol!r}; there are: auto, {', '.join(PROTOCOLS)}"
        raise typer.BadParameter(msg, param_hint="--protocol")
    try:
        return AnalyzeOptions.model_validate(choices)
    except ValidationError as error:
        first = error.errors()[0]
        where = "--" + str(first["loc"][0]).replace("_mps", "").replace("_cm", "").replace("_", "-")
        msg = f"{first['msg']} (got {first['input']!r})"
        raise typer.BadParameter(msg, param_hint=where) from error

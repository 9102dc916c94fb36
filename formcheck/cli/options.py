"""Turns command-line words into :class:`AnalyzeOptions`; a wrong word is a usage error."""

import re
from typing import Final

import typer
from pydantic import ValidationError

from formcheck.registry import PROTOCOLS
from formcheck.settings import AnalyzeOptions

_SPEED: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*(m/s|km/h|kmh|kph|mph|mi/h|)", re.IGNORECASE)
_PACE: Final = re.compile(r"(\d+):([0-5]\d)\s*(?:min)?/?(km|mi|mile)", re.IGNORECASE)
_MILE_M: Final = 1609.344
_UNITS_MPS: Final = {
    "": 1.0, "m/s": 1.0, "km/h": 1 / 3.6, "kmh": 1 / 3.6, "kph": 1 / 3.6,
    "mph": _MILE_M / 3600, "mi/h": _MILE_M / 3600,
}  # fmt: skip


def speed_of(text: str | None) -> float | None:
    """Return a speed in m/s, or None for None.

    Parameters
    ----------
    text : str or None
        ``2.7`` (m/s), ``2.7m/s``, ``9.7km/h``, ``6mph``, or a pace: ``6:10/km``, ``9:55/mi``.

    Raises
    ------
    typer.BadParameter
        If it is none of these.

    Examples
    --------
    >>> round(speed_of("6:10/km"), 3)
    2.703
    """
    if text is None:
        return None
    speed, pace = _SPEED.fullmatch(text.strip()), _PACE.fullmatch(text.strip())
    if speed:
        return float(speed[1].replace(",", ".")) * _UNITS_MPS[speed[2].lower()]
    if pace and (seconds := 60 * int(pace[1]) + int(pace[2])):
        return (1000.0 if pace[3].lower() == "km" else _MILE_M) / seconds
    msg = f"{text!r} is no speed; write 2.7m/s, 9.7km/h, 6mph or 6:10/km"
    raise typer.BadParameter(msg, param_hint="--belt-speed")


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
    start, end = choices.get("start_s"), choices.get("end_s")
    if isinstance(end, float) and end <= (start if isinstance(start, float) else 0.0):
        msg = f"the part ends at {end:g} s, before it begins"
        raise typer.BadParameter(msg, param_hint="--end")
    try:
        return AnalyzeOptions.model_validate(choices)
    except ValidationError as error:
        first = error.errors()[0]
        where = "--" + re.sub("_(mps|cm|deg|s)$", "", str(first["loc"][0])).replace("_", "-")
        msg = f"{first['msg']} (got {first['input']!r})"
        raise typer.BadParameter(msg, param_hint=where) from error

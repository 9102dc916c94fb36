"""``analysis.json`` and the JSON Schema that other programs check it against."""

import json
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from formcheck.errors import FormcheckError
from formcheck.files import whole_file
from formcheck.results import SCHEMA_VERSION, Analysis

FILE_NAME: Final = "analysis.json"
SCHEMA_FILE: Final = Path(__file__).with_name("analysis.schema.json")


def write_analysis(analysis: Analysis, path: Path | str) -> Path:
    """Write an analysis as JSON (UTF-8, indented).

    Parameters
    ----------
    analysis : Analysis
    path : Path or str
        The file, or the folder that gets an ``analysis.json``.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    FormcheckError
        ``DISK_FULL`` or ``OUTPUT_NOT_WRITABLE``.
    """
    file = _file_of(Path(path))
    with whole_file(file) as part:
        part.write_text(analysis.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return file


def read_analysis(path: Path | str) -> Analysis:
    """Read an analysis.

    Parameters
    ----------
    path : Path or str
        The file, or the result folder that holds it.

    Raises
    ------
    FormcheckError
        ``FILE_NOT_FOUND``, or ``RESULT_UNREADABLE`` with the first thing that is wrong.
    """
    file = _file_of(Path(path))
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as cause:
        msg = f"there is no result {file}"
        hint = "Give a folder that `formcheck analyze` wrote."
        raise FormcheckError("FILE_NOT_FOUND", msg, hint) from cause
    except (OSError, UnicodeDecodeError) as cause:
        msg = f"{file} cannot be read"
        raise FormcheckError("RESULT_UNREADABLE", msg) from cause
    try:
        return Analysis.model_validate_json(text)
    except ValidationError as cause:
        raise FormcheckError("RESULT_UNREADABLE", _what_is_wrong(file, text, cause)) from cause


def analysis_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``analysis.json``."""
    schema = Analysis.model_json_schema(mode="serialization")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"formcheck analysis, schema version {SCHEMA_VERSION}",
    }
    return {**schema, **head}


def schema_text() -> str:
    """Return the text of the schema file that ships with the package."""
    return json.dumps(analysis_schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def write_schema() -> None:
    """Write the schema file anew, after a change of the models."""
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")


_OLDER = ("1.0",)
"""Versions that are read too: they lack what later ones added."""


def _file_of(path: Path) -> Path:
    return path / FILE_NAME if path.is_dir() else path


def _what_is_wrong(file: Path, text: str, cause: ValidationError) -> str:
    version = _schema_version(text)
    if version not in {None, *_OLDER, SCHEMA_VERSION}:
        return f"{file.name} has schema version {version}; this formcheck reads {SCHEMA_VERSION}"
    first = cause.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the file"
    return f"{file.name} is no formcheck analysis: {where}: {first['msg'].splitlines()[0]}"


def _schema_version(text: str) -> str | None:
    try:
        version = json.loads(text)["schema_version"]
    except (ValueError, KeyError, TypeError):
        return None
    return str(version)

"""``edits.json``: the log beside the result it belongs to."""

from pathlib import Path
from typing import Final

from pydantic import ValidationError

from formcheck.edits.log import EditLog
from formcheck.errors import FormcheckError
from formcheck.files import whole_file
from formcheck.results import Analysis

FILE_NAME: Final = "edits.json"


def read_edits(folder: Path, analysis: Analysis | None = None) -> EditLog:
    """Return the log of a result folder, empty if nothing was edited.

    Parameters
    ----------
    folder : Path
    analysis : Analysis, optional
        The result that stands in the folder: where it was analysed afresh since the log was
        written, none of the edits counts any more (and all can be redone).

    Raises
    ------
    FormcheckError
        RESULT_UNREADABLE for a damaged file.
    """
    try:
        text = (folder / FILE_NAME).read_text(encoding="utf-8")
        log = EditLog.model_validate_json(text)
    except FileNotFoundError:
        return EditLog(clip_sha256="" if analysis is None else analysis.clip.sha256)
    except (OSError, UnicodeDecodeError, ValidationError) as cause:
        code = "RESULT_UNREADABLE"
        what = f"{FILE_NAME} is damaged or no list of edits"
        raise FormcheckError(code, what) from cause
    if analysis is None:
        return log
    if log.clip_sha256 != analysis.clip.sha256:
        return EditLog(clip_sha256=analysis.clip.sha256)
    stand = [e.id for e in analysis.edits]
    return log if stand == [e.id for e in log.active] else log.all_undone()


def write_edits(log: EditLog, folder: Path) -> Path:
    """Write the log, whole or not at all.

    Raises
    ------
    FormcheckError
        DISK_FULL or OUTPUT_NOT_WRITABLE.
    """
    path = folder / FILE_NAME
    with whole_file(path) as part:
        part.write_text(log.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return path

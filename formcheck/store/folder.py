"""The result folder: whole or absent, and never at the cost of somebody else's files."""

import contextlib
import fnmatch
import itertools
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

from formcheck.errors import FormcheckError
from formcheck.files import file_sha256, is_disk_full, part_name, write_error

# What `analyze` writes; anything else in an older result is the user's and is carried over.
_OURS: Final = (
    "analysis.json",
    "frames",
    "strides.mp4",
    "strides.vtt",
    "annotated.mp4",
    "annotated.vtt",
    "review.mp4",
    "review.json",
    "review.vtt",
    "report.html",
    "report.pdf",
    "landmarks.npz",
    "measurements.csv",
    "events.csv",
    "*.trc",
    "*.mot",
    "*.c3d",
)
_STALE_S: Final = 24 * 3600  # no analysis runs for a day: what is older was left by a killed one


def is_result_folder(folder: Path) -> bool:
    """Return whether formcheck wrote this folder: it holds an ``analysis.json`` of ours."""
    try:
        record = json.loads((folder / "analysis.json").read_text(encoding="utf-8"))
        return "schema_version" in record and "formcheck" in record["versions"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


def check_target(path: Path) -> None:
    """Refuse a place for a result before the long work; creates nothing.

    Parameters
    ----------
    path : Path
        The folder that shall hold the result.

    Raises
    ------
    FormcheckError
        ``OUTPUT_NOT_WRITABLE``: a file, a folder with other things, or one that may not be written.
    """
    _refuse_foreign(path)
    there = path.absolute()
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        msg = f"{there} is a file, not a folder"
        raise FormcheckError("OUTPUT_NOT_WRITABLE", msg)
    own = os.access in os.supports_effective_ids
    if not os.access(there, os.W_OK | os.X_OK, effective_ids=own):
        msg = f"{there} may not be written to"
        raise FormcheckError("OUTPUT_NOT_WRITABLE", msg)


class ResultFolder:
    """Write a result into a hidden folder and give it its name when it is whole.

    The folder named appears complete, or stays as it was. An older formcheck result is replaced;
    files in it that formcheck does not write (a therapist's notes) are kept. A folder that holds
    other things and no result is refused at once, before any work.

    Parameters
    ----------
    out_dir : Path or str
        The folder that shall hold the result.

    Raises
    ------
    FormcheckError
        ``OUTPUT_NOT_WRITABLE`` or ``DISK_FULL``.

    Examples
    --------
    >>> import tempfile
    >>> home = Path(tempfile.mkdtemp())
    >>> with ResultFolder(home / "run") as folder:
    ...     _ = (folder / "report.html").write_text("<html>")
    >>> [p.name for p in (home / "run").iterdir()]
    ['report.html']
    """

    def __init__(self, out_dir: Path | str) -> None:
        self.path = Path(out_dir).absolute()
        self._part = part_name(self.path)

    def __enter__(self) -> Path:
        """Return the hidden folder to write into."""
        _refuse_foreign(self.path)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _sweep(self.path)
            self._part.mkdir()
        except OSError as cause:
            raise write_error(cause, self.path) from cause
        return self._part

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the folder in its place, or remove it."""
        try:
            if kind is None:
                _refuse_foreign(self.path)
                _install(self._part, self.path)
        except OSError as cause:
            raise write_error(cause, self.path) from cause
        finally:
            shutil.rmtree(self._part, ignore_errors=True)
        if isinstance(error, OSError) and self._concerns(error):
            raise write_error(error, self.path) from error

    def _concerns(self, error: OSError) -> bool:
        return is_disk_full(error) or str(self._part) in str(error.filename)


def _refuse_foreign(path: Path) -> None:
    if path.is_dir():
        if is_result_folder(path) or not any(path.iterdir()):
            return
        msg = f"{path} holds files that are no formcheck result"
        raise FormcheckError("OUTPUT_NOT_WRITABLE", msg, "Choose a new or empty folder with --out.")
    if path.exists() or path.is_symlink():
        msg = f"{path} is a file, not a folder"
        raise FormcheckError("OUTPUT_NOT_WRITABLE", msg)


def _install(part: Path, path: Path) -> None:
    """Swap the new folder in; the old one goes only when the new one stands."""
    if not path.exists():
        part.rename(path)
        return
    old = part_name(path)
    path.rename(old)
    try:
        _carry_over(old, part)
        part.rename(path)
    except BaseException:
        _carry_over(part, old)
        old.rename(path)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _carry_over(source: Path, target: Path) -> None:
    """Move what formcheck did not write."""
    for entry in list(source.iterdir()):
        is_ours = any(fnmatch.fnmatchcase(entry.name, pattern) for pattern in _OURS)
        if not is_ours and not (target / entry.name).exists():
            entry.rename(target / entry.name)


def _sweep(path: Path) -> None:
    """Remove what a killed run left beside this folder."""
    before = time.time() - _STALE_S
    for left in path.parent.glob(f".{_escaped(path.name)}.*.part"):
        with contextlib.suppress(OSError):
            if left.is_dir() and left.stat().st_mtime < before:
                shutil.rmtree(left, ignore_errors=True)


def _escaped(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def result_folder(
    path: Path, out_dir: Path, taken: Iterable[Path] = (), digest: str | None = None
) -> Path:
    """Return where the result of a clip goes: a folder named after it, in `out_dir`.

    A name that another clip has (``IMG_1.mov`` beside ``IMG_1.mp4``, or one person's ``side.mp4``
    after another's) is never used again: the ending is added, then a number.

    Parameters
    ----------
    path : Path
        The clip.
    out_dir : Path
    taken : iterable of Path
        Folders that other clips of the same run have.
    digest : str, optional
        The clip's SHA-256, where it is known.
    """
    used = {str(t).casefold() for t in taken}
    for name in _names_for(path):
        folder = out_dir / name
        if str(folder).casefold() in used:
            continue
        other = _clip_in(folder)
        if other is None:
            return folder
        digest = digest or (file_sha256(path) if path.is_file() else "")
        if other == (path.name, digest):
            return folder
    raise AssertionError  # there is always a higher number


def _names_for(path: Path) -> Iterator[str]:
    yield path.stem
    yield path.name
    yield from (f"{path.name} ({n})" for n in itertools.count(2))


def _clip_in(folder: Path) -> tuple[str, str] | None:
    """Return name and SHA-256 of the clip whose result lies in `folder`, None without a result."""
    try:
        clip = json.loads((folder / "analysis.json").read_text(encoding="utf-8"))["clip"]
        return str(clip["path"]), str(clip["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return None

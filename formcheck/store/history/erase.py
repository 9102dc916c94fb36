"""Deleting so that nothing is left: rows, freed pages of the database, and every file."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import FormcheckError
from formcheck.files import write_error
from formcheck.store.history import tables
from formcheck.store.history.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was removed."""

    sessions: int = 0
    clips: int = 0
    files: int = 0
    size_bytes: int = 0


def erase_person(db: Database, person_id: str, root: Path) -> Erased:
    """Delete everything of one person: rows, videos, results, pictures, uploads.

    Parameters
    ----------
    db : Database
    person_id : str
    root : Path
        The app's data folder: only what lies in it is deleted.

    Returns
    -------
    Erased

    Raises
    ------
    FormcheckError
        OUTPUT_NOT_WRITABLE if a file cannot be deleted; the rows then stay, so that it can be
        tried again.
    """
    with db.begin() as session:
        person = session.get(tables.Person, person_id)
        sessions = [] if person is None else list(person.sessions)
        clips = [c for s in sessions for c in s.clips]
        done = _erase_files(folders_of(sessions), root)
        if person is not None:
            session.delete(person)
    db.scrub()
    return Erased(
        sessions=len(sessions), clips=len(clips), files=done.files, size_bytes=done.size_bytes
    )


def erase_session(db: Database, session_id: str, root: Path) -> Erased:
    """Delete one session with all its files; see :func:`erase_person`."""
    with db.begin() as session:
        row = session.get(tables.Session, session_id)
        clips = [] if row is None else list(row.clips)
        done = _erase_files([] if row is None else folders_of([row]), root)
        if row is not None:
            session.delete(row)
    db.scrub()
    return Erased(sessions=1, clips=len(clips), files=done.files, size_bytes=done.size_bytes)


def erase_clip_files(db: Database, session_id: str, root: Path) -> Erased:
    """Delete the videos, pictures and result files of a session; its numbers stay."""
    with db.begin() as session:
        row = session.get(tables.Session, session_id)
        clips = [] if row is None else list(row.clips)
        done = _erase_files([] if row is None else folders_of([row]), root)
        for clip in clips:
            clip.folder = clip.result = ""
    db.scrub()
    return Erased(clips=len(clips), files=done.files, size_bytes=done.size_bytes)


def folders_of(sessions: Iterable[tables.Session]) -> list[str]:
    """Return where the files of sessions lie: their own folders, and those of single clips."""
    return [f for s in sessions for f in (s.folder, *(c.folder for c in s.clips)) if f]


def size_on_disk(folders: list[Path]) -> tuple[int, int]:
    """Return how many files folders hold, and their bytes."""
    sizes = [p.stat().st_size for folder in folders for p in folder.rglob("*") if p.is_file()]
    return len(sizes), sum(sizes)


def _erase_files(named: list[str], root: Path) -> Erased:
    folders = [_inside(f, root) for f in named]
    n = size_bytes = 0
    try:
        for folder in folders:
            more, more_bytes = size_on_disk([folder])
            n, size_bytes = n + more, size_bytes + more_bytes
            if folder.is_dir():
                shutil.rmtree(folder)
            _prune(folder.parent, root)
    except OSError as cause:
        raise write_error(cause, root) from cause
    return Erased(files=n, size_bytes=size_bytes)


def _inside(folder: str, root: Path) -> Path:
    """Return a folder of the app as a path.

    Raises
    ------
    FormcheckError
        OUTPUT_NOT_WRITABLE for a folder outside the app's own.
    """
    path = Path(folder).resolve()
    if not path.is_relative_to(root.resolve()) or path == root.resolve():
        code = "OUTPUT_NOT_WRITABLE"
        what = f"{folder} is not in the app's data folder"
        raise FormcheckError(code, what, "Delete it by hand.")
    return path


def _prune(folder: Path, root: Path) -> None:
    """Remove folders that became empty, up to the data folder."""
    top = root.resolve()
    while folder != top and folder.is_relative_to(top) and folder.is_dir():
        if any(folder.iterdir()):
            return
        folder.rmdir()
        folder = folder.parent

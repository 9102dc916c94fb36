"""Where the app keeps clips and results: one private folder per browser session.

    <data folder>/sessions/<token>/<clip id>/clip.json
                                            /video/<name>.mp4
                                            /results/<job key>/<name>/analysis.json ...

The token is random, stands in the page's address (so that a reload finds its work again) and is the
only way from a browser to a session. Nothing here is shared between two tokens.
"""

import hashlib
import itertools
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from platformdirs import user_data_path

from formcheck.errors import FormcheckError
from formcheck.settings.app import AppSettings

DATA_VARIABLE: Final = "FORMCHECK_DATA_DIR"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_ID = re.compile(r"[0-9a-f]{16}")
_KEY = re.compile(r"[0-9a-f]{32}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_NAME_LENGTH: Final = 60
_PRIVATE: Final = 0o700
FIRST_LOOK: Final = "first_look.jpg"


def data_dir() -> Path:
    """Return the folder of everything the app keeps (``FORMCHECK_DATA_DIR`` overrides it)."""
    chosen = os.environ.get(DATA_VARIABLE)
    return Path(chosen) if chosen else user_data_path("formcheck", appauthor=False)


def safe_name(name: str) -> str:
    """Return a file name that is safe on every system and still tells which clip it is.

    Parameters
    ----------
    name : str
        What the browser sent; may hold anything.

    Returns
    -------
    str
        Letters, digits, dot, dash and underscore; never empty, never hidden, never a path.
    """
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = base.rpartition(".")
    if not dot:
        stem, suffix = base, ""
    stem = _UNSAFE.sub("_", stem).strip("._-")[:_NAME_LENGTH] or "clip"
    suffix = _UNSAFE.sub("", suffix).lower()[:8]
    return f"{stem}.{suffix}" if suffix else stem


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipEntry:
    """One clip of a session.

    Attributes
    ----------
    name : str
        As the user knows it; escape it before it goes into a page.
    video : str
        Path of the file; empty once the video was deleted and the numbers kept.
    sample : bool
        A bundled clip, which is read where it lies and never deleted.
    options_json : str
        The user's corrections so far (``AnalyzeOptions`` as JSON), empty for none.
    job : str
        Key of the latest analysis asked for, empty for none.
    """

    id: str
    name: str
    video: str
    sha256: str
    size_bytes: int
    added_s: float
    sample: bool = False
    options_json: str = ""
    job: str = ""


class Workspace:
    """One session's folder.

    Parameters
    ----------
    root : Path
        Data folder.
    token : str
        The session's name; checked, since it comes from an address line.

    Raises
    ------
    ValueError
        If `token` does not look like one of ours.
    """

    def __init__(self, root: Path, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            msg = "a session token has 22 characters of A-Z, a-z, 0-9, - and _"
            raise ValueError(msg)
        self.token = token
        self.folder = root / "sessions" / token

    def add_stream(self, name: str, stream: BinaryIO, settings: AppSettings) -> ClipEntry:
        """Write a dropped clip to disk, piece by piece, and return its entry.

        Raises
        ------
        FormcheckError
            DISK_FULL if it does not fit; nothing is left behind.
        """
        name = self._own_name(name)
        clip_id = secrets.token_hex(8)
        target = self.folder / clip_id / "video" / safe_name(name)
        digest = hashlib.sha256()
        size = 0
        try:
            self._make(target.parent)
            with target.open("wb") as file:
                while piece := stream.read(settings.copy_chunk_bytes):
                    file.write(piece)
                    digest.update(piece)
                    size += len(piece)
        except OSError as error:
            shutil.rmtree(self.folder / clip_id, ignore_errors=True)
            what = f"the clip could not be stored ({error.strerror})"
            code = "DISK_FULL"
            raise FormcheckError(code, what) from error
        entry = ClipEntry(
            id=clip_id,
            name=name,
            video=str(target),
            sha256=digest.hexdigest(),
            size_bytes=size,
            added_s=time.time(),
        )
        return self._save(entry)

    def _own_name(self, name: str) -> str:
        """Return `name`, with a number where another clip is called so but for the ending."""
        taken = {e.name.rpartition(".")[0].casefold() for e in self.clips()}
        stem, dot, ending = name.rpartition(".")
        if not dot:
            stem, ending = name, ""
            taken |= {e.name.casefold() for e in self.clips()}
        numbered = (f"{stem} ({n})" for n in itertools.count(2))
        own = next(s for s in itertools.chain([stem], numbered) if s.casefold() not in taken)
        return f"{own}{dot}{ending}"

    def add_sample(self, path: Path) -> ClipEntry:
        """Return the entry of a bundled clip, made at the first call for it."""
        for entry in self.clips():
            if entry.sample and entry.video == str(path):
                return self._save(replace(entry, added_s=time.time()))
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        entry = ClipEntry(
            id=secrets.token_hex(8),
            name=path.name,
            video=str(path),
            sha256=digest,
            size_bytes=path.stat().st_size,
            added_s=time.time(),
            sample=True,
        )
        return self._save(entry)

    def clips(self) -> tuple[ClipEntry, ...]:
        """Return the session's clips, newest first."""
        if not self.folder.is_dir():
            return ()
        found = [e for p in self.folder.iterdir() if (e := self.clip(p.name)) is not None]
        return tuple(sorted(found, key=lambda e: e.added_s, reverse=True))

    def clip(self, clip_id: str) -> ClipEntry | None:
        """Return one clip, or None if it is not (or no longer) there."""
        if not _ID.fullmatch(clip_id):
            return None
        try:
            text = (self.folder / clip_id / "clip.json").read_text(encoding="utf-8")
            return ClipEntry(**json.loads(text))
        except (OSError, ValueError, TypeError):
            return None

    def update(self, clip_id: str, *, options_json: str, job: str) -> ClipEntry | None:
        """Note the options chosen and the job asked for; None if the clip is gone."""
        entry = self.clip(clip_id)
        if entry is None:
            return None
        return self._save(replace(entry, options_json=options_json, job=job))

    def out_dir(self, clip_id: str, key: str) -> Path:
        """Return the folder into which the analysis `key` of a clip writes."""
        if not _ID.fullmatch(clip_id) or not _KEY.fullmatch(key):
            msg = "not a clip id and job key of this session"
            raise ValueError(msg)
        return self.folder / clip_id / "results" / key

    def result(self, clip_id: str, key: str) -> Path | None:
        """Return the whole result folder of the analysis `key`, or None."""
        if not _KEY.fullmatch(key):
            return None
        found = sorted(self.out_dir(clip_id, key).glob("*/analysis.json"))
        return found[0].parent if found else None

    def latest_result(self, clip_id: str) -> Path | None:
        """Return the newest whole result folder of a clip, or None."""
        entry = self.clip(clip_id)
        if entry is not None and (asked := self.result(clip_id, entry.job)) is not None:
            return asked
        found = sorted(
            (self.folder / clip_id / "results").glob("*/*/analysis.json"),
            key=lambda p: p.stat().st_mtime,
        )
        return found[-1].parent if found else None

    def write_first_look(self, clip_id: str, jpeg: bytes) -> None:
        """Keep one picture of a clip beside it; without room for it, none is kept."""
        if not _ID.fullmatch(clip_id):
            return
        path = self.folder / clip_id / "video" / FIRST_LOOK
        try:
            self._make(path.parent)
            path.write_bytes(jpeg)
        except OSError:
            path.unlink(missing_ok=True)

    def first_look(self, clip_id: str) -> Path | None:
        """Return the picture kept by :meth:`write_first_look`, or None."""
        path = self.folder / clip_id / "video" / FIRST_LOOK
        return path if _ID.fullmatch(clip_id) and path.is_file() else None

    def delete_video(self, clip_id: str) -> None:
        """Remove every copy of the whole video and keep the results' numbers and pictures.

        A bundled clip is left alone.
        """
        entry = self.clip(clip_id)
        if entry is None:
            return
        shutil.rmtree(self.folder / clip_id / "video", ignore_errors=True)
        for copy in (self.folder / clip_id / "results").glob("*/*/review.*"):
            copy.unlink(missing_ok=True)
        self._save(replace(entry, video=""))

    def delete(self, clip_id: str) -> None:
        """Remove everything of one clip; the session's folder too when it was the last."""
        if not _ID.fullmatch(clip_id):
            return
        shutil.rmtree(self.folder / clip_id, ignore_errors=True)
        if self.folder.is_dir() and not any(self.folder.iterdir()):
            shutil.rmtree(self.folder, ignore_errors=True)

    def size_bytes(self) -> int:
        """Return how much disk the session takes."""
        return sum(p.stat().st_size for p in self.folder.rglob("*") if p.is_file())

    def _save(self, entry: ClipEntry) -> ClipEntry:
        folder = self.folder / entry.id
        self._make(folder)
        temporary = folder / "clip.json.part"
        temporary.write_text(json.dumps(asdict(entry)), encoding="utf-8")
        temporary.replace(folder / "clip.json")
        return entry

    def _make(self, folder: Path) -> None:
        self.folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)


def is_token(token: str) -> bool:
    """Tell whether a word could be a session's name."""
    return _TOKEN.fullmatch(token) is not None


def new_workspace(root: Path) -> Workspace:
    """Return a session of its own, with a fresh random name; nothing is written yet."""
    return Workspace(root, secrets.token_urlsafe(16))


def open_workspace(root: Path, token: str | None) -> Workspace:
    """Return the session `token` names, or a new one if it names none of ours."""
    if token and _TOKEN.fullmatch(token):
        return Workspace(root, token)
    return new_workspace(root)


def all_workspaces(root: Path) -> Iterator[Workspace]:
    """Iterate over the sessions kept on this computer."""
    folder = root / "sessions"
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.is_dir() and _TOKEN.fullmatch(path.name):
                yield Workspace(root, path.name)


def sweep_stale(root: Path, older_than_s: float, now_s: float | None = None) -> int:
    """Remove clips that were left without a result long ago; return how many."""
    now = time.time() if now_s is None else now_s
    removed = 0
    for space in list(all_workspaces(root)):
        for entry in space.clips():
            if now - entry.added_s > older_than_s and space.latest_result(entry.id) is None:
                space.delete(entry.id)
                removed += 1
        if not space.clips() and now - space.folder.stat().st_mtime > older_than_s:
            shutil.rmtree(space.folder, ignore_errors=True)
    return removed

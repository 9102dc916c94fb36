"""Writing whole files or none, hashing, and what the operating system's refusals mean."""

import contextlib
import errno
import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from formcheck.errors import FormcheckError

READABLE = (
    "mp4", "mov", "m4v", "webm", "mkv", "avi", "3gp", "3g2", "mts", "m2ts", "ts", "mpg", "mpeg",
    "wmv", "flv", "gif",
)  # fmt: skip
"""Endings of the video files that are read."""
UNREADABLE = (
    "asf", "braw", "dav", "divx", "dv", "f4v", "insv", "lrv", "mxf", "ogv", "r3d", "rm", "rmvb",
    "vob",
)  # fmt: skip
"""Endings of video files that are not read: said where they are passed over."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def file_sha256(path: Path, chunk_bytes: int = 1 << 20) -> str:
    """Return the SHA-256 of a file, read in pieces so that its size does not matter."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(chunk_bytes):
            digest.update(chunk)
    return digest.hexdigest()


def write_error(cause: OSError, path: Path) -> FormcheckError:
    """Return the error that tells a user why `path` could not be written.

    Parameters
    ----------
    cause : OSError
        What the system said (PyAV's file errors are OSErrors too).
    path : Path
        The file or folder that was wanted.
    """
    if is_disk_full(cause):
        return FormcheckError("DISK_FULL", f"the disk is full; {path.name} was not written")
    why = cause.strerror or type(cause).__name__
    return FormcheckError("OUTPUT_NOT_WRITABLE", f"cannot write {path}: {why.lower()}")


def is_disk_full(cause: OSError) -> bool:
    """Return whether the system refused for want of space."""
    return cause.errno in _FULL


def part_name(path: Path) -> Path:
    """Return a hidden name beside `path` under which it is written until it is whole."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary name to write to, renamed to `path` on success and removed otherwise.

    Raises
    ------
    FormcheckError
        ``DISK_FULL`` or ``OUTPUT_NOT_WRITABLE``.
    """
    part = part_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(path)
    except OSError as cause:
        raise write_error(cause, path) from cause
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)

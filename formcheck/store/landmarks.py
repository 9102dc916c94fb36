"""``landmarks.npz``: what was seen, so that everything after it can run again without the video."""

import dataclasses
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from formcheck.data import Channels, Clip, PoseSequence
from formcheck.errors import FormcheckError
from formcheck.files import whole_file

FORMAT_VERSION: Final = 1
_POSE_ARRAYS: Final = ("time_s", "xy_px", "confidence", "world_m")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Landmarks:
    """The content of a landmarks file."""

    clip: Clip
    pose: PoseSequence
    channels: Channels


def save_landmarks(path: Path | str, clip: Clip, pose: PoseSequence, channels: Channels) -> None:
    """Write landmarks, pixel channels and the clip's facts, without loss.

    Parameters
    ----------
    path : Path or str
        Appears whole or not at all.
    clip : Clip
    pose : PoseSequence
    channels : Channels

    Raises
    ------
    FormcheckError
        ``DISK_FULL`` or ``OUTPUT_NOT_WRITABLE``.
    """
    header = {
        "format_version": FORMAT_VERSION,
        "history": list(pose.history),
        "channels": list(channels.values),
        "clip": _clip_record(clip),
    }
    arrays: dict[str, NDArray[Any]] = {
        "header": np.frombuffer(json.dumps(header).encode(), dtype=np.uint8),
        "clip.file_time_s": clip.file_time_s,
        "channels.time_s": channels.time_s,
    }
    arrays |= {f"pose.{name}": getattr(pose, name) for name in _POSE_ARRAYS}
    # numbered, because a channel's name need not be a file name
    arrays |= {f"channel.{k}": values for k, values in enumerate(channels.values.values())}
    with whole_file(Path(path)) as part, part.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def load_landmarks(path: Path | str) -> Landmarks:
    """Read a landmarks file.

    Raises
    ------
    FormcheckError
        ``FILE_NOT_FOUND``, or ``RESULT_UNREADABLE`` for a damaged file or a newer format.
    """
    path = Path(path)
    if not path.is_file():
        msg = f"there is no file {path}"
        raise FormcheckError("FILE_NOT_FOUND", msg)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return _rebuilt({name: stored[name] for name in stored.files}, path)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as cause:
        msg = f"{path.name} is damaged or no landmarks file"
        raise FormcheckError("RESULT_UNREADABLE", msg) from cause


def _rebuilt(stored: dict[str, NDArray[Any]], path: Path) -> Landmarks:
    header = json.loads(stored["header"].tobytes())
    version = header["format_version"]
    if version != FORMAT_VERSION:
        msg = f"{path.name} has format {version}; this formcheck reads {FORMAT_VERSION}"
        raise FormcheckError("RESULT_UNREADABLE", msg)
    clip = header["clip"]
    return Landmarks(
        clip=Clip(**{**clip, "path": Path(clip["path"])}, file_time_s=stored["clip.file_time_s"]),
        pose=PoseSequence(
            history=tuple(header["history"]),
            **{name: stored[f"pose.{name}"] for name in _POSE_ARRAYS},
        ),
        channels=Channels(
            time_s=stored["channels.time_s"],
            values={n: stored[f"channel.{k}"] for k, n in enumerate(header["channels"])},
        ),
    )


def _clip_record(clip: Clip) -> dict[str, Any]:
    fields = [f.name for f in dataclasses.fields(clip) if f.name != "file_time_s"]
    return {name: getattr(clip, name) for name in fields} | {"path": str(clip.path)}

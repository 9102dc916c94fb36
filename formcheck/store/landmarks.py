"""``landmarks.npz``: what was seen, so that everything after it can run again without the video."""

import dataclasses
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from formcheck.data import Channels, Clip, FloatArray, PoseSequence
from formcheck.errors import FormcheckError
from formcheck.files import whole_file

FORMAT_VERSION: Final = 1
_POSE_ARRAYS: Final = ("time_s", "xy_px", "confidence", "world_m")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OtherPerson:
    """Somebody else in the clip, who may be chosen instead."""

    pose: PoseSequence
    channels: Channels


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Context:
    """What else the numbers were made from, so that they can be made again.

    Attributes
    ----------
    options_json : str
        The user's choices, as JSON.
    edges_px : ndarray of float, shape (E, 5)
        Straight edges of the room, for the camera's roll.
    person : mapping of str to number
        ``detection_rate``, ``other_person_share`` and ``rejected_frames`` of the runner.
    others : tuple of OtherPerson
        The likeliest first.
    second_look : PoseSequence or None
        Chosen pictures looked at again.
    """

    options_json: str
    edges_px: FloatArray
    model: str
    model_sha256: str
    person: Mapping[str, float]
    others: tuple[OtherPerson, ...] = ()
    second_look: PoseSequence | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Landmarks:
    """The content of a landmarks file; `context` is None in files of an older formcheck."""

    clip: Clip
    pose: PoseSequence
    channels: Channels
    context: Context | None = None


def save_landmarks(
    path: Path | str,
    clip: Clip,
    pose: PoseSequence,
    channels: Channels,
    context: Context | None = None,
) -> None:
    """Write landmarks, pixel channels and the clip's facts, without loss.

    Parameters
    ----------
    path : Path or str
        Appears whole or not at all.
    clip : Clip
    pose : PoseSequence
    channels : Channels
    context : Context, optional
        Needed to measure again from this file.

    Raises
    ------
    FormcheckError
        ``DISK_FULL`` or ``OUTPUT_NOT_WRITABLE``.
    """
    header: dict[str, Any] = {
        "format_version": FORMAT_VERSION,
        "history": list(pose.history),
        "channels": list(channels.values),
        "clip": _clip_record(clip),
    }
    arrays: dict[str, NDArray[Any]] = {
        "clip.file_time_s": clip.file_time_s,
        "channels.time_s": channels.time_s,
    }
    arrays |= {f"pose.{name}": getattr(pose, name) for name in _POSE_ARRAYS}
    # numbered, because a channel's name need not be a file name
    arrays |= {f"channel.{k}": values for k, values in enumerate(channels.values.values())}
    if context is not None:
        header["context"] = {
            name: getattr(context, name) for name in ("options_json", "model", "model_sha256")
        } | {"person": dict(context.person), "others": len(context.others)}
        arrays["edges_px"] = context.edges_px
        for i, other in enumerate(context.others):
            arrays |= _other_arrays(f"other{i}.", other, tuple(channels.values))
        if context.second_look is not None:
            header["second_look"] = list(context.second_look.history)
            arrays |= {f"second.{n}": getattr(context.second_look, n) for n in _POSE_ARRAYS}
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), dtype=np.uint8)
    with whole_file(Path(path)) as part, part.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def save_pose(pose: PoseSequence, path: Path) -> None:
    """Write one pose sequence by itself, whole or not at all."""
    arrays = {name: getattr(pose, name) for name in _POSE_ARRAYS}
    with whole_file(path) as part, part.open("wb") as file:
        np.savez_compressed(file, history=np.array(pose.history), **arrays)


def load_pose(path: Path) -> PoseSequence:
    """Read what :func:`save_pose` wrote."""
    with np.load(path, allow_pickle=False) as data:
        arrays = {name: data[name] for name in _POSE_ARRAYS}
        return PoseSequence(history=tuple(data["history"].tolist()), **arrays)


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
        context=_context(stored, header),
    )


def _other_arrays(
    prefix: str, other: OtherPerson, names: tuple[str, ...]
) -> dict[str, NDArray[Any]]:
    """Return another person's arrays, at the precision that the model gave."""
    arrays = {f"{prefix}{n}": getattr(other.pose, n) for n in _POSE_ARRAYS if n != "time_s"}
    values = [other.channels.values[n] for n in names]
    arrays[f"{prefix}channels"] = np.array(values).reshape(len(names), other.pose.time_s.size)
    return {k: v.astype(np.float32) for k, v in arrays.items()}


def _context(stored: dict[str, NDArray[Any]], header: dict[str, Any]) -> Context | None:
    record = header.get("context")
    if record is None:
        return None
    time_s, names = stored["pose.time_s"], header["channels"]
    others = []
    for i in range(record.pop("others")):
        own = {n: stored[f"other{i}.{n}"] for n in _POSE_ARRAYS if n != "time_s"}
        values = dict(zip(names, stored[f"other{i}.channels"], strict=True))
        others.append(
            OtherPerson(
                pose=PoseSequence(time_s=time_s, history=("detected",), **own),
                channels=Channels(time_s=time_s, values=values),
            )
        )
    second = None
    if "second_look" in header:
        second = PoseSequence(
            history=tuple(header["second_look"]), **{n: stored[f"second.{n}"] for n in _POSE_ARRAYS}
        )
    return Context(edges_px=stored["edges_px"], others=tuple(others), second_look=second, **record)


def _clip_record(clip: Clip) -> dict[str, Any]:
    fields = [f.name for f in dataclasses.fields(clip) if f.name != "file_time_s"]
    return {name: getattr(clip, name) for name in fields} | {"path": str(clip.path)}

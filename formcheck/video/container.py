"""Opening a video file safely, and decoding it past damage."""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from formcheck.errors import FormcheckError
from formcheck.settings.video import VideoSettings

_LOG = logging.getLogger(__name__)

# The file protocol and these formats only: a playlist named .mp4 could otherwise make the reader
# open network addresses or other files.
_OPTIONS: Final = {
    "protocol_whitelist": "file",
    "format_whitelist": "mov,matroska,webm,avi,mpegts,mpeg,asf,flv,gif",
}
# Containers whose packets carry presentation times and which seek by them.
_INDEXED: Final = ("mov", "matroska")


def is_indexed(container: InputContainer) -> bool:
    """Return whether this kind of file stores a presentation time for every picture."""
    return container.format.name.split(",")[0] in _INDEXED


@contextlib.contextmanager
def opened(
    path: Path, settings: VideoSettings | None = None
) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open a video file and choose its picture stream.

    Parameters
    ----------
    path : Path
    settings : VideoSettings, optional

    Yields
    ------
    container : av.container.InputContainer
    stream : av.video.stream.VideoStream
        With a decoder; threads are set.

    Raises
    ------
    FormcheckError
        ``FILE_NOT_FOUND``, ``FILE_UNREADABLE``, ``NOT_A_VIDEO`` or ``CODEC_UNSUPPORTED``.
    """
    settings = settings if settings is not None else VideoSettings()
    head = _first_bytes(path)
    try:
        container = av.open(
            f"file:{path}", mode="r", options=dict(_OPTIONS), metadata_errors="replace"
        )
    except FFmpegError as cause:
        raise _refusal(path, head, cause) from cause
    with container:
        stream = _picture_stream(container, path)
        stream.codec_context.thread_count = settings.decode_threads
        stream.thread_type = "AUTO"
        yield container, stream


def decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Yield every picture that decodes from the current position, in presentation order.

    A packet that cannot be decoded is passed over: the rest of the clip is still worth having.
    """
    packets = container.demux(stream)
    n_bad = 0
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            break
        except FFmpegError:
            # the reader gives up here, the decoder may still hold pictures
            n_bad += 1
            yield from _flushed(stream)
            break
        try:
            frames = packet.decode()
        except FFmpegError:
            n_bad += 1
            continue
        yield from frames
    if n_bad:
        _LOG.warning("%d damaged piece(s) of the clip were passed over", n_bad)


def _flushed(stream: VideoStream) -> list[VideoFrame]:
    with contextlib.suppress(FFmpegError):
        return stream.decode(None)
    return []


def _first_bytes(path: Path) -> bytes:
    if not path.exists():
        msg = f"there is no file {path}"
        raise FormcheckError("FILE_NOT_FOUND", msg)
    if not path.is_file():
        msg = f"{path.name} is a folder or device, not a file"
        raise FormcheckError("NOT_A_VIDEO", msg)
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as cause:
        msg = f"{path.name} cannot be read: {(cause.strerror or 'refused').lower()}"
        hint = "Check that you may read the file and that its disk is attached."
        raise FormcheckError("FILE_UNREADABLE", msg, hint) from cause
    if not head:
        msg = f"{path.name} is empty (0 bytes)"
        raise FormcheckError("FILE_UNREADABLE", msg)
    return head


def _refusal(path: Path, head: bytes, cause: FFmpegError) -> FormcheckError:
    """Tell a damaged video from a file that is none, by its first bytes."""
    looks_video = (
        head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
        or head.startswith((b"\x1aE\xdf\xa3", b"0&\xb2u", b"FLV\x01", b"GIF8"))
        or (head.startswith(b"RIFF") and head[8:11] == b"AVI")
    )
    if looks_video:
        _LOG.info("%s: %s", path.name, cause)
        msg = f"{path.name} is damaged or was cut off while copying"
        return FormcheckError("FILE_UNREADABLE", msg)
    return FormcheckError("NOT_A_VIDEO", f"{path.name} is not a video")


def _amount(stream: VideoStream) -> tuple[int, int, int]:
    """Return how much a stream shows: drones and action cameras put a small preview first."""
    coder = stream.codec_context  # None for a codec that is not known
    pixels = int(getattr(coder, "width", 0) * getattr(coder, "height", 0))
    return max(1, stream.frames) * pixels, pixels, -stream.index


def _picture_stream(container: InputContainer, path: Path) -> VideoStream:
    # a song's cover picture is a video stream too
    streams = [s for s in container.streams.video if Disposition.attached_pic not in s.disposition]
    if not streams:
        msg = f"{path.name} holds no moving picture"
        raise FormcheckError("NOT_A_VIDEO", msg)
    stream = max(streams, key=_amount)
    if stream.codec_context is None:
        msg = f"{path.name} uses a video codec that cannot be decoded here"
        raise FormcheckError("CODEC_UNSUPPORTED", msg)
    return stream

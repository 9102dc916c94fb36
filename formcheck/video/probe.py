"""Opening a clip: its size, its clock, and whether the clock tells true time."""

import logging
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from formcheck.data import Clip
from formcheck.errors import FormcheckError
from formcheck.files import file_sha256
from formcheck.settings.video import VideoSettings
from formcheck.video.clock import (
    Clock,
    is_variable,
    settle,
    slow_motion_factor,
    usual_rate_hz,
)
from formcheck.video.container import decoded, is_indexed, opened
from formcheck.video.orient import Turn

_LOG = logging.getLogger(__name__)

# Android cameras write the rate they filmed at. An iPhone's own slow motion keeps true times, and
# one that was re-timed for sharing has no tag: only the cadence can tell (see slowmotion.py).
_CAPTURE_TAGS: Final = ("com.android.capture.fps",)
# NAL units of these codecs stand behind a length of 4 bytes in MP4, MOV and MKV.
_LENGTH_PREFIXED: Final = ("h264", "hevc")


def open_clip(
    path: Path | str,
    *,
    capture_fps: float | None = None,
    mirrored: bool = False,
    settings: VideoSettings | None = None,
) -> Clip:
    """Read what there is to know of a clip without keeping its pictures.

    The frame times come from the packets, checked against decoded pictures at both ends; where the
    container gives no reliable times, or shows damage, every picture is decoded once instead. The
    number of frames is the number that :func:`formcheck.video.read_frames` yields.

    Parameters
    ----------
    path : Path or str
    capture_fps : float, optional
        Rate the camera filmed at, frames/s; wins over the file's own tag.
    mirrored : bool
        Filmed in selfie mode: the pictures are flipped back when read.
    settings : VideoSettings, optional

    Returns
    -------
    Clip

    Raises
    ------
    FormcheckError
        ``FILE_NOT_FOUND``, ``NOT_A_VIDEO``, ``FILE_UNREADABLE``, ``CODEC_UNSUPPORTED`` or
        ``CLIP_TOO_SHORT``.
    ValueError
        If `capture_fps` is not positive.
    """
    if capture_fps is not None and not capture_fps > 0:
        msg = f"capture_fps must be positive frames per second, got {capture_fps}"
        raise ValueError(msg)
    settings = settings if settings is not None else VideoSettings()
    path = Path(path)
    with opened(path, settings) as (container, stream):
        facts = _facts(container, stream)
        scan = _scan(container, stream)
    first, clock = _clock(path, scan, settings)
    width_px, height_px = shown_size(first, facts.pixel_aspect)
    if clock.file_time_s.size < 2:
        msg = f"{path.name} holds a single picture"
        raise FormcheckError("CLIP_TOO_SHORT", msg)
    return Clip(
        path=path,
        sha256=file_sha256(path, settings.hash_chunk_bytes),
        width_px=width_px,
        height_px=height_px,
        file_time_s=clock.file_time_s,
        rotation_deg=Turn.of(first).rotation_deg,
        codec=facts.codec,
        pixel_format=first.format.name,
        vfr=is_variable(clock.file_time_s, float(scan.tick_s), settings),
        has_audio=facts.has_audio,
        capture_fps=capture_fps if capture_fps is not None else facts.tagged_fps,
        slow_motion_factor=slow_motion_factor(
            usual_rate_hz(clock.file_time_s), capture_fps, facts.tagged_fps, settings
        ),
        mirrored=mirrored,
        start_s=clock.start_s,
        seekable=clock.seekable,
    )


def shown_size(frame: VideoFrame, pixel_aspect: Fraction) -> tuple[int, int]:
    """Return width and height, px, of the upright picture with square pixels."""
    width = max(1, round(frame.width * pixel_aspect))
    return Turn.of(frame).size(width, frame.height)


@dataclass(frozen=True, slots=True)
class _Facts:
    codec: str
    pixel_aspect: Fraction
    has_audio: bool
    tagged_fps: float | None


def _facts(container: InputContainer, stream: VideoStream) -> _Facts:
    return _Facts(
        codec=stream.codec_context.codec.canonical_name,
        pixel_aspect=_pixel_aspect(stream),
        has_audio=len(container.streams.audio) > 0,
        tagged_fps=_tagged_fps({**stream.metadata, **container.metadata}),
    )


def _pixel_aspect(stream: VideoStream) -> Fraction:
    """Return width over height of one stored pixel; 1 where unknown or senseless."""
    aspect = stream.sample_aspect_ratio
    if aspect is None or not Fraction(1, 4) <= aspect <= 4:
        return Fraction(1)
    return Fraction(aspect)


def _tagged_fps(metadata: dict[str, str]) -> float | None:
    for name in _CAPTURE_TAGS:
        try:
            rate_hz = float(metadata.get(name, ""))
        except ValueError:
            continue
        if 1 <= rate_hz <= 10_000:
            return rate_hz
    return None


@dataclass(frozen=True, slots=True)
class _Scan:
    """What the packets say, without decoding."""

    times_s: tuple[float, ...]
    last_key_s: float
    tick_s: Fraction
    rate_hz: float
    indexed: bool
    trusted: bool


def _scan(container: InputContainer, stream: VideoStream) -> _Scan:
    tick_s = Fraction(stream.time_base or Fraction(1, 1000))
    pts: list[int] = []
    keys: list[int] = []
    trusted = indexed = is_indexed(container)
    codec = stream.codec_context.codec.canonical_name
    try:
        for packet in container.demux(stream) if indexed else ():
            if packet.is_discard or (packet.size == 0 and packet.dts is None):
                continue
            if packet.pts is None or packet.is_corrupt or _is_damaged(packet, codec):
                trusted = False
                break
            if packet.is_keyframe:
                keys.append(packet.pts)
            pts.append(packet.pts)
    except FFmpegError:
        trusted = False
    ordered = sorted(set(pts))
    trusted = trusted and bool(keys) and keys[0] == pts[0] and len(ordered) == len(pts)
    return _Scan(
        times_s=tuple(float(p * tick_s) for p in ordered),
        last_key_s=float(max(keys) * tick_s) if keys else 0.0,
        tick_s=tick_s,
        rate_hz=float(stream.average_rate or 0),
        indexed=indexed,
        trusted=trusted,
    )


def _is_damaged(packet: "Packet[VideoStream]", codec: str) -> bool:
    """Return whether the lengths inside a packet do not add up, as after a hole in the file."""
    if codec not in _LENGTH_PREFIXED:
        return False
    data = memoryview(packet)
    if bytes(data[:4]) == b"\0\0\0\1" or bytes(data[:3]) == b"\0\0\1":
        return False  # start codes instead of lengths
    at = 0
    while at + 4 < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if length == 0:
            return True
        at += 4 + length
    return at != len(data)


def _clock(path: Path, scan: _Scan, settings: VideoSettings) -> tuple[VideoFrame, Clock]:
    """Return the first picture and the clock, from the packets if they prove right."""
    if scan.trusted:
        first = _checked_ends(path, scan, settings)
        if first is not None:
            return first, settle(scan.times_s, scan.rate_hz, indexed=True)
        _LOG.info("%s: packets and pictures disagree; decoding all of it", path.name)
    return _decoded_clock(path, scan, settings)


def _checked_ends(path: Path, scan: _Scan, settings: VideoSettings) -> VideoFrame | None:
    """Return the first picture if the first and the last pictures have the times of the packets."""
    n_head = min(settings.verify_frames, len(scan.times_s))
    head: list[VideoFrame] = []
    with opened(path, settings) as (container, stream):
        for frame in decoded(container, stream):
            head.append(frame)
            if len(head) == n_head:
                break
    if tuple(f.time for f in head) != scan.times_s[:n_head]:
        return None
    tail_s = tuple(t for t in scan.times_s if t >= scan.last_key_s)
    with opened(path, settings) as (container, stream):
        try:
            container.seek(round(Fraction(scan.last_key_s) / scan.tick_s), stream=stream)
        except FFmpegError:
            return None
        times_s = tuple(
            f.time
            for f in decoded(container, stream)
            if f.pts is not None and f.time >= scan.last_key_s
        )
    return head[0] if times_s == tail_s else None


def _decoded_clock(path: Path, scan: _Scan, settings: VideoSettings) -> tuple[VideoFrame, Clock]:
    first: VideoFrame | None = None
    times_s: list[float | None] = []
    with opened(path, settings) as (container, stream):
        for frame in decoded(container, stream):
            first = first if first is not None else frame
            times_s.append(None if frame.pts is None else frame.time)
    if first is None:
        msg = f"not one picture of {path.name} can be decoded"
        raise FormcheckError("FILE_UNREADABLE", msg)
    return first, settle(times_s, scan.rate_hz, indexed=scan.indexed)

"""Odd and hostile files, each made anew with what is to come of it: pictures, or a refusal."""

import random
import struct
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import numpy as np

from tests import broken

N: Final = 24
ANY: Final = -1


@dataclass(frozen=True)
class Case:
    """A file and its outcome.

    Attributes
    ----------
    make : callable
        Writes the file into a folder and returns its path.
    n : int
        Pictures that are read, :data:`ANY` for some; 0 if it is refused.
    codes : tuple of str
        Codes of the refusals that are right; together with `n` either is.
    """

    make: Callable[[Path], Path]
    n: int = 0
    codes: tuple[str, ...] = ()


def clip(
    path: Path,
    *,
    n: int = N,
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    size: tuple[int, int] = (64, 48),
    times: tuple[int, ...] | None = None,
    tick: Fraction = Fraction(1, 1000),
    options: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
    turn: int = 0,
    fmt: str | None = None,
) -> Path:
    """Write a clip of `n` grey pictures, each 40 ms after the last unless told otherwise."""
    stamps = times if times is not None else tuple(40 * i for i in range(n))
    with av.open(f"file:{path}", "w", format=fmt) as out:
        out.metadata.update(metadata or {})
        stream = out.add_stream(codec, rate=25, options=options or {})
        stream.width, stream.height = size
        stream.pix_fmt = pix_fmt
        stream.codec_context.time_base = tick
        if turn:
            stream.set_display_rotation(degrees=turn)
        for i, stamp in enumerate(stamps):
            image = np.full((size[1], size[0], 3), 40 + 7 * i % 200, np.uint8)
            frame = av.VideoFrame.from_ndarray(image, "rgb24").reformat(format=pix_fmt)
            frame.pts, frame.time_base = stamp, tick
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def _clip(name: str = "clip.mp4", **how: object) -> Callable[[Path], Path]:
    return lambda folder: clip(folder / name, **how)  # type: ignore[arg-type]


def _bytes(data: bytes, name: str = "clip.mp4") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def _edited(edit: Callable[[bytearray], bytes | bytearray]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = clip(folder / "clip.mp4")
        path.write_bytes(edit(bytearray(path.read_bytes())))
        return path

    return make


def boxes(data: bytes) -> list[tuple[bytes, int, int]]:
    """Return kind, start and end of the top boxes of an MP4."""
    out, at = [], 0
    while at + 8 <= len(data):
        size = int(struct.unpack(">I", data[at : at + 4])[0])
        out.append((data[at + 4 : at + 8], at, at + size))
        at += max(size, 8)
    return out


def _cut_before(kind: bytes) -> Callable[[bytearray], bytes]:
    return lambda data: bytes(data[: next(a for k, a, _ in boxes(data) if k == kind)])


def _flipped(seed: int, inside: bytes) -> Callable[[bytearray], bytearray]:
    def edit(data: bytearray) -> bytearray:
        rng = random.Random(seed)
        _, start, end = next(b for b in boxes(data) if b[0] == inside)
        for _ in range(6):
            data[rng.randrange(start + 8, end)] ^= 1 << rng.randrange(8)
        return data

    return edit


def _without(kind: bytes) -> Callable[[bytearray], bytearray]:
    def edit(data: bytearray) -> bytearray:
        _, start, end = next(b for b in boxes(data) if b[0] == kind)
        return data[:start] + data[end:]

    return edit


def _long(data: bytearray) -> bytearray:
    """Claim that the clip lasts a day."""
    at = data.index(b"mvhd") + 20
    data[at : at + 4] = struct.pack(">I", 86_400_000)
    return data


def _linked(folder: Path) -> Path:
    real = clip(folder / "real.mp4")
    link = folder / "link.mp4"
    link.symlink_to(real)
    return link


def _loop(folder: Path) -> Path:
    link = folder / "loop.mp4"
    link.symlink_to(link)
    return link


def _folder(folder: Path) -> Path:
    path = folder / "folder.mp4"
    path.mkdir()
    return path


def _preview_first(folder: Path) -> Path:
    """A drone's file: a small track of a few pictures before the one that was filmed."""
    path = folder / "clip.mp4"
    with av.open(str(path), "w") as out:
        streams = []
        for size in ((32, 24), (96, 64)):
            stream = out.add_stream("libx264", rate=25)
            stream.width, stream.height = size
            stream.pix_fmt = "yuv420p"
            streams.append(stream)
        for stream, n in zip(streams, (8, N), strict=True):
            for i in range(n):
                grey = np.full((stream.height, stream.width, 3), 90, np.uint8)
                frame = av.VideoFrame.from_ndarray(grey, "rgb24")
                frame.pts, frame.time_base = i, Fraction(1, 25)
                out.mux(stream.encode(frame))
            out.mux(stream.encode(None))
    return path


_M3U: Final = (
    b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n"
)
_CONCAT: Final = b"ffconcat version 1.0\nfile /etc/hostname\n"
_SDP: Final = b"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n"
_SVG: Final = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>'
_NONE: Final = ("NOT_A_VIDEO",)
_BROKEN: Final = ("FILE_UNREADABLE", "NOT_A_VIDEO")
_HARMED: Final = (*_BROKEN, "CODEC_UNSUPPORTED", "CLIP_TOO_SHORT")

CASES: Final[dict[str, Case]] = {
    "empty": Case(_bytes(b""), codes=("FILE_UNREADABLE",)),
    "one byte": Case(_bytes(b"\0"), codes=_NONE),
    "text": Case(_bytes(b"not a video\n" * 99), codes=_NONE),
    "web page": Case(_bytes(b"<!doctype html><title>Sign in</title>"), codes=_NONE),
    "picture named mp4": Case(_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99)), codes=_NONE),
    "zip named mp4": Case(_bytes(b"PK\3\4" + bytes(99)), codes=_NONE),
    "noise": Case(_bytes(random.Random(0).randbytes(5000)), codes=_NONE),
    "zeros": Case(_bytes(bytes(5000)), codes=_BROKEN),
    "playlist": Case(_bytes(_M3U), codes=_NONE),
    "playlist m3u8": Case(_bytes(_M3U, "a.m3u8"), codes=_NONE),
    "list of files": Case(_bytes(_CONCAT), codes=_NONE),
    "session of a stream": Case(_bytes(_SDP, "a.sdp"), codes=_NONE),
    "drawing with a link": Case(_bytes(_SVG), codes=_NONE),
    "folder": Case(_folder, codes=_NONE),
    "link to a clip": Case(_linked, N),
    "link to itself": Case(_loop, codes=("FILE_NOT_FOUND",)),
    "audio only": Case(lambda d: broken.audio_only(d / "a.mp4"), codes=_NONE),
    "protected": Case(lambda d: broken.protected(d / "a.mp4"), codes=("CODEC_UNSUPPORTED",)),
    "one picture": Case(_clip(n=1), codes=("CLIP_TOO_SHORT",)),
    "two pictures": Case(_clip(n=2), 2),
    "cut before moov": Case(_edited(_cut_before(b"moov")), codes=_BROKEN),
    "cut before mdat": Case(_edited(_cut_before(b"mdat")), codes=_BROKEN),
    "cut in moov": Case(_edited(lambda d: d[:-200]), codes=_BROKEN),
    "cut in the first box": Case(_edited(lambda d: d[:12]), codes=_BROKEN),
    "without ftyp": Case(_edited(_without(b"ftyp")), ANY, _BROKEN),
    "without moov": Case(_edited(_without(b"moov")), codes=_BROKEN),
    "without mdat": Case(_edited(_without(b"mdat")), codes=_HARMED),
    "twice in one file": Case(_edited(lambda d: d + d), N),
    "text behind it": Case(_edited(lambda d: d + b"hello" * 99), N),
    "lasts a day, it says": Case(_edited(_long), N),
    **{
        f"bits flipped in {kind} {seed}": Case(_edited(_flipped(seed, kind.encode())), ANY, _HARMED)
        for kind in ("mdat", "moov")
        for seed in range(8)
    },
    "1000 pictures a second": Case(_clip(times=tuple(range(N))), N),
    "one a second": Case(_clip(times=tuple(1000 * i for i in range(N))), N),
    "a hole of a minute": Case(_clip(times=(*range(0, 480, 40), *range(60_000, 60_480, 40))), N),
    "first at an hour": Case(_clip(times=tuple(3_600_000 + 40 * i for i in range(N))), N),
    "first before zero": Case(_clip(times=tuple(40 * i - 400 for i in range(N))), ANY),
    "uneven": Case(_clip(times=tuple(40 * i + 13 * (i % 3) for i in range(N))), N),
    "2 x 2": Case(_clip(size=(2, 2)), N),
    "16 x 2": Case(_clip(size=(16, 2)), N),
    "odd size": Case(_clip("a.mkv", codec="mpeg4", size=(63, 47)), N),
    "wide as a door": Case(_clip(size=(640, 16)), N),
    "10 bits": Case(_clip(pix_fmt="yuv420p10le"), N),
    "4:4:4": Case(_clip(pix_fmt="yuv444p"), N),
    "see-through": Case(_clip("a.mkv", codec="ffv1", pix_fmt="yuva420p"), N),
    "grey": Case(_clip(pix_fmt="gray"), N),
    "interlaced": Case(_clip(options={"flags": "+ildct+ilme"}), N),
    "keyframes only": Case(_clip(options={"g": "1"}), N),
    **{f"turned by {turn}": Case(_clip(turn=turn), N) for turn in (90, 180, 270, 45)},
    "capture tag of nonsense": Case(_clip(metadata={"com.android.capture.fps": "fast"}), N),
    "preview first": Case(_preview_first, N),
    "mjpeg in avi": Case(_clip("a.avi", codec="mjpeg", pix_fmt="yuvj420p"), N),
    "mpeg4 in avi": Case(_clip("a.avi", codec="mpeg4"), ANY),
    "gif": Case(_clip("a.gif", codec="gif", pix_fmt="rgb8"), ANY),
    "transport stream": Case(_clip("a.ts"), N),
    "camcorder": Case(_clip("a.mts", fmt="mpegts"), N),
    "3gp": Case(_clip("a.3gp", codec="mpeg4"), N),
    "wmv": Case(_clip("a.wmv", codec="wmv2"), ANY),
    "flv": Case(_clip("a.flv", codec="flv"), ANY),
    "mpg": Case(
        _clip("a.mpg", codec="mpeg2video", times=tuple(range(N)), tick=Fraction(1, 25)), ANY
    ),
    "webm": Case(_clip("a.webm", codec="libvpx"), N),
    "ending in capitals": Case(_clip("A.MP4"), N),
    "wrong ending": Case(_clip("a.mov", fmt="matroska"), N),
    "no ending": Case(_clip("clip", fmt="mp4"), N),
    "spaces": Case(_clip(" my  run .mp4"), N),
    "emoji": Case(_clip("\U0001f3c3 run.mp4"), N),
    "right to left": Case(_clip("\u0631\u0643\u0636\u202e.mp4"), N),
    "255 bytes": Case(_clip("r" * 251 + ".mp4"), N),
    "percent and colon": Case(_clip("a%03d:b?c#d.mp4"), N),
    "leading dash": Case(_clip("-i.mp4"), N),
}

QUICK: Final = (
    "empty", "text", "playlist", "list of files", "link to itself", "cut before moov",
    "cut in moov", "twice in one file", "bits flipped in mdat 0", "a hole of a minute",
    "first at an hour", "2 x 2", "see-through", "preview first", "gif", "transport stream", "emoji",
    "255 bytes",
)  # fmt: skip

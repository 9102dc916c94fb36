"""Files that are broken in every way that phones, chat apps and hands manage."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np


def movie(path: Path, n: int = 20, *, size=(64, 48), audio=False, picture=None) -> Path:
    """Write a small H.264 clip; `picture(i)` returns frame i, grey squares by default."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=30)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for i in range(n):
            image = np.full((size[1], size[0], 3), 40 + 5 * i % 200, np.uint8)
            frame = av.VideoFrame.from_ndarray(image if picture is None else picture(i), "rgb24")
            frame.pts, frame.time_base = i, Fraction(1, 30)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def truncated(path: Path) -> Path:
    """Cut the end off: the table of contents, which lies there, is gone."""
    data = movie(path).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def audio_only(path: Path) -> Path:
    with av.open(str(path), "w", format="mp4") as out:
        sound = out.add_stream("aac", rate=48_000, layout="mono")
        quiet = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        quiet.sample_rate, quiet.pts = 48_000, 0
        out.mux(sound.encode(quiet))
        out.mux(sound.encode(None))
    return path


def protected(path: Path) -> Path:
    """Name a codec that nobody decodes, as copy protection does."""
    data = movie(path).read_bytes()
    assert data.count(b"avc1") >= 1
    at = data.rindex(b"avc1")
    path.write_bytes(data[:at] + b"drmx" + data[at + 4 :].replace(b"avcC", b"drmC"))
    return path


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def text(path: Path) -> Path:
    path.write_text("not a video at all\n" * 50)
    return path


def single_picture(path: Path) -> Path:
    return movie(path, 1)


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def missing(path: Path) -> Path:
    return path

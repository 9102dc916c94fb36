"""H.264 files with true timestamps and, if asked, a rotation stored as phones do."""

import struct
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

CLOCK_HZ = 90_000


def store_rotation(path: Path, rotation_deg: int) -> None:
    """Write a rotation matrix into the track header of an mp4 file.

    Parameters
    ----------
    path : Path
        File to change.
    rotation_deg : {0, 90, 180, 270}
        Clockwise turn that players must apply.
    """
    data = bytearray(path.read_bytes())
    i = data.find(b"tkhd")
    offset = i + 4 + (4 + 32 if data[i + 4] else 4 + 20) + 16
    cos_sin = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
    a, b, c, d = cos_sin[rotation_deg]
    w, h = struct.unpack(">II", data[offset + 36 : offset + 44])
    tx = {90: h, 180: w}.get(rotation_deg, 0)
    ty = {270: w, 180: h}.get(rotation_deg, 0)
    matrix = (a << 16, b << 16, 0, c << 16, d << 16, 0, tx, ty, 1 << 30)
    data[offset : offset + 36] = struct.pack(">9i", *matrix)
    path.write_bytes(data)


def write_mp4(
    path: Path,
    pictures: Iterable[npt.NDArray[np.uint8]],
    times_s: npt.NDArray[np.float64],
    rate: Fraction,
    *,
    crf: int = 24,
    preset: str = "medium",
    rotation_deg: int = 0,
) -> None:
    """Encode pictures.

    Parameters
    ----------
    path : Path
        File to write; a partial file never carries this name.
    pictures : iterable of ndarray of uint8, shape (H, W, 3)
        RGB, upright.
    times_s : ndarray, shape (N,)
        Presentation time of each picture.
    rate : Fraction
        Nominal frames per second.
    crf : int
        Quality, lower is better.
    preset : str
        Effort of the encoder.
    rotation_deg : {0, 90, 180, 270}
        Store the picture turned, with the matrix that turns it back.
    """
    on_grid = np.allclose(times_s * float(rate), np.arange(len(times_s)), atol=1e-6)
    base = 1 / rate if on_grid else Fraction(1, CLOCK_HZ)
    part = path.with_name(f".{path.stem}.part.mp4")
    turns = {0: 0, 90: 1, 180: 2, 270: 3}[rotation_deg]
    stream = None
    with av.open(str(part), "w") as container:
        for picture, t in zip(pictures, times_s, strict=True):
            turned = np.ascontiguousarray(np.rot90(picture, turns))
            if stream is None:
                stream = container.add_stream("libx264", rate=rate)
                stream.height, stream.width = turned.shape[:2]
                stream.pix_fmt = "yuv420p"
                stream.codec_context.time_base = base
                stream.options = {"crf": str(crf), "preset": preset, "threads": "1"}
            frame = av.VideoFrame.from_ndarray(turned, format="rgb24")
            frame.pts, frame.time_base = round(float(t / base)), base
            container.mux(stream.encode(frame))
        if stream is not None:
            container.mux(stream.encode(None))
    if rotation_deg:
        store_rotation(part, rotation_deg)
    part.replace(path)

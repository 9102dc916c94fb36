"""Markers of a C3D file: as much of the format as the treadmill runs of the clinic need.

A block of 512 bytes says where the parameters and the points are; the points here are 4-byte
floats (x, y, z, residual) of a little-endian machine.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sample_videos.render.meshes import FloatArray

BLOCK, LITTLE_ENDIAN = 512, 84


@dataclass(frozen=True)
class Markers:
    """Places of named markers.

    Attributes
    ----------
    rate_hz : float
    at_m : dict of str to ndarray, shape (N, 3)
        In the file's own axes; NaN where a marker was not seen.
    """

    rate_hz: float
    at_m: dict[str, FloatArray]


def _strings(block: bytes, offset: int) -> dict[str, list[str]]:
    """Parameters made of text, by name: the labels are among them."""
    out, at = {}, offset + 4
    while block[at] != 0:
        length, group = struct.unpack_from("<bb", block, at)
        name = block[at + 2 : at + 2 + abs(length)].decode("ascii")
        at += 2 + abs(length)
        (skip,) = struct.unpack_from("<H", block, at)
        kind, n_sizes = struct.unpack_from("<bB", block, at + 2)
        sizes = list(block[at + 4 : at + 4 + n_sizes])
        if group > 0 and kind == -1 and len(sizes) == 2 and sizes[0]:
            text, width = at + 4 + n_sizes, sizes[0]
            starts = range(text, text + width * sizes[1], width)
            out.setdefault(name, [block[i : i + width].decode("ascii").strip() for i in starts])
        if skip == 0:
            break
        at += skip
    return out


def read_markers(path: Path) -> Markers:
    """Read the markers of a C3D file in millimetres."""
    raw = path.read_bytes()
    parameters = (raw[0] - 1) * BLOCK
    n_points, n_analog, first, last = struct.unpack_from("<HHHH", raw, 2)
    scale, start, _, rate_hz = struct.unpack_from("<fHHf", raw, 12)
    if raw[1] != 0x50 or raw[parameters + 3] != LITTLE_ENDIAN or scale >= 0 or n_analog:
        message = f"{path.name}: not a C3D file of floats without analogue channels"
        raise ValueError(message)
    labels = _strings(raw, parameters)["LABELS"]
    n = last - first + 1
    flat = np.frombuffer(raw, "<f4", n * n_points * 4, (start - 1) * BLOCK).astype(float)
    rows = flat.reshape(n, n_points, 4)
    rows[rows[..., 3] < 0] = np.nan
    return Markers(rate_hz, {k: rows[:, i, :3] / 1000 for i, k in enumerate(labels)})

"""Keeps a pass over the pixels on disk, so that validation looks at each clip once."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from formcheck.data import Clip, readonly
from formcheck.files import whole_file
from formcheck.pixels.change import NAMES as CHANGE_NAMES
from formcheck.pixels.change import ChangeMeter
from formcheck.pixels.result import PixelPass
from formcheck.pixels.segments import Segment
from formcheck.pixels.source import PictureSource
from formcheck.pose.observations import Observations
from formcheck.settings.pose import PassSettings

_ROWS = ("frame", "track", "xy_px", "visibility", "world_m")


def save_pass(done: PixelPass, path: Path) -> None:
    """Write a pass as npz, whole or not at all.

    Parameters
    ----------
    done : PixelPass
    path : Path
    """
    arrays = {name: getattr(done.seen, name) for name in _ROWS}
    arrays |= {f"person:{k}": v for k, v in done.seen.channels.items()}
    arrays |= {f"picture:{k}": v for k, v in done.frame_channels.items()}
    with whole_file(path) as part, part.open("wb") as file:
        np.savez_compressed(
            file, n_frames=np.int64(done.seen.n_frames), edges_px=done.edges_px, **arrays
        )


def load_pass(path: Path) -> PixelPass:
    """Read what :func:`save_pass` wrote.

    Parameters
    ----------
    path : Path

    Returns
    -------
    PixelPass
    """
    with np.load(path, allow_pickle=False) as data:
        seen = Observations(
            n_frames=int(data["n_frames"]),
            **{name: data[name] for name in _ROWS},
            channels=_named(data, "person:"),
        )
        return PixelPass(
            seen=seen, frame_channels=_named(data, "picture:"), edges_px=data["edges_px"]
        )


def with_change(done: PixelPass, clip: Clip, settings: PassSettings, path: Path) -> PixelPass:
    """Return a kept pass with ``picture_change``, read now if it was kept before that was known.

    Parameters
    ----------
    done : PixelPass
    clip : Clip
    settings : PassSettings
    path : Path
        Where the pass is kept; the change is kept beside it.
    """
    if set(CHANGE_NAMES) <= set(done.frame_channels):
        return done
    aside = path.with_suffix(".change.npy")
    if not aside.exists():
        meter, values = ChangeMeter(), np.full((clip.n_frames, len(CHANGE_NAMES)), np.nan)
        for index, rgb in PictureSource(clip, settings.work_side_px).read(
            Segment(0, clip.n_frames, 0, 0)
        ):
            values[index] = meter.frame(index, rgb)
        with whole_file(aside) as part, part.open("wb") as file:
            np.save(file, values)
    columns = (readonly(c) for c in np.load(aside).T)
    read = dict(zip(CHANGE_NAMES, columns, strict=True))
    return replace(done, frame_channels={**done.frame_channels, **read})


def _named(data: "np.lib.npyio.NpzFile", prefix: str) -> dict[str, np.ndarray]:
    return {k.removeprefix(prefix): data[k] for k in data.files if k.startswith(prefix)}

"""Keeps a pass over the pixels on disk, so that validation looks at each clip once."""

from pathlib import Path

import numpy as np

from formcheck.files import whole_file
from formcheck.pixels.result import PixelPass
from formcheck.pose.observations import Observations

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


def _named(data: "np.lib.npyio.NpzFile", prefix: str) -> dict[str, np.ndarray]:
    return {k.removeprefix(prefix): data[k] for k in data.files if k.startswith(prefix)}

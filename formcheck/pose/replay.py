"""Recorded landmarks as a backend: tests, the demo and re-analysis run without weights."""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from formcheck.data import PoseSequence
from formcheck.pose.backend import Detection, ImageArray
from formcheck.pose.observations import Observations

_ARRAYS = ("frame", "track", "xy_px", "visibility", "world_m")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReplayBackend:
    """Landmarks from a table instead of a model.

    Parameters
    ----------
    seen : Observations
        In pixels of the clip's upright picture.
    width_px : int
        Width of that picture, from which the scale of a smaller working picture follows.
    """

    seen: Observations
    width_px: int

    @property
    def id(self) -> str:
        """Name of the backend."""
        return "replay"

    @property
    def model(self) -> str:
        """Name of the model."""
        return "recorded"

    @property
    def model_sha256(self) -> str:
        """There are no weights."""
        return ""

    @property
    def needs_process(self) -> bool:
        """False: nothing native is loaded."""
        return False

    def check(self) -> None:
        """Nothing can be missing."""

    def open(self, fps: float) -> "ReplaySession":  # noqa: ARG002
        """Start a session."""
        return ReplaySession(self.seen, self.width_px)


class ReplaySession:
    """Looks up each frame's people (see :class:`formcheck.pose.backend.PoseSession`)."""

    def __init__(self, seen: Observations, width_px: int) -> None:
        self._seen = seen
        self._width_px = width_px

    def detect(self, rgb: ImageArray, frame_index: int) -> tuple[Detection, ...]:
        """Return the people recorded for this frame."""
        scale = rgb.shape[1] / self._width_px
        first, last = np.searchsorted(self._seen.frame, (frame_index, frame_index + 1))
        return tuple(
            Detection(
                track=int(self._seen.track[row]),
                xy_px=self._seen.xy_px[row].astype(np.float64) * scale,
                visibility=self._seen.visibility[row].astype(np.float64),
                world_m=self._seen.world_m[row].astype(np.float64),
            )
            for row in range(int(first), int(last))
        )

    def restart(self) -> None:
        """Nothing is remembered."""

    def close(self) -> None:
        """Nothing is held."""

    def __enter__(self) -> Self:
        """Return self."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to do."""


def observations_of(pose: PoseSequence) -> Observations:
    """Return the table of one person from a raw sequence, without frames that have NaN."""
    rows = np.flatnonzero(np.isfinite(pose.xy_px).all(axis=(1, 2)))
    return Observations(
        n_frames=int(pose.time_s.size),
        frame=rows.astype(np.int64),
        track=np.zeros(rows.size, dtype=np.int64),
        xy_px=pose.xy_px[rows].astype(np.float32),
        visibility=pose.confidence[rows].astype(np.float32),
        world_m=np.nan_to_num(pose.world_m[rows]).astype(np.float32),
    )


def save_observations(seen: Observations, path: Path) -> None:
    """Write a table as a compressed npz (channels are left out)."""
    arrays = {name: getattr(seen, name) for name in _ARRAYS}
    np.savez_compressed(path, n_frames=np.int64(seen.n_frames), **arrays)


def load_observations(path: Path) -> Observations:
    """Read what :func:`save_observations` wrote."""
    with np.load(path, allow_pickle=False) as data:
        return Observations(
            n_frames=int(data["n_frames"]), **{name: data[name] for name in _ARRAYS}
        )

"""Everybody seen in a clip, as a table: one row per person and frame."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from formcheck.keypoints import N_KEYPOINTS

SmallFloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observations:
    """People seen, sorted by frame.

    Attributes
    ----------
    n_frames : int
        Frames of the clip, also those in which nobody was seen.
    frame : ndarray of int, shape (M,)
        Frame index of each row.
    track : ndarray of int, shape (M,)
        The same number for the same person in consecutive frames; a person may have several.
    xy_px : ndarray of float32, shape (M, 33, 2)
        Pixels of the clip's upright picture, y down; may lie outside it.
    visibility : ndarray of float32, shape (M, 33)
    world_m : ndarray of float32, shape (M, 33, 3)
    channels : mapping of str to ndarray, each shape (M,)
        Per-person signals from the pixels; NaN where a probe gave none.
    """

    n_frames: int
    frame: IntArray
    track: IntArray
    xy_px: SmallFloatArray
    visibility: SmallFloatArray
    world_m: SmallFloatArray
    channels: Mapping[str, SmallFloatArray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Freeze arrays and check shapes."""
        m = int(self.frame.size)
        for name, shape in (
            ("frame", (m,)),
            ("track", (m,)),
            ("xy_px", (m, N_KEYPOINTS, 2)),
            ("visibility", (m, N_KEYPOINTS)),
            ("world_m", (m, N_KEYPOINTS, 3)),
        ):
            array = getattr(self, name)
            if array.shape != shape:
                msg = f"{name} must have shape {shape}, got {array.shape}"
                raise ValueError(msg)
            array.flags.writeable = False
        if m and ((np.diff(self.frame) < 0).any() or self.frame[-1] >= self.n_frames):
            msg = "frame must be sorted and below n_frames"
            raise ValueError(msg)

    @property
    def boxes_px(self) -> NDArray[np.float64]:
        """Box around each row's landmarks, shape (M, 4): x0, y0, x1, y1."""
        if self.frame.size == 0:
            return np.empty((0, 4))
        low, high = self.xy_px.min(axis=1), self.xy_px.max(axis=1)
        return np.concatenate([low, high], axis=1).astype(np.float64)

    @classmethod
    def nobody(cls, n_frames: int) -> "Observations":
        """Return a table without rows."""
        return cls(
            n_frames=n_frames,
            frame=np.empty(0, dtype=np.int64),
            track=np.empty(0, dtype=np.int64),
            xy_px=np.empty((0, N_KEYPOINTS, 2), dtype=np.float32),
            visibility=np.empty((0, N_KEYPOINTS), dtype=np.float32),
            world_m=np.empty((0, N_KEYPOINTS, 3), dtype=np.float32),
        )

"""A video file as decoded."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np

from formcheck.data.arrays import FloatArray, check_shape, readonly


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clip:
    """A video file as decoded: upright size and the true presentation time of every frame.

    Attributes
    ----------
    width_px, height_px : int
        Size of the upright picture (stored rotation applied).
    file_time_s : ndarray of float, shape (T,)
        Presentation timestamps, seconds, strictly rising, first frame at 0; the file's own clock.
    rotation_deg : {0, 90, 180, 270}
        Anticlockwise turn that was needed to make the stored picture upright.
    capture_fps : float or None
        The rate the camera filmed at, where a tag says so or the user gave it.
    slow_motion_factor : float
        File seconds per true second: 8 for 240 frames/s stored at 30.
    start_s : float
        The file's own timestamp of the first frame, seconds.
    seekable : bool
        Whether timestamps identify frames, so that reading may start in the middle; otherwise
        frame k is the k-th that decodes from the start.
    """

    path: Path
    sha256: str
    width_px: int
    height_px: int
    file_time_s: FloatArray
    rotation_deg: int = 0
    codec: str = ""
    pixel_format: str = ""
    vfr: bool = False
    has_audio: bool = False
    capture_fps: float | None = None
    slow_motion_factor: float = 1.0
    mirrored: bool = False
    start_s: float = 0.0
    seekable: bool = True

    def __post_init__(self) -> None:
        """Freeze the array and check that time rises."""
        object.__setattr__(self, "file_time_s", readonly(self.file_time_s))
        check_shape("file_time_s", self.file_time_s, (None,))
        if self.file_time_s.size > 1 and not (np.diff(self.file_time_s) > 0).all():
            msg = "file_time_s must rise strictly; sort and deduplicate the timestamps"
            raise ValueError(msg)

    @property
    def time_s(self) -> FloatArray:
        """Frame times on the true clock, shape (T,)."""
        return readonly(self.file_time_s / self.slow_motion_factor)

    @property
    def n_frames(self) -> int:
        """Number of frames that decode."""
        return int(self.file_time_s.size)

    @property
    def duration_s(self) -> float:
        """True seconds from the first frame to the end of the last."""
        if self.n_frames < 2:
            return 0.0
        span = float(self.time_s[-1] - self.time_s[0])
        return span * self.n_frames / (self.n_frames - 1)

    @property
    def fps(self) -> float:
        """Mean true frame rate, (n - 1) / (last - first); 0 for fewer than two frames."""
        if self.n_frames < 2:
            return 0.0
        return (self.n_frames - 1) / float(self.time_s[-1] - self.time_s[0])

    def with_(self, **changes: object) -> Self:
        """Return a copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

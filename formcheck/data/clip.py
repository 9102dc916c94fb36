"""A video file as decoded."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from formcheck.data.arrays import FloatArray, IntArray, check_shape, readonly


class ClipPart(NamedTuple):
    """A part of a clip between breaks: true seconds from the start of the file.

    ``reason`` says what the break before it was (``start``, ``cut``, ``frozen``, ``hole``).
    """

    start_s: float
    end_s: float
    reason: str
    measured: bool


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
    begins_s : float
        Where in the file frame 0 lies, seconds of its own clock: above 0 for a part of a clip.
    parts : tuple of ClipPart
        The parts of the whole clip where its picture or time breaks and this is one of them.
    n_repeated : int
        Pictures left out because they showed the one before again.
    file_frames : tuple of int
        Of a part of a clip that is not `seekable`: which of the pictures that decode each frame is.
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
    begins_s: float = 0.0
    file_frames: tuple[int, ...] = ()
    parts: tuple[ClipPart, ...] = ()
    n_repeated: int = 0

    def __post_init__(self) -> None:
        """Freeze the array and check that time rises."""
        object.__setattr__(self, "file_time_s", readonly(self.file_time_s))
        object.__setattr__(self, "file_frames", tuple(self.file_frames))
        object.__setattr__(self, "parts", tuple(ClipPart(*p) for p in self.parts))
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

    def only(self, rows: IntArray) -> Self:
        """Return the part of the clip that holds some of its frames, its clock at 0 at the first.

        Parameters
        ----------
        rows : ndarray of int
            Rising, at least one.
        """
        first_s = float(self.file_time_s[rows[0]])
        numbers = np.array(self.file_frames or range(self.n_frames))
        return replace(
            self,
            file_time_s=self.file_time_s[rows] - first_s,
            start_s=self.start_s + first_s,
            begins_s=self.begins_s + first_s,
            file_frames=() if self.seekable else tuple(numbers[rows].tolist()),
        )

    def with_(self, **changes: object) -> Self:
        """Return a copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

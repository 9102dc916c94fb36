"""What a pose backend offers: it finds people in consecutive pictures and follows them.

One file per backend; nothing above this package knows which one ran.
"""

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from formcheck.data import FloatArray, readonly
from formcheck.keypoints import N_KEYPOINTS

ImageArray = NDArray[np.uint8]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Detection:
    """One person in one picture.

    Attributes
    ----------
    track : int
        The same for the same person in consecutive pictures of one session; new after a break.
    xy_px : ndarray of float, shape (33, 2)
        Landmarks in pixels of the picture given, y down; may lie outside it.
    visibility : ndarray of float, shape (33,)
        0..1.
    world_m : ndarray of float, shape (33, 3)
        The model's metric guess, origin at mid-hip.
    """

    track: int
    xy_px: FloatArray
    visibility: FloatArray
    world_m: FloatArray

    def __post_init__(self) -> None:
        """Freeze arrays and check shapes."""
        for name, shape in (
            ("xy_px", (N_KEYPOINTS, 2)),
            ("visibility", (N_KEYPOINTS,)),
            ("world_m", (N_KEYPOINTS, 3)),
        ):
            array = readonly(getattr(self, name))
            if array.shape != shape:
                msg = f"{name} must have shape {shape}, got {array.shape}"
                raise ValueError(msg)
            object.__setattr__(self, name, array)

    @property
    def box(self) -> Box:
        """Smallest box around the landmarks: x0, y0, x1, y1 in pixels."""
        return box_of(self.xy_px)


@runtime_checkable
class PoseSession(Protocol):
    """A backend at work in one process: it is fed consecutive pictures of one segment."""

    def detect(self, rgb: ImageArray, frame_index: int) -> tuple[Detection, ...]:
        """Return the people in a picture, shape (H, W, 3), that follows the last one."""
        ...

    def restart(self) -> None:
        """Forget everybody: the next picture does not follow the last one."""
        ...

    def close(self) -> None:
        """Free native memory."""
        ...

    def __enter__(self) -> Self:
        """Return self."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        ...


@runtime_checkable
class PoseBackend(Protocol):
    """A small picklable description of a pose model; it holds no native memory.

    Attributes
    ----------
    id, model : str
        For provenance, for example ``mediapipe`` and ``full``.
    needs_process : bool
        Whether sessions load native code that is better kept out of the calling process.
    """

    @property
    def id(self) -> str:
        """Name of the backend."""
        ...

    @property
    def model(self) -> str:
        """Name of the model."""
        ...

    @property
    def model_sha256(self) -> str:
        """Digest of the model's weights (empty if there are none)."""
        ...

    @property
    def needs_process(self) -> bool:
        """Whether to run sessions in worker processes only."""
        ...

    def check(self) -> None:
        """Raise FormcheckError early if the model is missing or damaged."""
        ...

    def open(self, fps: float) -> PoseSession:
        """Start a session; `fps` is the true frame rate of what it will be fed."""
        ...


def box_of(xy_px: FloatArray) -> Box:
    """Return the smallest box around points of shape (K, 2), ignoring NaN."""
    (x0, y0), (x1, y1) = np.fmin.reduce(xy_px).tolist(), np.fmax.reduce(xy_px).tolist()
    return x0, y0, x1, y1


def overlap(a: Box, b: Box) -> float:
    """Return intersection over union of two boxes, 0..1."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both
    return both / union

"""What a signal that is read from the pixels must offer to the one pass over the pixels.

The pass (``formcheck.pixels``) decodes every frame once, finds the people in it, and hands frame
and landmarks to each probe. A probe that compares neighbouring frames keeps the earlier one itself.

How the pass drives probes, and what follows for their author
--------------------------------------------------------------
* A :class:`ChannelProbe` is a small frozen description that is pickled into worker processes; its
  :meth:`~ChannelProbe.start` makes a fresh :class:`ProbeRun` with the state for one person.
* The runner is chosen only after the whole clip has been seen, so **each** person followed inside
  a segment has a run of their own, and the channels of the runner are picked afterwards. A run is
  fed consecutive frames of one person only; after a frame in which the person was not found, or a
  change of person, the pass starts a new run: a probe never has to detect such breaks.
* A probe that does not need every frame asks for some time between those it is fed
  (``least_s``); which ones is settled by the clip's times before the pass. On the others its
  channels are NaN until the whole clip is there and :meth:`~ChannelProbe.whole` fills them.
* A clip is split into segments whose borders do not depend on the number of workers. Each segment
  feeds the ``context_frames`` last of the probe's frames before its first too; what a run returns
  for those is thrown away. The value at a frame may depend on that frame and on the
  ``context_frames`` fed before it, nothing else: then it is the same wherever the borders lie. (So
  no sums over time in a probe: give steps, and integrate when the whole clip is there.)
* Landmarks are raw: unsmoothed, left and right not yet repaired.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol, runtime_checkable

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.data import FloatArray

ImageArray = NDArray[np.uint8]
LONGEST_S: Final = 0.06
"""Frames fed further apart than this stand alone: at 24 frames/s one may be missing, no more."""


class Picture:
    """One decoded picture; its luma is made when first asked for, for all who ask.

    Parameters
    ----------
    rgb : ndarray of uint8, shape (H, W, 3)
    """

    def __init__(self, rgb: ImageArray) -> None:
        self.rgb = rgb

    @cached_property
    def gray(self) -> ImageArray:
        """Luma, shape (H, W), uint8."""
        return np.asarray(cv2.cvtColor(self.rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProbeFrame:
    """One decoded frame with one person's landmarks.

    Attributes
    ----------
    index : int
        Frame index in the clip (0-based, decoded frames).
    time_s : float
        True seconds since the first frame.
    picture : Picture
        The upright picture, scaled down if the clip is larger than the pass works at; read-only
        by agreement, shared by all probes.
    xy_px : ndarray of float, shape (33, 2)
        This person's landmarks in pixels of the picture, y down.
    visibility : ndarray of float, shape (33,)
        0..1.
    world_m : ndarray of float, shape (33, 3)
        The model's metric guess (:class:`formcheck.data.PoseSequence`).
    clip_px_per_px : float
        Pixels of the clip per pixel of the picture (1 unless scaled down): multiply shifts by it.
    """

    index: int
    time_s: float
    picture: Picture
    xy_px: FloatArray
    visibility: FloatArray
    world_m: FloatArray
    clip_px_per_px: float = 1.0

    @property
    def gray(self) -> ImageArray:
        """Luma of the picture, uint8, shape (H, W)."""
        return self.picture.gray


class ProbeRun(Protocol):
    """The state of one probe following one person through consecutive frames."""

    def frame(self, frame: ProbeFrame) -> Mapping[str, float]:
        """Return this frame's value of each channel (missing names count as NaN)."""
        ...


@runtime_checkable
class ChannelProbe(Protocol):
    """A picklable description of per-frame signals to be read from the pixels.

    Attributes
    ----------
    id : str
        Short name, for logs and for the key of stored channels.
    names : tuple of str
        The channels it gives; names carry units and are unique over all probes.
    context_frames : int
        How many earlier frames that it was fed a value may depend on (0 or 1 is cheap: all from
        there on are decoded and inferred once more per segment).
    least_s : float
        True seconds from one frame that it is fed to the next at least; 0 = every frame.
    """

    @property
    def id(self) -> str:
        """Short name."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """Channels it gives."""
        ...

    @property
    def context_frames(self) -> int:
        """Earlier frames fed that a value may depend on."""
        ...

    @property
    def least_s(self) -> float:
        """Time between frames that it is fed."""
        ...

    @property
    def signature(self) -> str:
        """Every setting that changes a value, for the key of a kept pass."""
        ...

    def start(self) -> ProbeRun:
        """Return a fresh run for one person."""
        ...

    def whole(
        self, time_s: FloatArray, values: Mapping[str, FloatArray]
    ) -> Mapping[str, FloatArray]:
        """Return the channels of one person over the whole clip with every frame given its own.

        Parameters
        ----------
        time_s : ndarray of float, shape (T,)
        values : mapping of str to ndarray of float, each shape (T,)
            As the runs gave them; NaN on frames that were not fed.
        """
        ...

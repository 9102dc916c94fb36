"""What a measure returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

import numpy as np

from formcheck.data.arrays import FloatArray, check_shape, readonly
from formcheck.data.trial import SampleSide


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Samples:
    """What a measure returns: one value per step, stride or repetition.

    Attributes
    ----------
    sides : tuple of {"left", "right", "both"}, length N
    values : ndarray of float, shape (N,)
        In the measure's unit; NaN where this step cannot be measured.
    times_s : ndarray of float, shape (N,)
        The moment that shows the value (for the evidence frame).
    event_sd : ndarray of float, shape (N,)
        Error of each value that comes from event timing, in the measure's unit (0 if none).
    clip_sd : float
        Error that all values of this clip share, where the measure itself can tell it (reliability
        of the pixel signals), in the measure's unit.
    known_mean : (float, float) or None
        The clip's value and its standard error, where the measure knows it better than the mean of
        `values` does (side ``both`` only).
    components : mapping of str to ndarray, each shape (N,)
        Parts of a composite; names carry units.
    reason : str
        Why there is nothing, if there is nothing.
    source : str
        What the values were read from where it is not the usual: ``stickers``. Each source has a
        method error of its own.
    """

    sides: tuple[SampleSide, ...] = ()
    values: FloatArray = field(default_factory=lambda: np.empty(0))
    times_s: FloatArray = field(default_factory=lambda: np.empty(0))
    event_sd: FloatArray | None = None
    clip_sd: float = 0.0
    known_mean: tuple[float, float] | None = None
    components: Mapping[str, FloatArray] = field(default_factory=dict)
    reason: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        """Freeze arrays and check that lengths agree."""
        n = len(self.sides)
        sd = np.zeros(n) if self.event_sd is None else self.event_sd
        object.__setattr__(self, "event_sd", sd)
        for name in ("values", "times_s", "event_sd"):
            object.__setattr__(self, name, readonly(getattr(self, name)))
            check_shape(name, getattr(self, name), (n,))
        object.__setattr__(self, "components", {k: readonly(v) for k, v in self.components.items()})

    @classmethod
    def none(cls, reason: str) -> Self:
        """Return an empty result that says why."""
        return cls(reason=reason)

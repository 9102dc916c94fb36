"""The types that stages hand to each other: frozen dataclasses over read-only numpy arrays.

Conventions, stated once. Times are seconds on the clip's true clock (slow motion undone) starting
at the first frame. Image coordinates are pixels of the upright picture, x to the right, y down.
Sides are the runner's own. Intervals are half-open ``[start, end)``. An unseen landmark is NaN.
"""

from formcheck.data.arrays import BoolArray, ComplexArray, FloatArray, IntArray, readonly
from formcheck.data.clip import Clip, ClipPart
from formcheck.data.given import Given
from formcheck.data.samples import Samples
from formcheck.data.sequences import Channels, PoseSequence, sample_at
from formcheck.data.trial import (
    EventKind,
    Facing,
    FootEvent,
    Rep,
    SampleSide,
    Scene,
    Step,
    Surface,
    Trial,
)

__all__ = [
    "BoolArray",
    "Channels",
    "Clip",
    "ClipPart",
    "ComplexArray",
    "EventKind",
    "Facing",
    "FloatArray",
    "FootEvent",
    "Given",
    "IntArray",
    "PoseSequence",
    "Rep",
    "SampleSide",
    "Samples",
    "Scene",
    "Step",
    "Surface",
    "Trial",
    "readonly",
    "sample_at",
]

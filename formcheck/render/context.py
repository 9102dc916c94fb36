"""What an annotator is told about the picture, and the registry of annotators."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from formcheck.assess import Verdict, verdict_of
from formcheck.data import FloatArray, Scene
from formcheck.keypoints import Side, index_of
from formcheck.registry import Registry
from formcheck.render.draw import Image
from formcheck.results import Measurement
from formcheck.settings.render import RenderSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value to show on a picture.

    Attributes
    ----------
    this_step : float or None
        The value of the very step (or repetition) shown; drawn as geometry, told in the label.
    """

    measurement: Measurement
    this_step: float | None = None

    @property
    def verdict(self) -> Verdict | None:
        """The mark of the value's place, None where it has none."""
        return verdict_of(self.measurement)

    @property
    def sure(self) -> bool:
        """True if the value may be shown without greying."""
        return self.measurement.status == "ok"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FrameContext:
    """Everything an annotator may use for one picture.

    Attributes
    ----------
    xy_px : ndarray of float, shape (33, 2)
        Landmarks in the pixels of the picture that is annotated; NaN where unseen.
    confidence : ndarray of float, shape (33,)
    head_px : ndarray of float, shape (K, 3)
        Centre x, y and height of the places to blur, px; NaN where nobody was seen.
    bottom_px : float
        Where the picture ends and the strip below it begins; 0 where there is no strip.
    side : {"left", "right"} or None
        Whose stance, landing or repetition is shown.
    moment : str
        ``foot strike``, ``mid-stance``, ... ; empty between key moments.
    stamp : tuple of str
        Parts of the corner stamp.
    in_test : bool
        True for a movement test: values are counted per repetition.
    trace_s, trace_deg : ndarray of float, shape (N,)
        Knee flexion after contact, for the inset; empty where not shown.
    """

    scene: Scene
    xy_px: FloatArray
    confidence: FloatArray
    time_s: float
    settings: RenderSettings
    head_px: FloatArray = field(default_factory=lambda: np.full((1, 3), np.nan))
    bottom_px: float = 0.0
    side: Side | None = None
    moment: str = ""
    stamp: tuple[str, ...] = ()
    version: str = ""
    in_test: bool = False
    readings: tuple[Reading, ...] = ()
    trace_s: FloatArray = field(default_factory=lambda: np.empty(0))
    trace_deg: FloatArray = field(default_factory=lambda: np.empty(0))
    trace_now_s: float = 0.0

    def point(self, side: Side, joint: str) -> FloatArray:
        """Return one landmark, shape (2,), px."""
        return np.asarray(self.xy_px[index_of(side, joint)])

    def middle(self, joint: str) -> FloatArray:
        """Return the midpoint of a left/right pair, shape (2,), px."""
        return np.asarray(0.5 * (self.point("left", joint) + self.point("right", joint)))

    def unsure(self, side: Side, joint: str) -> bool:
        """Tell whether a landmark's visibility is too low for a solid mark."""
        return bool(self.confidence[index_of(side, joint)] < self.settings.unsure_below)

    def reading(self, measure_id: str, side: Side | None = None) -> Reading | None:
        """Return the reading of a measure for `side` (or for both), or None if there is none."""
        for r in self.readings:
            if r.measurement.id == measure_id and r.measurement.side in (side, "both"):
                return r if r.measurement.status != "unavailable" else None
        return None

    def level(self) -> tuple[FloatArray, FloatArray]:
        """Return the unit vectors of true right and true down in the picture."""
        roll = np.radians(self.scene.roll_deg)
        right = np.array([np.cos(roll), -np.sin(roll)])
        return right, np.array([np.sin(roll), np.cos(roll)])


def sizes(image: Image, settings: RenderSettings) -> tuple[float, float, float]:
    """Return line width, joint radius and text height for a picture, px."""
    h, w = image.shape[:2]
    tall = min(settings.text_fraction * h, settings.text_width_fraction * w)
    # a portrait phone picture is tall but narrow: lines follow the text, not the bare height
    base = min(h, 1.25 * w)
    return max(2.0, settings.line_fraction * base), settings.joint_fraction * base, max(11.0, tall)


class Annotator(Protocol):
    """A configured, frozen object that draws one thing on a picture.

    Attributes
    ----------
    layer : int
        Order of drawing: 0 changes pixels (face blur), 1 body, 2 measured geometry, 3 insets,
        4 text.
    """

    @property
    def layer(self) -> int:
        """Order of drawing."""
        ...

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the drawing; `image` itself if there is none."""
        ...


ANNOTATORS: Registry[Annotator] = Registry("annotator", "formcheck.render.annotators")

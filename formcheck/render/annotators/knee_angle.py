"""Knee flexion from the side: thigh, shank, the thigh's extension and the arc between."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.data import FloatArray
from formcheck.keypoints import Side, View
from formcheck.render.annotators.pelvic_drop import verdict_color
from formcheck.render.context import ANNOTATORS, FrameContext, Reading, sizes
from formcheck.render.draw import Image, fan, finite, joint, line, polygon
from formcheck.render.palette import Rgb

_MEASURES: Final = ("knee_flexion_at_contact", "peak_knee_flexion_stance", "landing_softness")


@dataclass(frozen=True, slots=True)
class KneeAngle:
    """Draw how far the knee is bent on the stance side; 0 means straight."""

    layer: int = 2

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the arc; unchanged in other views and unmeasured clips."""
        side = context.side
        if side is None or context.scene.view != View.SIDE:
            return image
        reading = self._reading(context, side)
        if reading is None:
            return image
        return draw_bend(image, context, side, reading)

    @staticmethod
    def _reading(context: FrameContext, side: Side) -> Reading | None:
        for measure_id in _MEASURES:
            found = context.reading(measure_id, side)
            if found is not None:
                return found
        return None


def draw_bend(image: Image, context: FrameContext, side: Side, reading: Reading) -> Image:
    """Draw thigh, shank, the thigh's dashed extension and the arc between extension and shank."""
    hip, knee, ankle = (context.point(side, j) for j in ("hip", "knee", "ankle"))
    if not finite(hip, knee, ankle):
        return image
    out = image.copy()
    width, radius, _ = sizes(image, context.settings)
    color: Rgb = verdict_color(reading)
    dashed = not reading.sure or any(context.unsure(side, j) for j in ("hip", "knee", "ankle"))
    beyond = knee + 0.75 * (knee - hip) * _ratio(hip, knee, ankle)
    a, b = bend_arc(hip, knee, ankle)
    reach = 0.55 * float(np.hypot(*(ankle - knee)))
    polygon(out, fan(knee, a, b, reach), color=color, opacity=context.settings.wedge_opacity)
    line(out, knee, beyond, width, dashed=True)
    line(out, hip, knee, 1.5 * width, color=color, dashed=dashed)
    line(out, knee, ankle, 1.5 * width, color=color, dashed=dashed)
    for j, at in (("hip", hip), ("knee", knee), ("ankle", ankle)):
        joint(out, at, 1.15 * radius, square=side == "right", hollow=context.unsure(side, j))
    return out


def _ratio(hip: FloatArray, knee: FloatArray, ankle: FloatArray) -> float:
    """Return shank length over thigh length, at most 1.2, so that the extension looks alike."""
    thigh = float(np.hypot(*(knee - hip)))
    shank = float(np.hypot(*(ankle - knee)))
    return min(1.2, shank / thigh) if thigh > 0 else 1.0


def bend_arc(hip: FloatArray, knee: FloatArray, ankle: FloatArray) -> tuple[float, float]:
    """Return the directions (radians, image axes) of the thigh's extension and of the shank.

    The second is given within half a turn of the first, so that a fan between them is the bend.
    """
    thigh, shank = knee - hip, ankle - knee
    a = float(np.arctan2(thigh[1], thigh[0]))
    b = float(np.arctan2(shank[1], shank[0]))
    return a, a + float((b - a + np.pi) % (2 * np.pi) - np.pi)


ANNOTATORS.add("knee_angle", KneeAngle())

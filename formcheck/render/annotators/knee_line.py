"""Knee line of a single-leg squat from the front: hip-knee-ankle, and a plumb line."""

from dataclasses import dataclass

import numpy as np

from formcheck.data import FloatArray
from formcheck.keypoints import Side, View
from formcheck.render.annotators.knee_angle import draw_bend
from formcheck.render.context import ANNOTATORS, FrameContext, sizes
from formcheck.render.draw import Image, finite, line


@dataclass(frozen=True, slots=True)
class KneeLine:
    """Draw the frontal plane projection angle of the standing leg and a vertical at mid-foot."""

    layer: int = 2

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the lines; unchanged where it was not measured."""
        side = context.side
        if side is None or context.scene.view == View.SIDE:
            return image
        reading = context.reading("squat_valgus", side)
        if reading is None:
            return image
        out = image.copy()
        width, _, _ = sizes(image, context.settings)
        foot = mid_foot(context, side)
        hip = context.point(side, "hip")
        if finite(foot, hip):
            _, down = context.level()
            rise = float(np.dot(foot - hip, down))
            line(out, foot, foot - down * rise, width, dashed=True)
        return draw_bend(out, context, side, reading)


def mid_foot(context: FrameContext, side: Side) -> FloatArray:
    """Return the middle between heel and toe, px."""
    return np.asarray(0.5 * (context.point(side, "heel") + context.point(side, "foot_index")))


ANNOTATORS.add("knee_line", KneeLine())

"""Pelvic drop: a level line through the stance hip, the pelvic line, and the wedge between.

The pelvic line stands at the angle that was measured (from the motion of the pixels), not along the
landmark model's two hip points: those hardly tilt when the pelvis does.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.data import FloatArray
from formcheck.keypoints import Side, View, other
from formcheck.render.context import ANNOTATORS, FrameContext, Reading, sizes
from formcheck.render.draw import Image, finite, line, polygon
from formcheck.render.palette import GREY, ON_VIDEO, WHITE, Rgb


@dataclass(frozen=True, slots=True)
class PelvicDrop:
    """Draw the drop of the step shown, in rear and front views."""

    layer: int = 2

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the wedge; unchanged where the drop was not measured."""
        side = context.side
        if side is None or context.scene.view == View.SIDE:
            return image
        reading = context.reading("pelvic_drop", side)
        if reading is None or reading.this_step is None:
            return image
        ends = pelvic_lines(context, side, reading.this_step, image.shape[0] / 7)
        if not finite(*ends):
            return image
        out = image.copy()
        width, _, _ = sizes(image, context.settings)
        hip, level_end, pelvis_end, level_start, pelvis_start = ends
        color = verdict_color(reading)
        polygon(
            out,
            [hip, level_end, pelvis_end],
            color=color,
            opacity=context.settings.wedge_opacity,
        )
        line(out, level_start, level_end, width, dashed=True)
        line(out, pelvis_start, pelvis_end, 1.5 * width, color=color, dashed=not reading.sure)
        return out


def verdict_color(reading: Reading) -> Rgb:
    """Return the colour of the measured segment: grey where uncertain, white without a verdict."""
    if not reading.sure:
        return GREY
    return ON_VIDEO[reading.verdict] if reading.verdict else WHITE


def pelvic_lines(
    context: FrameContext, side: Side, drop_deg: float, least_px: float
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return stance hip, ends of the level and pelvic line on the swing side, and their starts.

    Parameters
    ----------
    drop_deg : float
        Positive = swing side lower than the stance side.
    least_px : float
        Least length of the lines, px.
    """
    right, down = context.level()
    hip = context.point(side, "hip")
    apart = float(np.hypot(*(context.point(other(side), "hip") - hip)))
    length = max(2.0 * apart, least_px)
    outward = right * context.scene.lateral_sign(other(side))
    angle = np.radians(drop_deg)
    along = outward * np.cos(angle) + down * np.sin(angle)
    back = -0.35 * length
    return (
        hip,
        hip + length * outward,
        hip + length * along,
        hip + back * outward,
        hip + back * along,
    )


ANNOTATORS.add("pelvic_drop", PelvicDrop())

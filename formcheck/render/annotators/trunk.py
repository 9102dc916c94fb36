"""Trunk: side lean (rear, front) or forward lean (side) against the plumb line.

Axial rotation cannot be drawn on a picture taken from behind; where it was measured, a small view
from above shows how far the shoulders turn to either side over a stride.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.keypoints import View
from formcheck.render.annotators.pelvic_drop import verdict_color
from formcheck.render.context import ANNOTATORS, FrameContext, Reading, sizes
from formcheck.render.draw import Image, fan, finite, line, plate, polygon, text
from formcheck.render.layout import Box, free_box
from formcheck.render.palette import GREY, WHITE

_LEAN: Final[dict[View, str]] = {
    View.SIDE: "trunk_forward_lean",
    View.REAR: "trunk_side_lean",
    View.FRONT: "trunk_side_lean",
}


@dataclass(frozen=True, slots=True)
class Trunk:
    """Draw the trunk line against a plumb line through mid-hip."""

    layer: int = 2

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the lean; unchanged where it was not measured."""
        reading = context.reading(_LEAN[context.scene.view], context.side)
        hip, shoulder = context.middle("hip"), context.middle("shoulder")
        if reading is None or not finite(hip, shoulder):
            return image
        out = image.copy()
        width, _, _ = sizes(image, context.settings)
        _, down = context.level()
        tall = float(np.hypot(*(shoulder - hip)))
        color = verdict_color(reading)
        up = float(np.arctan2(-down[1], -down[0]))
        trunk = float(np.arctan2(*(shoulder - hip)[::-1]))
        trunk = up + float((trunk - up + np.pi) % (2 * np.pi) - np.pi)
        polygon(out, fan(hip, up, trunk, 0.9 * tall), color=color, opacity=0.6 * _opacity(context))
        line(out, hip, hip - 1.05 * tall * down, width, dashed=True)
        line(out, hip, shoulder, 1.3 * width, color=color, dashed=not reading.sure)
        return out


def _opacity(context: FrameContext) -> float:
    return context.settings.wedge_opacity


@dataclass(frozen=True, slots=True)
class TurnFromAbove:
    """Draw the range of shoulder and pelvis rotation as seen from above, in a small inset."""

    layer: int = 3

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the inset; unchanged where rotation was not measured."""
        box = dial_box(image, context)
        if box is None:
            return image
        out = image.copy()
        _, _, tall = sizes(image, context.settings)
        left, top, right, _ = box
        width = right - left
        plate(out, box, context.settings.plate_opacity)
        text(out, "from above", (left + 0.4 * tall, top + 1.0 * tall), 0.7 * tall, color=GREY)
        for i, (name, reading) in enumerate(_turns(context)):
            at = (left + 0.5 * width, top + (2.6 * i + 2.4) * tall)
            _dial(out, at, 0.42 * width, reading, tall)
            words = f"{name} turn"
            text(out, words, (left + 0.4 * tall, at[1] + 1.4 * tall), 0.7 * tall, color=WHITE)
        return out


def _turns(context: FrameContext) -> list[tuple[str, Reading]]:
    names = (("shoulders", "trunk_rotation"), ("pelvis", "pelvis_rotation"))
    return [(name, r) for name, key in names if (r := context.reading(key)) is not None]


def dial_box(image: Image, context: FrameContext) -> Box | None:
    """Return where the view from above stands, None where rotation was not measured."""
    n = len(_turns(context))
    if n == 0:
        return None
    _, _, tall = sizes(image, context.settings)
    return free_box(image, context, (7.2 * tall, (2.6 * n + 1.5) * tall), tall)


def _dial(
    image: Image, at: tuple[float, float], half_px: float, reading: Reading, tall: float
) -> None:
    """Draw a bar and the two fans it sweeps: half the peak-to-peak range to either side."""
    value = reading.measurement.value
    if value is None:
        return
    turn = float(np.radians(value / 2))
    color = verdict_color(reading)
    for start in (0.0, np.pi):
        polygon(image, fan(at, start - turn, start + turn, half_px), color=color, opacity=0.55)
    thick = max(2.0, tall / 12)
    for angle in (-turn, turn):
        d = half_px * np.array([np.cos(angle), np.sin(angle)])
        line(image, np.array(at) - d, np.array(at) + d, thick, color=color, dashed=not reading.sure)


ANNOTATORS.add("trunk", Trunk())
ANNOTATORS.add("turn_from_above", TurnFromAbove())

"""The body as white lines with a dark halo; left joints round with L, right square with R."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.keypoints import BONES, INDEX, SIDES, other
from formcheck.render.context import ANNOTATORS, FrameContext, sizes
from formcheck.render.draw import Image, finite, haloed_text, joint, line
from formcheck.signals.geometry import near_side

_DRAWN: Final[tuple[str, ...]] = tuple(sorted({name for bone in BONES for name in bone}))


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Draw bones and joints; a landmark of low visibility is hollow and its bones dashed."""

    layer: int = 1

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the skeleton."""
        out = image.copy()
        width, radius, tall = sizes(image, context.settings)
        names = _drawn_names(context)
        for a, b in _drawn_bones(context):
            if a in names and b in names:
                i, j = INDEX[a], INDEX[b]
                unsure = min(context.confidence[[i, j]]) < context.settings.unsure_below
                thick = width * _depth(context, a) * _depth(context, b)
                line(out, context.xy_px[i], context.xy_px[j], thick, dashed=bool(unsure))
        for name in names:
            i = INDEX[name]
            joint(
                out,
                context.xy_px[i],
                radius * _depth(context, name),
                square=name.startswith("right"),
                hollow=bool(context.confidence[i] < context.settings.unsure_below),
            )
        _letters(out, context, tall)
        return out


def _drawn_bones(context: FrameContext) -> tuple[tuple[str, str], ...]:
    """Return the bones to draw; the model's hip line gives way to the measured pelvic line."""
    if context.reading("pelvic_drop", context.side) is None:
        return BONES
    return tuple(b for b in BONES if b != ("left_hip", "right_hip"))


def _depth(context: FrameContext, name: str) -> float:
    """Return a factor below 1 for the side away from the camera, drawn finer."""
    near = near_side(context.scene)
    if near is None:
        return 1.0
    return 0.65 if name.startswith(other(near)) else 1.0


def _drawn_names(context: FrameContext) -> tuple[str, ...]:
    """Return the landmarks to draw; the far arm in side view only confuses and is left out."""
    near = near_side(context.scene)
    if near is None:
        return _DRAWN
    hidden = {f"{other(near)}_{j}" for j in ("elbow", "wrist")}
    return tuple(n for n in _DRAWN if n not in hidden)


def _letters(image: Image, context: FrameContext, tall: float) -> None:
    """Write L and R beside the ankles, outward from the body's middle."""
    feet = {side: context.point(side, "ankle") for side in SIDES}
    middle = context.middle("ankle")
    size = 0.95 * tall
    for side, at in feet.items():
        if not finite(at):
            continue
        outward = 1.0 if not finite(middle) or at[0] >= middle[0] else -1.0
        dx = 0.7 * size if outward > 0 else -1.4 * size
        h, w = image.shape[:2]
        x = float(np.clip(at[0] + dx, 2, w - size))
        y = float(np.clip(at[1] + 0.1 * size, size, h - 2))
        haloed_text(image, side[0].upper(), (x, y), size)


ANNOTATORS.add("skeleton", Skeleton())

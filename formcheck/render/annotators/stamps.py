"""Corner stamps: what the picture shows (top left), what it is not (bottom)."""

from dataclasses import dataclass
from typing import Final

from formcheck.render.context import ANNOTATORS, FrameContext, sizes
from formcheck.render.draw import Image, plate, text, text_size, wrap
from formcheck.render.palette import GREY

NOTICE: Final = "2D estimate from one camera. Not a diagnosis."


@dataclass(frozen=True, slots=True)
class Stamps:
    """Write the stamps on dark plates."""

    layer: int = 4

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the stamps."""
        out = image.copy()
        _, _, tall = sizes(image, context.settings)
        w = image.shape[1]
        opacity = context.settings.plate_opacity
        if context.stamp:
            lines = wrap(context.stamp, 0.85 * tall, w - 2.0 * tall, " · ")
            widest = max(text_size(t, 0.85 * tall)[0] for t in lines)
            plate(out, (0, 0, widest + tall, (1.15 * len(lines) + 0.45) * tall), opacity)
            for i, words in enumerate(lines):
                text(out, words, (0.5 * tall, (1.05 + 1.15 * i) * tall), 0.85 * tall)
        _strip(out, context, tall)
        return out


def _strip(image: Image, context: FrameContext, tall: float) -> None:
    """Write notice and version on the strip, small enough for both."""
    h, w = image.shape[:2]
    top = context.bottom_px or h - 1.5 * tall
    plate(image, (0, top, w, h), 1.0 if context.bottom_px else context.settings.plate_opacity)
    size = 0.75 * tall
    room = w - 1.6 * tall
    needed = text_size(NOTICE, size)[0] + text_size(context.version, size)[0] + tall
    size *= min(1.0, room / needed)
    base = 0.5 * (top + h) + 0.36 * size
    text(image, NOTICE, (0.5 * tall, base), size)
    left = w - text_size(context.version, size)[0] - 0.5 * tall
    text(image, context.version, (left, base), size, color=GREY)


ANNOTATORS.add("stamps", Stamps())

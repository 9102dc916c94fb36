"""Corner stamps: what the picture shows (top left), grade (top right), what it is not (bottom)."""

from dataclasses import dataclass
from typing import Final

from formcheck.render.context import ANNOTATORS, FrameContext, sizes
from formcheck.render.draw import Image, plate, text, text_size, wrap
from formcheck.render.palette import GREY

NOTICE: Final = "2D estimate from one camera. Not a diagnosis."


@dataclass(frozen=True, slots=True)
class Stamps:
    """Write the three stamps on dark plates."""

    layer: int = 4

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the stamps."""
        out = image.copy()
        _, _, tall = sizes(image, context.settings)
        h, w = image.shape[:2]
        opacity = context.settings.plate_opacity
        grade = f"Grade {context.grade}" if context.grade else ""
        grade_w = text_size(grade, 0.9 * tall, bold=True)[0] + tall if grade else 0.0
        if context.stamp:
            lines = wrap(context.stamp, 0.85 * tall, w - grade_w - 2.0 * tall, " · ")
            widest = max(text_size(t, 0.85 * tall)[0] for t in lines)
            plate(out, (0, 0, widest + tall, (1.15 * len(lines) + 0.45) * tall), opacity)
            for i, words in enumerate(lines):
                text(out, words, (0.5 * tall, (1.05 + 1.15 * i) * tall), 0.85 * tall)
        if grade:
            plate(out, (w - grade_w, 0, w, 1.6 * tall), opacity)
            text(out, grade, (w - grade_w + 0.5 * tall, 1.08 * tall), 0.9 * tall, bold=True)
        plate(out, (0, h - 1.5 * tall, w, h), opacity)
        size = 0.75 * tall
        text(out, NOTICE, (0.5 * tall, h - 0.5 * tall), size)
        version_w = text_size(context.version, size)[0]
        if text_size(NOTICE, size)[0] + version_w + 2 * tall < w:
            text(out, context.version, (w - version_w - 0.5 * tall, h - 0.5 * tall), size, color=GREY)
        return out


ANNOTATORS.add("stamps", Stamps())

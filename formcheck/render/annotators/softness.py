"""Landing softness: a small curve of knee bend over the first 200 ms after contact."""

from dataclasses import dataclass

import numpy as np

from formcheck.data import FloatArray
from formcheck.render.context import ANNOTATORS, FrameContext, sizes
from formcheck.render.draw import Image, curve, line, plate, text, text_size
from formcheck.render.layout import Box, free_box
from formcheck.render.palette import GREY


@dataclass(frozen=True, slots=True)
class SoftnessInset:
    """Draw the landing's knee curve in a free corner, with a mark at the frame's own time."""

    layer: int = 3

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the inset; unchanged where there is no curve."""
        box = inset_box(image, context)
        if box is None:
            return image
        out = image.copy()
        width, _, tall = sizes(image, context.settings)
        left, top, right, bottom = box
        plate(out, box, context.settings.plate_opacity)
        small, pad = 0.68 * tall, 0.4 * tall
        text(out, "Knee bend after contact", (left + pad, top + 0.95 * tall), small)
        x0, x1 = left + 2.3 * tall, right - 1.5 * pad
        y0, y1 = bottom - 1.2 * tall, top + 1.6 * tall
        ok = np.isfinite(context.trace_deg)
        span = context.settings.soft_window_s
        low, high = _range(context.trace_deg[ok])
        xs = x0 + (x1 - x0) * context.trace_s[ok] / span
        ys = y0 + (y1 - y0) * (context.trace_deg[ok] - low) / (high - low)
        line(out, (x0, y0), (x1, y0), max(1.0, 0.4 * width), color=GREY)
        for value, y in ((low, y0), (high, y1)):
            text(out, f"{value:.0f}°", (left + pad, y + 0.3 * small), small, color=GREY)
        curve(out, np.column_stack([xs, ys]), width)
        if 0 <= context.trace_now_s <= span:
            x = x0 + (x1 - x0) * context.trace_now_s / span
            line(out, (x, y0), (x, y1), max(1.0, 0.6 * width), dashed=True)
        text(out, "0", (x0, bottom - 0.3 * tall), small, color=GREY)
        end = f"{span * 1000:.0f} ms"
        at = x1 - text_size(end, small)[0], bottom - 0.3 * tall
        text(out, end, at, small, color=GREY)
        return out


def inset_box(image: Image, context: FrameContext) -> Box | None:
    """Return where the inset stands, None where there is no curve to show."""
    if np.isfinite(context.trace_deg).sum() < 3:
        return None
    if context.reading("landing_softness", context.side) is None:
        return None
    _, _, tall = sizes(image, context.settings)
    size = min(9.5 * tall, 0.42 * image.shape[1]), 5.2 * tall
    return free_box(image, context, size, tall)


def _range(deg: FloatArray) -> tuple[float, float]:
    """Return the axis ends, whole tens around the curve."""
    low = float(np.floor(np.min(deg) / 10) * 10)
    return low, max(low + 10, float(np.ceil(np.max(deg) / 10) * 10))


ANNOTATORS.add("softness", SoftnessInset())

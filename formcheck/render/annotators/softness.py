"""Landing softness: a small curve of knee bend over the first 200 ms after contact."""

from dataclasses import dataclass

import numpy as np

from formcheck.render.context import ANNOTATORS, FrameContext, sizes
from formcheck.render.draw import Image, line, plate, text
from formcheck.render.palette import GREY


@dataclass(frozen=True, slots=True)
class SoftnessInset:
    """Draw the landing's knee curve at the bottom left, with a mark at the frame's own time."""

    layer: int = 3

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the inset; unchanged where there is no curve."""
        ok = np.isfinite(context.trace_deg)
        if ok.sum() < 3 or context.reading("landing_softness", context.side) is None:
            return image
        out = image.copy()
        width, _, tall = sizes(image, context.settings)
        h, w = image.shape[:2]
        box_w, box_h = min(9.5 * tall, 0.42 * w), 5.2 * tall
        left, bottom = 0.5 * tall, h - 2.0 * tall
        top = bottom - box_h
        plate(out, (left, top, left + box_w, bottom), context.settings.plate_opacity)
        small = 0.68 * tall
        pad = 0.4 * tall
        text(out, "Knee bend after contact", (left + pad, top + 0.95 * tall), small)
        x0, x1 = left + 2.3 * tall, left + box_w - 1.5 * pad
        y0, y1 = bottom - 1.2 * tall, top + 1.6 * tall
        span = context.settings.soft_window_s
        t, deg = context.trace_s[ok], context.trace_deg[ok]
        low, high = _range(deg)

        def place(ts: float, d: float) -> tuple[float, float]:
            return x0 + (x1 - x0) * ts / span, y0 + (y1 - y0) * (d - low) / (high - low)

        line(out, (x0, y0), (x1, y0), max(1.0, 0.4 * width), color=GREY)
        for value in (low, high):
            at = place(0.0, value)
            text(out, f"{value:.0f}°", (left + pad, at[1] + 0.3 * small), small, color=GREY)
        points = [place(float(a), float(b)) for a, b in zip(t, deg, strict=True)]
        for a, b in zip(points[:-1], points[1:], strict=True):
            line(out, a, b, width)
        now = context.trace_now_s
        if 0 <= now <= span:
            x = place(now, low)[0]
            line(out, (x, y0), (x, y1), max(1.0, 0.6 * width), dashed=True)
        text(out, "0", (x0, bottom - 0.3 * tall), small, color=GREY)
        text(out, f"{span * 1000:.0f} ms", (x1 - 2.2 * small, bottom - 0.3 * tall), small, color=GREY)
        return out


def _range(deg: np.ndarray) -> tuple[float, float]:
    """Return the axis ends, whole tens around the curve."""
    low = float(np.floor(np.min(deg) / 10) * 10)
    return low, max(low + 10, float(np.ceil(np.max(deg) / 10) * 10))


ANNOTATORS.add("softness", SoftnessInset())

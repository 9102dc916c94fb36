"""The label plate: what was measured, value with interval, verdict as icon and word."""

from dataclasses import dataclass

import numpy as np

from formcheck.render import wording
from formcheck.render.annotators.softness import inset_box
from formcheck.render.annotators.trunk import dial_box
from formcheck.render.context import ANNOTATORS, FrameContext, Reading, sizes
from formcheck.render.draw import Image, icon, plate, text, text_size
from formcheck.render.layout import free_box
from formcheck.render.palette import GREY, ON_VIDEO, VERDICT_WORD, WHITE, Rgb
from formcheck.settings.render import RenderSettings


@dataclass(frozen=True, slots=True)
class Label:
    """Stack one plate per reading where it hides least of the body."""

    layer: int = 4

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the plates."""
        shown = [r for r in context.readings if r.measurement.status != "unavailable"]
        if not shown:
            return image
        out = image.copy()
        _, _, tall = sizes(image, context.settings)
        blocks = [_Block.of(r, tall, context.settings, in_test=context.in_test) for r in shown]
        width = max(b.width for b in blocks)
        height = sum(b.height for b in blocks) + 0.35 * tall * (len(blocks) - 1)
        insets = (inset_box(image, context), dial_box(image, context))
        taken = [box for box in insets if box is not None]
        left, top, _, _ = free_box(image, context, (width, height), tall, taken)
        for b in blocks:
            b.draw(out, left, top, tall, context.settings)
            top += b.height + 0.35 * tall
        return out


@dataclass(frozen=True, slots=True)
class _Block:
    """One reading as it will be written."""

    reading: Reading
    title: str
    value: str
    word: str
    small: str
    width: float
    height: float

    @classmethod
    def of(
        cls, reading: Reading, tall: float, settings: RenderSettings, *, in_test: bool
    ) -> "_Block":
        m = reading.measurement
        title = wording.short_label(m.id, m.side)
        value = wording.value_text(m, settings)
        word = _word(reading)
        small = _small(reading, settings, in_test=in_test)
        value_w = text_size(value, 1.15 * tall, bold=True)[0]
        word_w = text_size(word, 0.8 * tall)[0] + _gap(reading, tall) if word else 0
        widest = max(
            text_size(title, 0.85 * tall)[0], value_w + word_w, text_size(small, 0.7 * tall)[0]
        )
        return cls(reading, title, value, word, small, widest + 1.0 * tall, 3.7 * tall)

    def draw(
        self, image: Image, left: float, top: float, tall: float, settings: RenderSettings
    ) -> None:
        plate(image, (left, top, left + self.width, top + self.height), settings.plate_opacity)
        x = left + 0.5 * tall
        ink: Rgb = WHITE if self.reading.sure else GREY
        text(image, self.title, (x, top + 1.05 * tall), 0.85 * tall, color=ink)
        base = top + 2.3 * tall
        text(image, self.value, (x, base), 1.15 * tall, color=ink, bold=True)
        if self.word:
            x += text_size(self.value, 1.15 * tall, bold=True)[0]
            gap = _gap(self.reading, tall)
            verdict = self.reading.verdict if self.reading.sure else None
            if verdict:
                color = ON_VIDEO[verdict]
                icon(image, verdict, (x + 1.1 * tall, base - 0.42 * tall), 0.48 * tall, color)
            text(image, self.word, (x + gap, base - 0.05 * tall), 0.8 * tall, color=ink)
        text(image, self.small, (left + 0.5 * tall, top + 3.25 * tall), 0.7 * tall, color=GREY)


def _gap(reading: Reading, tall: float) -> float:
    """Return the room before the word, with or without an icon, px."""
    return (1.85 if reading.sure and reading.verdict else 0.8) * tall


def _word(reading: Reading) -> str:
    if not reading.sure:
        return "uncertain"
    return VERDICT_WORD[reading.verdict] if reading.verdict else ""


def _small(reading: Reading, settings: RenderSettings, *, in_test: bool) -> str:
    m = reading.measurement
    counted = wording.steps_word(m.n, wording.counted_as(m.id, in_test=in_test))
    if m.n <= 1:
        return f"from {counted}"
    parts = [f"average of {counted}"]
    if reading.this_step is not None and np.isfinite(reading.this_step):
        this = wording.number(reading.this_step, m.unit, settings)
        parts.append(f"this one {this}{wording.unit_text(m.unit)}")
    return ", ".join(parts)


ANNOTATORS.add("label", Label())

"""The label plate: what was measured, value with interval, verdict as icon and word."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.assess import word_of
from formcheck.render import wording
from formcheck.render.annotators.softness import inset_box
from formcheck.render.annotators.trunk import dial_box
from formcheck.render.context import ANNOTATORS, FrameContext, Reading, sizes
from formcheck.render.draw import Image, icon, plate, text, text_size
from formcheck.render.layout import free_box
from formcheck.render.palette import GREY, ON_VIDEO, WHITE, Rgb
from formcheck.settings.render import RenderSettings

_MOST_OF_WIDTH: Final = 0.4  # of the picture: a wider plate would lie over the leg it speaks of
_SMALL_LINE: Final = 0.9


@dataclass(frozen=True, slots=True)
class Label:
    """One plate per reading, each where it hides least of the body."""

    layer: int = 4

    def annotate(self, image: Image, context: FrameContext) -> Image:
        """Return a copy of `image` with the plates."""
        shown = [r for r in context.readings if r.measurement.status != "unavailable"]
        if not shown:
            return image
        out = image.copy()
        _, _, tall = sizes(image, context.settings)
        room = _MOST_OF_WIDTH * image.shape[1]
        insets = (inset_box(image, context), dial_box(image, context))
        taken = [box for box in insets if box is not None]
        for r in shown:
            b = _Block.of(r, tall, context, room)
            box = free_box(image, context, (b.width, b.height + 0.35 * tall), tall, taken)
            b.draw(out, box[0], box[1], tall, context.settings)
            taken.append(box)
        return out


@dataclass(frozen=True, slots=True)
class _Block:
    """One reading as it will be written."""

    reading: Reading
    title: str
    value: str
    word: str
    small: tuple[str, ...]
    width: float
    height: float

    @classmethod
    def of(cls, reading: Reading, tall: float, context: FrameContext, room_px: float) -> "_Block":
        """Return a plate that is at most `room_px` wide, if its last line can be broken for it."""
        m, settings = reading.measurement, context.settings
        title = wording.short_label(m.id, m.side)
        value = wording.value_text(m, settings)
        word = _word(reading)
        parts = _small(reading, settings, in_test=context.in_test)
        small: tuple[str, ...] = (", ".join(parts),)
        if text_size(small[0], 0.7 * tall)[0] > room_px - tall:
            small = parts
        value_w = text_size(value, 1.15 * tall, bold=True)[0]
        word_w = text_size(word, 0.8 * tall)[0] + _gap(reading, tall) if word else 0
        small_w = max(text_size(line, 0.7 * tall)[0] for line in small)
        widest = max(text_size(title, 0.85 * tall)[0], value_w + word_w, small_w)
        height = (2.8 + _SMALL_LINE * len(small)) * tall
        return cls(reading, title, value, word, small, widest + 1.0 * tall, height)

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
        for k, line in enumerate(self.small):
            at = left + 0.5 * tall, top + (3.25 + _SMALL_LINE * k) * tall
            text(image, line, at, 0.7 * tall, color=GREY)


def _gap(reading: Reading, tall: float) -> float:
    """Return the room before the word, with or without an icon, px."""
    return (1.85 if reading.sure and reading.verdict else 0.8) * tall


def _word(reading: Reading) -> str:
    placed = reading.measurement.reference is not None
    return word_of(reading.measurement) if placed or not reading.sure else ""


def _small(reading: Reading, settings: RenderSettings, *, in_test: bool) -> tuple[str, ...]:
    m = reading.measurement
    counted = wording.steps_word(m.n, wording.counted_as(m.id, in_test=in_test))
    if m.n <= 1:
        return (f"from {counted}",)
    parts = [f"average of {counted}"]
    if reading.this_step is not None and np.isfinite(reading.this_step):
        this = wording.number(reading.this_step, m.unit, settings)
        parts.append(f"this one {this}{wording.unit_text(m.unit)}")
    return tuple(parts)


ANNOTATORS.add("label", Label())

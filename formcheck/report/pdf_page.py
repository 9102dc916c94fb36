"""Drawing on a PDF page: wrapped text, pictures with a description, icons, dot strips."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import cv2
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from formcheck.render.palette import INK, NOT_MEASURED, ON_WHITE, Verdict
from formcheck.results import Measurement

SIZES: Final = {"a4": A4, "letter": LETTER}
MARGIN: Final = 12 * mm
LINE: Final = "#C9D1D8"
ZONE: Final = "#DDE3E8"
SANS: Final = "FormcheckSans"
BOLD: Final = "FormcheckSans-Bold"


@cache
def register_fonts() -> None:
    """Register the open fonts that come with matplotlib: they hold every sign we print."""
    from matplotlib import get_data_path  # noqa: PLC0415 (heavy; only reports need it)

    folder = Path(get_data_path()) / "fonts" / "ttf"
    pdfmetrics.registerFont(TTFont(SANS, str(folder / "DejaVuSans.ttf")))
    pdfmetrics.registerFont(TTFont(BOLD, str(folder / "DejaVuSans-Bold.ttf")))
    pdfmetrics.registerFontFamily(SANS, normal=SANS, bold=BOLD, italic=SANS, boldItalic=BOLD)


def style(size: float, *, bold: bool = False, colour: str = INK) -> ParagraphStyle:
    """Return a paragraph style; `size` in points."""
    return ParagraphStyle(
        f"s{size}{bold}{colour}",
        fontName=BOLD if bold else SANS,
        fontSize=size,
        leading=1.25 * size,
        textColor=HexColor(colour),
        splitLongWords=1,
    )


@dataclass(slots=True)
class Page:
    """A cursor that moves down a page; lengths in points, y up as PDF has it."""

    canvas: Any
    width: float
    height: float
    y: float = field(default=0.0)

    @classmethod
    def open(cls, path: Path, paper: str, title: str) -> "Page":
        """Start a document of one paper size."""
        register_fonts()
        width, height = SIZES[paper]
        canvas = Canvas(str(path), pagesize=(width, height), lang="en", invariant=1)
        canvas.setTitle(title)
        canvas.setAuthor("formcheck")
        canvas.setSubject("2D estimates from one camera. Not a diagnosis.")
        return cls(canvas, width, height, height - MARGIN)

    @property
    def left(self) -> float:
        """Left edge of the printed area."""
        return float(MARGIN)

    @property
    def right(self) -> float:
        """Right edge of the printed area."""
        return float(self.width - MARGIN)

    @property
    def room(self) -> float:
        """Points left above the bottom margin."""
        return float(self.y - MARGIN)

    def next(self) -> None:
        """Go to a fresh page."""
        self.canvas.showPage()
        self.y = self.height - MARGIN

    def gap(self, points: float) -> None:
        """Move down."""
        self.y -= points

    def paragraph(
        self, words: str, how: ParagraphStyle, *, x: float | None = None, width: float | None = None
    ) -> float:
        """Write wrapped, escaped text at the cursor and return its height; the cursor stays."""
        x = self.left if x is None else x
        width = self.right - x if width is None else width
        block = Paragraph(escape(words).replace("\n", "<br/>"), how)
        _, height = block.wrap(width, 10_000)
        block.drawOn(self.canvas, x, self.y - height)
        return float(height)

    def flow(self, words: str, how: ParagraphStyle, **place: float) -> None:
        """Write wrapped text and move the cursor below it."""
        self.y -= self.paragraph(words, how, **place)

    def rule(self, colour: str = LINE) -> None:
        """Draw a thin line across the page."""
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineWidth(0.6)
        self.canvas.line(self.left, self.y, self.right, self.y)

    def heading(self, words: str) -> None:
        """Write a section heading."""
        self.gap(7)
        self.flow(words, style(9.5, bold=True))
        self.gap(2)
        self.rule()
        self.gap(3)

    def picture(
        self, source: Path, box: tuple[float, float, float, float], alt: str, quality: int
    ) -> bool:
        """Draw a picture centred in ``(x, y, width, height)``; False if it cannot be read."""
        image = cv2.imread(str(source)) if source.is_file() else None
        if image is None:
            return False
        h, w = image.shape[:2]
        shrink = min(1.0, 900 / max(h, w))
        size = max(1, round(w * shrink)), max(1, round(h * shrink))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        _, jpeg = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])
        reader = ImageReader(io.BytesIO(jpeg.tobytes()))
        x, y, width, height = box
        scale = min(width / w, height / h)
        at = x + (width - w * scale) / 2, y + (height - h * scale) / 2
        self._described(alt)
        self.canvas.drawImage(reader, *at, w * scale, h * scale)
        self._end_described()
        return True

    def vector(self, png: bytes, box: tuple[float, float, float], alt: str) -> float:
        """Draw a plot (PNG) at ``(x, top, width)`` with its description; return its height."""
        reader = ImageReader(io.BytesIO(png))
        w, h = reader.getSize()
        x, top, width = box
        height = width * h / w
        self._described(alt)
        self.canvas.drawImage(reader, x, top - height, width, height)
        self._end_described()
        return float(height)

    def _described(self, alt: str) -> None:
        """Open marked content with an alternate description, which screen readers can speak."""
        code = alt.encode("utf-16-be").hex().upper()
        self.canvas._code.append(f"/Figure <</Alt <FEFF{code}>>> BDC")  # noqa: SLF001, RUF100

    def _end_described(self) -> None:
        self.canvas._code.append("EMC")  # noqa: SLF001, RUF100


def icon(page: Page, verdict: Verdict | None, x: float, y: float, r: float) -> None:
    """Draw a verdict's own shape around ``(x, y)``: disc, triangle, diamond, or a dash."""
    c = page.canvas
    c.saveState()
    c.setFillColor(HexColor(ON_WHITE[verdict] if verdict else NOT_MEASURED))
    c.setStrokeColor(HexColor(NOT_MEASURED))
    if verdict is None:
        c.setLineWidth(1.2)
        c.line(x - r, y, x + r, y)
    elif verdict == "usual":
        c.circle(x, y, r, stroke=0, fill=1)
    else:
        corners = (
            [(x, y + r), (x + r, y - 0.8 * r), (x - r, y - 0.8 * r)]
            if verdict == "watch"
            else [(x, y + 1.15 * r), (x + 1.15 * r, y), (x, y - 1.15 * r), (x - 1.15 * r, y)]
        )
        path = c.beginPath()
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        path.close()
        c.drawPath(path, stroke=0, fill=1)
    c.restoreState()


def strip_axis(measurements: Sequence[Measurement], band: object = None) -> tuple[float, float]:
    """Return the value range that holds all steps and intervals of a row, with a margin."""
    values = [v for m in measurements for v in (*m.per_step, *(m.ci95 or ())) if v is not None]
    if isinstance(band, tuple):
        values += [v for v in band if v is not None]
    low, high = min(values), max(values)
    margin = 0.06 * (high - low) or 1.0
    return low - margin, high + margin


def strip(
    page: Page,
    m: Measurement,
    box: tuple[float, float, float, float],
    axis: tuple[float, float],
    band: tuple[float | None, float | None] | None,
) -> None:
    """Draw steps, interval, average and grey range in ``(x, y, width, height)``."""
    if m.value is None or m.ci95 is None:
        return
    c = page.canvas
    x, y, width, height = box
    middle = y + height / 2

    def place(value: float) -> float:
        return x + width * min(1.0, max(0.0, (value - axis[0]) / (axis[1] - axis[0])))

    c.saveState()
    if band is not None:
        a = x if band[0] is None else place(band[0])
        b = x + width if band[1] is None else place(band[1])
        c.setFillColor(HexColor(ZONE))
        c.rect(a, y, b - a, height, stroke=0, fill=1)
    c.setStrokeColor(HexColor(LINE))
    c.setLineWidth(0.4)
    c.line(x, y, x + width, y)
    ink = INK if m.status == "ok" else NOT_MEASURED
    c.setStrokeColor(HexColor("#7A848D" if m.status == "ok" else LINE))
    c.setLineWidth(2.6)
    c.line(place(m.ci95[0]), middle, place(m.ci95[1]), middle)
    c.setLineWidth(0.5)
    c.setStrokeColor(HexColor(INK))
    c.setFillColor(HexColor("#FFFFFF"))
    steps = [v for v in m.per_step if v is not None]
    for k, value in enumerate(steps):
        lift = (-0.28, 0.12, -0.14, 0.28, 0.0)[k % 5] * height
        if m.side == "right":
            c.rect(place(value) - 1, middle + lift - 1, 2, 2, stroke=1, fill=1)
        else:
            c.circle(place(value), middle + lift, 1.1, stroke=1, fill=1)
    c.setStrokeColor(HexColor(ink))
    c.setLineWidth(1.5)
    c.line(place(m.value), y + 0.08 * height, place(m.value), y + 0.92 * height)
    c.restoreState()

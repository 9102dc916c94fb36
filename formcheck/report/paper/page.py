"""Drawing on a PDF page: wrapped text, pictures with a description, icons, dot strips."""

import io
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final
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

from formcheck.assess import Verdict
from formcheck.render.palette import INK, NOT_MEASURED, ON_WHITE
from formcheck.report.paper.tags import Tagger

SIZES: Final = {"a4": A4, "letter": LETTER}
MARGIN: Final = 12 * mm
LINE: Final = "#C9D1D8"
ZONE: Final = "#DDE3E8"
PALE: Final = "#F1F4F6"
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
    """A cursor that moves down a page; lengths in points, y up as PDF has it.

    Everything drawn is tagged: text and pictures with what they are, lines as decoration.
    """

    canvas: Canvas
    tags: Tagger
    width: float
    height: float
    y: float = field(default=0.0)
    floor: float = field(default=MARGIN)

    @classmethod
    def open(cls, path: Path, paper: str, title: str) -> "Page":
        """Start a document of one paper size."""
        register_fonts()
        width, height = SIZES[paper]
        canvas = Canvas(str(path), pagesize=(width, height), lang="en", invariant=1)
        canvas.setTitle(title)
        canvas.setAuthor("formcheck")
        canvas.setCreator("formcheck")
        canvas.setSubject("2D estimates from one camera. Not a diagnosis.")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        return cls(canvas, Tagger(canvas), width, height, height - MARGIN)

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
        """Points left above the floor."""
        return float(self.y - self.floor)

    def next(self) -> None:
        """Go to a fresh page."""
        self.canvas.showPage()
        self.tags.next_page()
        self.y = self.height - MARGIN

    def close(self) -> None:
        """Write the document."""
        self.canvas.showPage()
        self.tags.finish()
        self.canvas.save()

    def gap(self, points: float) -> None:
        """Move down."""
        self.y -= points

    def measure(self, words: str, how: ParagraphStyle, width: float) -> float:
        """Return the height that wrapped text will take."""
        return float(self._block(words, how).wrap(width, 10_000)[1])

    def _block(self, words: str, how: ParagraphStyle) -> Paragraph:
        return Paragraph(escape(words).replace("\n", "<br/>"), how)

    def paragraph(
        self,
        words: str,
        how: ParagraphStyle,
        *,
        x: float | None = None,
        width: float | None = None,
        tag: str = "P",
    ) -> float:
        """Write wrapped, escaped text at the cursor and return its height; the cursor stays."""
        x = self.left if x is None else x
        width = self.right - x if width is None else width
        block = self._block(words, how)
        _, height = block.wrap(width, 10_000)
        with self.tags.leaf(tag):
            block.drawOn(self.canvas, x, self.y - height)
        return float(height)

    def flow(
        self,
        words: str,
        how: ParagraphStyle,
        *,
        x: float | None = None,
        width: float | None = None,
        tag: str = "P",
    ) -> None:
        """Write wrapped text and move the cursor below it."""
        self.y -= self.paragraph(words, how, x=x, width=width, tag=tag)

    def rule(self, colour: str = LINE) -> None:
        """Draw a thin line across the page."""
        with self.tags.artifact():
            self.canvas.setStrokeColor(HexColor(colour))
            self.canvas.setLineWidth(0.6)
            self.canvas.line(self.left, self.y, self.right, self.y)

    def panel(self, box: tuple[float, float, float, float], fill: str, edge: str = "") -> None:
        """Draw a filled box ``(x, y, width, height)`` with an optional edge."""
        with self.tags.artifact():
            self.canvas.saveState()
            self.canvas.setFillColor(HexColor(fill))
            self.canvas.setStrokeColor(HexColor(edge or fill))
            self.canvas.setLineWidth(0.8)
            self.canvas.roundRect(*box, 3, stroke=int(bool(edge)), fill=1)
            self.canvas.restoreState()

    def heading(self, words: str, *, x: float | None = None, width: float | None = None) -> None:
        """Write a section heading; over the whole page it has a line below."""
        self.gap(6)
        self.flow(words, style(9.5, bold=True), tag="H2", x=x, width=width)
        self.gap(2)
        if x is None:
            self.rule()
            self.gap(3)

    def picture(
        self, source: Path, box: tuple[float, float, float, float], alt: str, quality: int
    ) -> bool:
        """Draw a picture at the top left of ``(x, y, width, height)``; False if it is missing."""
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
        with self.tags.leaf("Figure", alt=alt):
            self.canvas.drawImage(reader, x, y + height - h * scale, w * scale, h * scale)
        return True

    def vector(self, png: bytes, box: tuple[float, float, float], alt: str) -> float:
        """Draw a plot (PNG) at ``(x, top, width)`` with its description; return its height."""
        reader = ImageReader(io.BytesIO(png))
        w, h = reader.getSize()
        x, top, width = box
        height = width * h / w
        with self.tags.leaf("Figure", alt=alt):
            self.canvas.drawImage(reader, x, top - height, width, height)
        return float(height)


def picture_ratio(source: Path) -> float:
    """Return width over height of a picture, 0 if it cannot be read."""
    image = cv2.imread(str(source)) if source.is_file() else None
    return 0.0 if image is None else float(image.shape[1] / image.shape[0])


def icon(page: Page, verdict: Verdict | None, x: float, y: float, r: float) -> None:
    """Draw a verdict's own shape around ``(x, y)``: disc, triangle, diamond, or a dash."""
    with page.tags.artifact():
        _shape(page.canvas, verdict, (x, y, r))


def _shape(c: Canvas, verdict: Verdict | None, at: tuple[float, float, float]) -> None:
    x, y, r = at
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

"""The structure tree of a tagged PDF: what is a heading, a paragraph, a table, a picture.

ReportLab draws pages but writes no structure; this adds it: marked content on the pages, and the
tree that a screen reader walks (PDF 1.7, ISO 32000-1, 14.7 and 14.8).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObjectReference,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas


@dataclass(slots=True)
class Element:
    """One node of the structure tree.

    Attributes
    ----------
    kind : str
        Standard structure type: ``H1``, ``P``, ``Figure``, ``Table``, ``TR``, ``TH``, ``TD``.
    alt : str
        Description of a figure.
    scope : str
        ``Row`` or ``Column`` of a table head.
    content : list of (page index, content id) or Element
        In reading order.
    """

    kind: str
    alt: str = ""
    scope: str = ""
    content: list["Element | tuple[int, int]"] = field(default_factory=list)


class Tagger:
    """Collects the structure while a canvas is drawn on, and writes it at the end.

    Parameters
    ----------
    canvas : reportlab.pdfgen.canvas.Canvas
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._root = Element("Document")
        self._open = [self._root]
        self._page = 0
        self._next_id = 0
        self._owners: list[list[Element]] = [[]]

    @contextmanager
    def group(self, kind: str, *, scope: str = "") -> Iterator[None]:
        """Open an element that holds those made inside the block."""
        element = Element(kind, scope=scope)
        self._open[-1].content.append(element)
        self._open.append(element)
        try:
            yield
        finally:
            self._open.pop()

    @contextmanager
    def leaf(self, kind: str, *, alt: str = "") -> Iterator[None]:
        """Mark what is drawn inside the block as one element's content."""
        element = Element(kind, alt=alt)
        self._open[-1].content.append(element)
        number = self._next_id
        self._next_id += 1
        element.content.append((self._page, number))
        self._owners[self._page].append(element)
        with self._marked(f"/{kind} <</MCID {number}>> BDC"):
            yield

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark what is drawn inside the block as decoration, which is not read aloud."""
        with self._marked("/Artifact BMC"):
            yield

    @contextmanager
    def _marked(self, opening: str) -> Iterator[None]:
        code = self._canvas._code
        code.append(opening)
        try:
            yield
        finally:
            code.append("EMC")

    def next_page(self) -> None:
        """Tell that the canvas has gone to a fresh page."""
        self._page += 1
        self._next_id = 0
        self._owners.append([])

    def finish(self) -> None:
        """Write the tree into the document; call after the last page, before saving."""
        document = self._canvas._doc
        pages = document.Pages.pages
        nodes: dict[int, tuple[Any, Any]] = {}
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        root_ref = document.Reference(root)
        self._register(document, self._root, nodes)
        self._link(document, self._root, root_ref, nodes)
        root["K"] = nodes[id(self._root)][1]
        numbers: list[Any] = []
        for index, owners in enumerate(self._owners[: len(pages)]):
            refs = PDFArray([nodes[id(e)][1] for e in owners])
            numbers += [index, document.Reference(refs)]
            page = pages[index]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = index, PDFName("S")
        root["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        root["ParentTreeNextKey"] = len(pages)
        self._canvas.setCatalogEntry("StructTreeRoot", root_ref)
        self._canvas.setCatalogEntry("MarkInfo", PDFDictionary({"Marked": "true"}))

    def _register(
        self, document: PDFDocument, element: Element, nodes: dict[int, tuple[Any, Any]]
    ) -> None:
        node = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.kind)})
        nodes[id(element)] = (node, document.Reference(node))
        for part in element.content:
            if isinstance(part, Element):
                self._register(document, part, nodes)

    def _link(
        self,
        document: PDFDocument,
        element: Element,
        parent: PDFObjectReference,
        nodes: dict[int, tuple[Any, Any]],
    ) -> None:
        node, ref = nodes[id(element)]
        node["P"] = parent
        if element.alt:
            node["Alt"] = PDFString(element.alt)
        if element.scope:
            head = {"O": PDFName("Table"), "Scope": PDFName(element.scope)}
            node["A"] = PDFDictionary(head)
        pages = document.Pages.pages
        kids: list[Any] = []
        for part in element.content:
            if isinstance(part, Element):
                self._link(document, part, ref, nodes)
                kids.append(nodes[id(part)][1])
            else:
                page, number = part
                node["Pg"] = document.Reference(pages[page])
                kids.append(number)
        node["K"] = PDFArray(kids)

"""The PDF report as an export; it is drawn in :mod:`formcheck.report.paper`."""

from pathlib import Path

from formcheck.files import whole_file
from formcheck.report.base import ReportData, export


@export("pdf", "One-page report (PDF)")
def write_pdf(data: ReportData, folder: Path) -> tuple[Path, ...]:
    """Write ``report.pdf``: page 1 the summary, then every step, curves, settings and edits.

    Parameters
    ----------
    data : ReportData
        `audience` and `paper` choose wording and size.
    folder : Path

    Returns
    -------
    tuple of Path
        The one file.
    """
    from formcheck.report.paper.summary import draw  # noqa: PLC0415 (heavy)

    path = folder / "report.pdf"
    with whole_file(path) as part:
        draw(data, part)
    return (path,)

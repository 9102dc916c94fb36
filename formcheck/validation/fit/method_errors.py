"""Learns the method errors anew (``fitted/method_errors.json``); seeds are never written."""

from collections.abc import Sequence

from formcheck.fitted.header import Header
from formcheck.fitted.method_errors import MethodErrors
from formcheck.uncertainty.fitting import ReportedValue, fit_method_errors, row_of
from formcheck.validation.score import ValueRow


def fit_rows(rows: Sequence[ValueRow], used: MethodErrors, header: Header) -> MethodErrors:
    """Return the table fitted on rows.

    Parameters
    ----------
    rows : sequence of ValueRow
        Rows without a value are left out.
    used : MethodErrors
        The errors (fitted and seeds) with which the rows were made.
    header : Header
        Its date goes into every entry.

    Returns
    -------
    MethodErrors
        Of groups with enough clips; seeds stand in for the others.
    """
    values = [
        ReportedValue(
            measure=r.measure_id,
            view=r.view,
            fps=r.fps,
            clip=r.clip,
            side=r.side,
            value=r.estimate,
            truth=r.truth,
            parts=r.error_parts,
            steps=r.per_step,
            read_from=r.read_from,
        )
        for r in rows
        if r.estimate is not None
    ]
    table = fit_method_errors([row_of(v, used) for v in values], date=header.date or "")
    return table.model_copy(update={"header": header})

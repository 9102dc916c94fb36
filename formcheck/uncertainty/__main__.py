"""Refit the method errors: ``python -m formcheck.uncertainty ROWS.json --out TABLE.json``.

ROWS.json is what ``formcheck validate`` keeps in its cache: one record per measure, side and clip,
with ``measure_id side view fps clip truth estimate sd``. Give rows of the fit set only: the clips
of the scored set must stay unseen.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from formcheck.uncertainty.fitting import FitRow, ReportedValue, fit_method_errors, row_of
from formcheck.uncertainty.method_errors import MethodErrors, load_method_errors


def rows_of(records: list[dict[str, Any]], used: MethodErrors) -> list[FitRow]:
    """Return the rows of the fit; values that were refused are left out.

    Parameters
    ----------
    records : list of dict
    used : MethodErrors
        The table with which the values were made.
    """
    return [
        row_of(
            ReportedValue(
                measure=r["measure_id"],
                view=r["view"],
                fps=r["fps"],
                clip=r["clip"],
                side=r["side"],
                value=r["estimate"],
                sd=r["sd"],
                truth=r["truth"],
            ),
            used,
        )
        for r in records
        if r["estimate"] is not None and r["sd"] is not None
    ]


def main(argv: list[str] | None = None) -> int:
    """Read rows, fit, and write the table."""
    parser = argparse.ArgumentParser(prog="python -m formcheck.uncertainty", description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="table to write")
    parser.add_argument("--used", type=Path, help="table the rows were made with, if not packaged")
    chosen = parser.parse_args(argv)
    used = load_method_errors()
    if chosen.used is not None:
        used = MethodErrors.model_validate_json(chosen.used.read_text(encoding="utf-8"))
    records = json.loads(chosen.rows.read_text(encoding="utf-8"))
    today = datetime.now(tz=UTC).date().isoformat()
    table = fit_method_errors(rows_of(records, used), date=today, base=used)
    text = json.dumps(table.model_dump(mode="json"), indent=1)
    chosen.out.write_text(text + "\n", encoding="utf-8")
    fitted = sum(e.n_clips > 0 for e in table.entries)
    sys.stderr.write(f"{fitted} of {len(table.entries)} entries fitted: {chosen.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

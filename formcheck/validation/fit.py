"""Fits the method errors on the `fit` people: ``python -m formcheck.validation.fit FIT_DIR``.

Writes ``formcheck/uncertainty/method_errors.json``. The clips that `formcheck validate` scores are
of other people; a folder that holds a clip of the `score` split is refused.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import formcheck.uncertainty
from formcheck.files import whole_file
from formcheck.kinematics.readings import using
from formcheck.uncertainty.fitting import ReportedValue, fit_method_errors, row_of
from formcheck.uncertainty.method_errors import MethodErrors, load_method_errors
from formcheck.validation.readings import without_person
from formcheck.validation.run import fit_files, measure_clips
from formcheck.validation.score import ValueRow

TABLE = Path(formcheck.uncertainty.__file__).with_name("method_errors.json")


def fit_rows(rows: Sequence[ValueRow], *, date: str) -> MethodErrors:
    """Return the table refitted on rows made with the table that ships now.

    Parameters
    ----------
    rows : sequence of ValueRow
        Rows without a value are left out.
    date : str
        ISO date, for the provenance.

    Returns
    -------
    MethodErrors
    """
    used = load_method_errors()
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
    return fit_method_errors([row_of(v, used) for v in values], date=date, base=used.seeds())


def _told(stage: str, done: int, total: int) -> None:
    sys.stderr.write(f"{stage} {done}/{total}\n")


def main(argv: Sequence[str] | None = None) -> None:
    """Run the fit from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fit_dir", type=Path)
    parser.add_argument("--cache", type=Path, default=None, help="keeps passes between runs")
    parser.add_argument("--workers", type=int, default=0)
    args = parser.parse_args(argv)
    files = fit_files(args.fit_dir)
    done = measure_clips(
        files,
        model="full",
        workers=args.workers,
        cache=args.cache,
        on_progress=_told,
        around=lambda truth: using(without_person(truth)),
    )
    table = fit_rows(done.rows, date=datetime.now(tz=UTC).date().isoformat())
    with whole_file(TABLE) as part:
        part.write_text(table.model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

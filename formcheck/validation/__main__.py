"""``python -m formcheck.validation refit FIT_DIR``: learns the tables of formcheck.fitted anew."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from formcheck.errors import FormcheckError
from formcheck.fitted import load_fitted
from formcheck.fitted.header import FOLDER
from formcheck.validation.fit import refit
from formcheck.validation.fit.clips import FitClips


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m formcheck.validation")
    commands = parser.add_subparsers(dest="command", required=True)
    own = commands.add_parser("refit", help="learn the tables anew from clips with known truth")
    own.add_argument("fit_dir", type=Path, help="clips of the fit split with *.truth.json")
    own.add_argument("--only", choices=list(refit.STEPS), help="one table, with the others as is")
    own.add_argument("--cache", type=Path, help="keeps passes between runs")
    own.add_argument("--dry-run", action="store_true", help="tell old against new, write nothing")
    own.add_argument("--out", type=Path, default=FOLDER, help="where tables go: formcheck/fitted")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 1 where the clips cannot be used."""
    args = _parser().parse_args(argv)
    with tempfile.TemporaryDirectory() as kept:
        try:
            clips = FitClips.of(args.fit_dir, args.cache or Path(kept))
            found = refit.refit(clips, load_fitted(), args.only, _report)
            # nothing is written before everything is learned: all or nothing
            for table in list(found):
                sys.stdout.write(refit.told(table) + "\n")
                if not args.dry_run:
                    refit.write(table, args.out)
        except FormcheckError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0


def _report(step: str, done: int, total: int) -> None:
    sys.stderr.write(f"{step} ({done + 1} of {total})\n")


if __name__ == "__main__":
    sys.exit(main())

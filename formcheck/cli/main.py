"""The entry point: turns every outcome into the exit status the contract names.

0 done, 2 wrong usage, 3 a clip cannot be analysed, 4 a batch finished with failures, 1 a bug.
"""

import json
import logging
import sys
from collections.abc import Sequence
from typing import Final

from formcheck.errors import FormcheckError
from formcheck.workers import keep_blas_single, start_early

EXIT_CLIP: Final = 3
EXIT_BATCH: Final = 4
EXIT_INTERRUPTED: Final = 130
_LOOKS_AT_PIXELS: Final = {"analyze", "demo"}
"""Commands whose workers load their libraries while this process loads its own."""


def print_error(error: FormcheckError) -> None:
    """Write the error's one line to stderr."""
    sys.stderr.write(f"{error}\n")


def print_json(value: object) -> None:
    """Write one JSON object to stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n")


def error_record(error: FormcheckError) -> dict[str, object]:
    """Return the error as it appears in JSON output."""
    record: dict[str, object] = {"code": error.code, "what": error.what, "hint": error.hint}
    if error.likely:
        record["likely"] = [
            {"protocol": name, "probability": round(share, 3)} for name, share in error.likely
        ]
    return record


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the status of the contract.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments; the process's own when left out.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    args = list(argv) if argv is not None else sys.argv[1:]
    keep_blas_single()
    sys.exit(run(args))


def run(args: list[str]) -> int:
    """Run one command and return its exit status; a bug (exit 1) keeps its traceback."""
    if args and args[0] in _LOOKS_AT_PIXELS and "--help" not in args:
        start_early()
    try:
        from formcheck.cli.app import build_app  # noqa: PLC0415 (may fail: say why below)

        build_app(args)(args, prog_name="formcheck")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except FormcheckError as error:
        return _report(error, args)
    except ImportError as error:
        from formcheck.doctor import explain_import_error  # noqa: PLC0415

        return _report(explain_import_error(error), args)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Nothing half-written was left.\n")
        return EXIT_INTERRUPTED
    return 0


def _report(error: FormcheckError, args: list[str]) -> int:
    print_error(error)
    if "--json" in args:
        print_json({"error": error_record(error)})
    return EXIT_CLIP

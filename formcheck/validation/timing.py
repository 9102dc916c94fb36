"""Refits the event times: ``python -m formcheck.validation.timing FIT_DIR``.

Writes ``formcheck/events/zero_model.json``. Run it before ``formcheck.validation.calibrate`` and
``formcheck.validation.fit``, which fit what is left. A folder that holds a clip of the `score`
split is refused.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

import formcheck.events
from formcheck.data import FloatArray
from formcheck.events.calibrate import Example, examples_of, fit
from formcheck.files import whole_file
from formcheck.keypoints import SIDES, Side
from formcheck.pipeline.measure import AnalysisRun
from formcheck.validation.run import analysed, fit_files
from formcheck.validation.truth import RUNS, Truth, read_truth

TABLE: Final = Path(formcheck.events.__file__).with_name("zero_model.json")
NOTE: Final = (
    "Fitted on rendered runners (MakeHuman bodies) whose contacts are known exactly; landmarks by "
    "MediaPipe full, unsmoothed, and the head's and back's motion in the pixels. Left out: each "
    "person in turn. None of these clips is scored."
)


def contacts_of(truth: Truth) -> dict[Side, FloatArray]:
    """Return strike and toe-off of every whole contact, seconds, shape (N, 2) per side."""
    return {
        side: np.array(
            [
                (c.strike_s, c.toe_off_s)
                for c in truth.contacts
                if c.side == side and c.strike_s is not None and c.toe_off_s is not None
            ]
        ).reshape(-1, 2)
        for side in SIDES
    }


def examples(pairs: Iterable[tuple[Truth, AnalysisRun]]) -> list[Example]:
    """Return the examples of analysed runs."""
    out: list[Example] = []
    for truth, run in pairs:
        out += examples_of(
            truth.name,
            run.trial.raw,
            run.trial.scene,
            contacts_of(truth),
            runner=truth.spec["body"],
            channels=run.observed.channels,
        )
    return out


def main(arguments: Sequence[str]) -> None:
    """Fit and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("fit_dir", type=Path, nargs="+")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--out", type=Path, default=TABLE)
    given = parser.parse_args(arguments)
    files = [path for folder in given.fit_dir for path in fit_files(folder)]
    files = [path for path in files if read_truth(path).protocol in RUNS]
    model = fit(examples(analysed(files, cache=given.cache)))
    model |= {"date": datetime.now(tz=UTC).date().isoformat(), "note": NOTE}
    text = json.dumps(model, separators=(",", ":")) + "\n"
    with whole_file(given.out) as part:
        part.write_text(text, encoding="utf-8")
    lines = [
        f"{view} {kind}: {json.dumps(errors)}"
        for view in ("side", "frontal")
        for kind, errors in model[view]["left_out"].items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

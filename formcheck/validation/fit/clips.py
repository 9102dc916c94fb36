"""The clips of a fit, analysed with the tables as they are at each step, and a table's header."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import formcheck
from formcheck.data import Given
from formcheck.fitted import Fitted, Header
from formcheck.pipeline.measure import AnalysisRun
from formcheck.validation.run import analysed, fit_files
from formcheck.validation.truth import Truth

Pair = tuple[Truth, AnalysisRun]
COMMAND: Final = "python -m formcheck.validation refit FIT_DIR"


@dataclass(slots=True)
class FitClips:
    """Clips of the fit split with their truth.

    Attributes
    ----------
    files : tuple of Path
        Truth files.
    cache : Path
        Where the pass over each clip is kept.
    """

    files: tuple[Path, ...]
    cache: Path
    _pairs: list[Pair] = field(default_factory=list)
    _of: Fitted | None = None

    @classmethod
    def of(cls, folder: Path, cache: Path) -> "FitClips":
        """Return the clips of a folder.

        Raises
        ------
        FormcheckError
            SETTING_INVALID if it holds a clip of another split.
        """
        return cls(files=fit_files(folder), cache=cache)

    def pairs(self, fitted: Fitted) -> list[Pair]:
        """Return each clip's truth with its trial, as the tables in `fitted` make it.

        What a trial shows hangs on the contact times alone; the other tables are handed to it. Its
        measurements are those of the first tables asked for: a step reads the trial.
        """
        if self._of is None or self._of.contact_times is not fitted.contact_times:
            self._pairs = list(analysed(self.files, cache=self.cache, fitted=fitted))
        self._of = fitted
        return [(truth, _given(run, fitted)) for truth, run in self._pairs]


def _given(run: AnalysisRun, fitted: Fitted) -> AnalysisRun:
    given = Given(settings=run.trial.given.settings, fitted=fitted)
    return replace(run, trial=replace(run.trial, given=given))


def header_of(pairs: Sequence[Pair]) -> Header:
    """Return the header of a table that is learned from clips."""
    models = {run.observed.model_sha256 for _, run in pairs}
    return Header(
        command=COMMAND,
        commit=commit_of_checkout(),
        date=datetime.now(tz=UTC).date().isoformat(),
        pose_model_sha256=models.pop() if len(models) == 1 else None,
        clips=tuple(sorted(truth.name for truth, _ in pairs)),
        people=len({str(truth.spec["body"]) for truth, _ in pairs}),
        split="fit",
    )


def commit_of_checkout() -> str | None:
    """Return the commit of the checkout, marked where files differ from it; None outside of one."""
    words = ("git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
    try:
        told = subprocess.run(
            words, cwd=Path(formcheck.__file__).parent, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return told.stdout.strip() or None

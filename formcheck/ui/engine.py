"""The only file of the app that calls the pipeline: the clip check, and starting an analysis."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np
import streamlit as st
from numpy.typing import NDArray

from formcheck import __version__
from formcheck.errors import FormcheckError
from formcheck.jobs import JobView, job_key
from formcheck.results import Analysis
from formcheck.settings import AnalyzeOptions
from formcheck.ui import state
from formcheck.ui.workspace import ClipEntry, Workspace

if TYPE_CHECKING:
    from formcheck.pipeline import ClipCheck

OUTPUTS: Final[dict[str, Any]] = {
    "frames": True,
    "video": "strides",
    "review": True,
    "report": ("html", "pdf"),
}
"""What the app always asks for: everything it shows or offers to download."""
FIRST_LOOK_PX: Final = 720


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a clip check: the check, or why the file can't be used."""

    check: "ClipCheck | None"
    error: tuple[str, str, str] = ("", "", "")


def stages() -> tuple[str, ...]:
    """Return the names of the steps of an analysis, in order."""
    from formcheck.progress import STAGES  # noqa: PLC0415 (loads MediaPipe)

    return STAGES


def options_of(entry: ClipEntry) -> AnalyzeOptions:
    """Return the options the user has set for a clip so far."""
    if not entry.options_json:
        return AnalyzeOptions(**OUTPUTS)
    return AnalyzeOptions.model_validate_json(entry.options_json)


def read_as_filmed(entries: Sequence[ClipEntry]) -> None:
    """Set test and leg of clips that were just added, where the user has said what they show."""
    known = state.filmed()
    if known is None:
        return
    protocol_id, leg = known
    for entry in entries:
        options = options_of(entry).model_copy(update={"protocol": protocol_id, "leg": leg})
        state.workspace().update(entry.id, options_json=options.model_dump_json(), job=entry.job)


def check(entry: ClipEntry, options: AnalyzeOptions) -> Checked:
    """Look at a clip for a few seconds; the same question is answered from memory."""
    return _check(entry.id, entry.video, entry.sha256, options.model_dump_json())


@st.cache_resource(scope="session", max_entries=6, show_spinner="Looking at your clip ...")
def _check(clip_id: str, video: str, sha256: str, options_json: str) -> Checked:  # noqa: ARG001
    from formcheck.pipeline import quick_check  # noqa: PLC0415 (loads MediaPipe)

    try:
        found = quick_check(Path(video), AnalyzeOptions.model_validate_json(options_json))
    except FormcheckError as error:
        return Checked(None, (error.code, error.what, error.hint))
    return Checked(found)


def thumbnail(picture: NDArray[np.uint8], side_px: int) -> NDArray[np.uint8]:
    """Return a picture no larger than `side_px`, by whole steps (for the page, not to measure)."""
    step = max(1, -(-max(picture.shape[:2]) // side_px))
    return picture[::step, ::step]


def keep_first_look(space: Workspace, entry: ClipEntry, poster_rgb: NDArray[np.uint8]) -> None:
    """Keep the clip check's picture beside the clip, to be shown while the work runs."""
    small = np.ascontiguousarray(thumbnail(poster_rgb, FIRST_LOOK_PX)[..., ::-1])
    ok, data = cv2.imencode(".jpg", small)
    if ok:
        space.write_first_look(entry.id, data.tobytes())


def start(space: Workspace, entry: ClipEntry, options: AnalyzeOptions) -> JobView | None:
    """Start the analysis of a clip, or find the one that is running or done.

    Returns
    -------
    JobView or None
        None if the very result is on disk already.
    """
    options_json = options.model_dump_json()
    key = job_key(space.token, entry.sha256, f"{entry.id} {__version__} {options_json}")
    space.update(entry.id, options_json=options_json, job=key)
    if space.result(entry.id, key) is not None:
        return None
    return state.shared().jobs.submit(key, _work(space, entry, options, key))


def _work(
    space: Workspace, entry: ClipEntry, options: AnalyzeOptions, key: str
) -> Callable[[Callable[[str, int, int], None], Callable[[], bool]], Path]:
    def work(on_progress: Callable[[str, int, int], None], cancel: Callable[[], bool]) -> Path:
        from formcheck.pipeline import analyze_file  # noqa: PLC0415 (loads MediaPipe)

        out = space.out_dir(entry.id, key)
        whole = False
        try:
            _, folder = analyze_file(
                Path(entry.video), out, options, on_progress=on_progress, cancel=cancel
            )
            whole = True
        finally:
            gone = space.clip(entry.id) is None
            if gone:
                space.delete(entry.id)
            elif not whole:
                shutil.rmtree(out, ignore_errors=True)
        return folder

    return work


@dataclass(frozen=True, slots=True)
class Finished:
    """A clip that has a result that can be read."""

    entry: ClipEntry
    folder: Path
    analysis: Analysis


def finished(space: Workspace) -> tuple[Finished, ...]:
    """Return the clips with their latest result, newest first; damaged or deleted ones are skipped.

    Parameters
    ----------
    space : Workspace
    """
    found = []
    for entry in space.clips():
        folder = space.latest_result(entry.id)
        if folder is None:
            continue
        try:
            found.append(Finished(entry, folder, read(folder)))
        except (FormcheckError, OSError):
            continue
    return tuple(found)


def read(folder: Path) -> Analysis:
    """Read a result folder's analysis.

    Raises
    ------
    FormcheckError
        RESULT_UNREADABLE if it is damaged.
    """
    path = folder / "analysis.json"
    return _read(str(path), path.stat().st_mtime_ns)


@st.cache_resource(scope="session", max_entries=16, show_spinner=False)
def _read(path: str, changed_ns: int) -> Analysis:  # noqa: ARG001 (part of the cache's key)
    try:
        return Analysis.model_validate_json(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        code = "RESULT_UNREADABLE"
        what = "the result of this clip can't be read"
        raise FormcheckError(code, what) from error

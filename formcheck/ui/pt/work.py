"""Results opened for corrections, and pictures of any moment: the consult's door to measuring."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from formcheck.edits import Draft, Edit, EditLog
from formcheck.errors import FormcheckError
from formcheck.jobs import JobView, job_key
from formcheck.render.draw import Image
from formcheck.render.moment_picture import (
    MomentPicture,
    moments_of,
    paint_moment,
    plain_frame,
)
from formcheck.render.moments import Moment
from formcheck.results import EARLIER_VALUES, Analysis, Measurement
from formcheck.ui import engine, state
from formcheck.ui.pt.consult import Shown

if TYPE_CHECKING:
    from formcheck.pipeline.remeasure import Bench, Remeasured

_KEPT: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Opened:
    """A clip opened for corrections.

    Attributes
    ----------
    now : Remeasured
        With the edits that count.
    """

    clip: Shown
    bench: "Bench"
    log: EditLog
    now: "Remeasured"

    @property
    def draft(self) -> Draft:
        """All steps, with those left out marked."""
        return self.now.draft

    @property
    def analysis(self) -> Analysis:
        """The values with the edits."""
        return self.now.analysis

    @property
    def has_video(self) -> bool:
        """True while the clip itself is still kept."""
        return bool(self.clip.entry.video) and Path(self.clip.entry.video).is_file()


def opened(clip: Shown) -> Opened | None:
    """Open a clip's result; None where it cannot be measured again."""
    from formcheck.edits import read_edits  # noqa: PLC0415
    from formcheck.pipeline.remeasure import edits_of  # noqa: PLC0415 (loads MediaPipe)

    try:
        bench = _bench(str(clip.folder), _stamp(clip.folder / "landmarks.npz"))
        log = read_edits(clip.folder, clip.analysis)
        key = "|".join(e.model_dump_json() for e in edits_of(log))
        now = _measured(str(clip.folder), key, bench, edits_of(log))
    except FormcheckError:
        return None
    return Opened(clip=clip, bench=bench, log=log, now=now)


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0


@st.cache_resource(scope="session", max_entries=_KEPT, show_spinner="Opening the measurements ...")
def _bench(folder: str, changed_ns: int) -> "Bench":  # noqa: ARG001 (part of the cache's key)
    from formcheck.pipeline.remeasure import Bench  # noqa: PLC0415 (loads MediaPipe)

    return Bench(Path(folder))


@st.cache_resource(scope="session", max_entries=4 * _KEPT, show_spinner=False)
def _measured(
    folder: str,  # noqa: ARG001 (part of the cache's key)
    key: str,  # noqa: ARG001
    _bench: "Bench",
    _edits: tuple[Edit, ...],
) -> "Remeasured":
    return _bench.measure(_edits)


def edit(work: Opened, change: Edit) -> EditLog:
    """Apply one more correction, measure again and keep the result.

    Raises
    ------
    FormcheckError
        EDIT_INVALID if it does not fit; nothing is changed then.
    """
    log, now = work.bench.add(work.log, change)
    _save(work, log, now)
    return log


def step_back(work: Opened, *, redo: bool = False) -> None:
    """Undo the newest correction, or redo the one undone last."""
    from formcheck.pipeline.remeasure import edits_of  # noqa: PLC0415

    log = work.log.redone() if redo else work.log.undone()
    _save(work, log, work.bench.measure(edits_of(log)))


def _save(work: Opened, log: EditLog, now: "Remeasured") -> None:
    from formcheck.pipeline.remeasure import save_edited  # noqa: PLC0415

    save_edited(work.clip.folder, log, now)


def start_redraw(work: Opened) -> JobView:
    """Draw the result's pictures anew in the background."""
    return state.shared().jobs.submit(_redraw_key(work), lambda _, cancel: redraw(work, cancel))


def redraw_job(work: Opened) -> JobView | None:
    """Return the drawing job of a clip's present edits, None if there is none."""
    return state.shared().jobs.view(_redraw_key(work))


def _redraw_key(work: Opened) -> str:
    ids = ",".join(e.id for e in work.log.active)
    return job_key(state.workspace().token, str(work.clip.folder), f"redraw {ids}")


def redraw(work: Opened, cancel: Callable[[], bool] | None = None) -> Path:
    """Draw a result's pictures, clips and reports anew, now.

    Raises
    ------
    FormcheckError
        If the video can't be read any more.
    """
    from formcheck.pipeline.redraw import redraw as draw  # noqa: PLC0415

    options = engine.options_of(work.clip.entry)
    video = Path(work.clip.entry.video)
    draw(work.clip.folder, video, work.log, work.now, options, cancel=cancel)
    return work.clip.folder


def is_stale(clip: Shown) -> bool:
    """Tell whether a result's pictures show values from before its edits."""
    return any(f.caption.endswith(EARLIER_VALUES) for f in clip.analysis.frames)


def moments(work: Opened, index: int | None = None) -> tuple[Moment, ...]:
    """Return the key moments of the typical steps, or of one."""
    trial = work.now.trial if index is None else work.draft.trial
    return moments_of(trial, work.analysis.measurements, index)


def picture(work: Opened, moment: Moment) -> MomentPicture | None:
    """Return the annotated picture of a moment, with the values as they are now."""
    if not work.has_video:
        return None
    ids = ",".join(e.id for e in work.log.active)
    key = f"{work.clip.folder}|{_stamp(work.clip.folder / 'landmarks.npz')}|{ids}|{moment}"
    try:
        return _painted(key, work, moment)
    except FormcheckError:
        return None


@st.cache_resource(scope="session", max_entries=8 * _KEPT, show_spinner="Drawing ...")
def _painted(key: str, _work: Opened, _moment: Moment) -> MomentPicture:  # noqa: ARG001
    clip = _work.now.trial.clip.with_(path=Path(_work.clip.entry.video))
    values: tuple[Measurement, ...] = _work.analysis.measurements
    blur = engine.options_of(_work.clip.entry).blur_face
    return paint_moment(clip, _work.now.trial, values, _moment, blur_face=blur)


def frame(work: Opened, number: int) -> Image | None:
    """Return one frame as filmed, with the body's lines; None if it cannot be read."""
    if not work.has_video:
        return None
    ids = ",".join(e.id for e in work.log.active)
    try:
        return _frame(f"{work.clip.folder}|{ids}|{number}", work, number)
    except FormcheckError:
        return None


@st.cache_resource(scope="session", max_entries=8 * _KEPT, show_spinner=False)
def _frame(key: str, _work: Opened, _number: int) -> Image:  # noqa: ARG001
    trial = _work.draft.trial
    clip = trial.clip.with_(path=Path(_work.clip.entry.video))
    blur = engine.options_of(_work.clip.entry).blur_face
    return plain_frame(clip, trial, _number, blur_face=blur)

"""Draw a result's pictures anew after corrections: the part of editing that needs the video."""

import shutil
from pathlib import Path

from formcheck.edits import EditLog
from formcheck.errors import FormcheckError
from formcheck.files import part_name, write_error
from formcheck.pipeline.remeasure import Remeasured, present_reports, save_edited, write_reports
from formcheck.render.clip import write_strides
from formcheck.render.keyframes import FOLDER, write_keyframes
from formcheck.results import Analysis
from formcheck.settings import AnalyzeOptions, RenderSettings
from formcheck.store.analysis_file import write_analysis

_CLIP = "strides.mp4"


def redraw(
    folder: Path,
    video: Path,
    log: EditLog,
    remeasured: Remeasured,
    options: AnalyzeOptions,
) -> Analysis:
    """Draw key frames and the slow-motion clip anew, and write the result with them.

    Parameters
    ----------
    folder : Path
        The result folder.
    video : Path
        Where the clip lies now.
    log : EditLog
    remeasured : Remeasured
        The result with the edits of `log`.
    options : AnalyzeOptions
        Whether the face is hidden.

    Returns
    -------
    Analysis
        As written.

    Raises
    ------
    FormcheckError
        FILE_NOT_FOUND if the video was deleted; what reading and writing raise.
    """
    if not video.is_file():
        code = "FILE_NOT_FOUND"
        raise FormcheckError(code, "the video of this result is no longer there")
    trial = remeasured.trial
    clip = trial.clip.with_(path=video)
    measured = remeasured.analysis.measurements
    settings, blur = RenderSettings(), options.blur_face
    part = part_name(folder / "redrawn")
    try:
        frames = write_keyframes(clip, trial, measured, part, settings, blur_face=blur)
        if (folder / _CLIP).is_file():
            write_strides(clip, trial, measured, part / _CLIP, settings, blur_face=blur)
        _replace(part, folder)
    except OSError as cause:
        raise write_error(cause, folder) from cause
    finally:
        shutil.rmtree(part, ignore_errors=True)
    saved = save_edited(folder, log, remeasured, report=False)
    analysis = saved.model_copy(update={"frames": frames})
    write_analysis(analysis, folder / "analysis.json")
    write_reports(folder, analysis, trial, keys=present_reports(folder))
    return analysis


def _replace(part: Path, folder: Path) -> None:
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    for entry in part.iterdir():
        entry.replace(folder / entry.name)

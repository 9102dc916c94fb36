"""Draw a result anew after corrections: the only part of editing that needs the video."""

from dataclasses import replace
from pathlib import Path

from formcheck.edits import EditLog
from formcheck.errors import FormcheckError
from formcheck.pipeline.output import write_result
from formcheck.pipeline.remeasure import LANDMARKS, Remeasured, records_of
from formcheck.progress import CancelCheck
from formcheck.results import Analysis
from formcheck.settings import AnalyzeOptions, RenderSettings
from formcheck.store.analysis_file import read_analysis


def redraw(
    folder: Path,
    video: Path,
    log: EditLog,
    remeasured: Remeasured,
    options: AnalyzeOptions,
    *,
    cancel: CancelCheck | None = None,
) -> Analysis:
    """Write pictures, clips and reports of a result anew; the folder is swapped when it is whole.

    Parameters
    ----------
    folder : Path
        The result folder; its log of edits and its landmarks stay as they are.
    video : Path
        Where the clip lies now.
    log : EditLog
    remeasured : Remeasured
        The result with the edits of `log`.
    options : AnalyzeOptions
        What to write, and whether the face is hidden.
    cancel : callable, optional

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
    shown = replace(trial, clip=trial.clip.with_(path=video))
    clip = remeasured.analysis.clip.model_copy(update={"path": read_analysis(folder).clip.path})
    analysis = remeasured.analysis.model_copy(update={"edits": records_of(log), "clip": clip})
    return write_result(
        analysis,
        shown,
        remeasured.trial.raw,
        folder,
        options,
        RenderSettings(),
        landmarks_file=folder / LANDMARKS,
        cancel=cancel,
    )

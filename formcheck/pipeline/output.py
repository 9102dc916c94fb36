"""Writes a result folder: pictures, clip, report, tables, landmarks, analysis."""

from datetime import datetime
from pathlib import Path

from formcheck.data import PoseSequence, Trial
from formcheck.errors import FormcheckError
from formcheck.pipeline.progress import CancelCheck, OnProgress, silent
from formcheck.render.clip import write_full, write_strides
from formcheck.render.keyframes import write_keyframes
from formcheck.report.base import EXPORTS, ReportData
from formcheck.results import Analysis
from formcheck.settings import AnalyzeOptions, RenderSettings
from formcheck.store.analysis_file import write_analysis
from formcheck.store.folder import ResultFolder
from formcheck.store.landmarks import Context, save_landmarks

_CLIP_FILES = {"strides": "strides.mp4", "full": "annotated.mp4"}


def result_folder(path: Path, out_dir: Path) -> Path:
    """Return where the result of a clip goes: a folder named after it, in `out_dir`."""
    return out_dir / path.stem


def write_result(  # noqa: PLR0913 (the whole of a result)
    analysis: Analysis,
    trial: Trial,
    landmarks: PoseSequence,
    folder: Path,
    options: AnalyzeOptions,
    settings: RenderSettings,
    *,
    context: Context | None = None,
    on_progress: OnProgress = silent,
    cancel: CancelCheck | None = None,
) -> Analysis:
    """Write everything into `folder`, which appears whole or not at all.

    Returns
    -------
    Analysis
        With the key frames that were written.
    """

    def go_on() -> None:
        if cancel is not None and cancel():
            what = "stopped while drawing"
            raise FormcheckError("CANCELLED", what)

    with ResultFolder(folder) as part:
        on_progress("Drawing", 0, 2)
        if options.frames:
            frames = write_keyframes(
                trial.clip,
                trial,
                analysis.measurements,
                part,
                settings,
                blur_face=options.blur_face,
            )
            analysis = analysis.model_copy(update={"frames": frames})
        go_on()
        on_progress("Drawing", 1, 2)
        clip_file = _write_clip(analysis, trial, part, options, settings)
        go_on()
        on_progress("Drawing", 2, 2)
        on_progress("Writing", 0, 1)
        data = ReportData(
            analysis=analysis,
            folder=part,
            trial=trial,
            audience=options.audience,
            paper=options.paper,
            date=datetime.now().astimezone().date().isoformat(),
            clip_file=clip_file,
            settings=settings,
        )
        for key in ("csv", *options.report, *options.exports):
            EXPORTS[key].write(data, part)
        save_landmarks(part / "landmarks.npz", trial.clip, landmarks, trial.channels, context)
        write_analysis(analysis, part / "analysis.json")
        on_progress("Writing", 1, 1)
    return analysis


def _write_clip(
    analysis: Analysis, trial: Trial, part: Path, options: AnalyzeOptions, settings: RenderSettings
) -> str:
    if options.video == "none":
        return ""
    name = _CLIP_FILES[options.video]
    write = write_strides if options.video == "strides" else write_full
    written = write(
        trial.clip,
        trial,
        analysis.measurements,
        part / name,
        settings,
        blur_face=options.blur_face,
    )
    return name if written is not None else ""

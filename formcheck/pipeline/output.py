"""Writes a result folder: pictures, clip, report, tables, landmarks, analysis."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from formcheck.data import PoseSequence, Trial
from formcheck.errors import FormcheckError
from formcheck.files import whole_file
from formcheck.progress import CancelCheck, OnProgress, silent
from formcheck.render.clip import representative_span, write_full, write_strides
from formcheck.render.clip_captions import clip_webvtt
from formcheck.render.keyframes import write_keyframes
from formcheck.render.review import write_review
from formcheck.report.base import EXPORTS, ReportData
from formcheck.results import Analysis
from formcheck.settings import AnalyzeOptions, RenderSettings
from formcheck.store.analysis_file import write_analysis
from formcheck.store.folder import ResultFolder
from formcheck.store.landmarks import Context, save_landmarks

_CLIP_FILES = {"strides": "strides.mp4", "full": "annotated.mp4"}


def write_result(  # noqa: PLR0913 (the whole of a result)
    analysis: Analysis,
    trial: Trial,
    landmarks: PoseSequence,
    folder: Path,
    options: AnalyzeOptions,
    settings: RenderSettings,
    *,
    context: Context | None = None,
    landmarks_file: Path | None = None,
    on_progress: OnProgress = silent,
    cancel: CancelCheck | None = None,
) -> Analysis:
    """Write everything into `folder`, which appears whole or not at all.

    Parameters
    ----------
    landmarks_file : Path, optional
        Copied in the place of landmarks written anew: corrections never change what was seen.

    Returns
    -------
    Analysis
        With the key frames that were written.
    """

    def go_on() -> None:
        if cancel is not None and cancel():
            what = "stopped while drawing"
            raise FormcheckError("CANCELLED", what)

    # the clip is decoded, drawn and encoded beside the rest: most of that is native code
    with ResultFolder(folder) as part, ThreadPoolExecutor(2, "clip") as beside:
        on_progress("Drawing", 0, 2)
        clip_file = _clip_file(analysis, trial, options, settings)
        drawn = [beside.submit(_write_clip, analysis, trial, part, options, settings)]
        if options.review:
            drawn.append(
                beside.submit(_write_review, analysis, trial, part, options, settings, cancel)
            )
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
        for each in drawn:
            each.result()
        go_on()
        on_progress("Drawing", 2, 2)
        on_progress("Writing", 0, 1)
        if landmarks_file is not None:
            shutil.copyfile(landmarks_file, part / "landmarks.npz")
        else:
            # the name only: a folder's path tells who works here
            clip = trial.clip.with_(path=Path(trial.clip.path.name))
            save_landmarks(part / "landmarks.npz", clip, landmarks, trial.channels, context)
        write_analysis(analysis, part / "analysis.json")
        on_progress("Writing", 1, 1)
    return analysis


def _write_review(
    analysis: Analysis,
    trial: Trial,
    part: Path,
    options: AnalyzeOptions,
    settings: RenderSettings,
    cancel: CancelCheck | None,
) -> None:
    blur = options.blur_face
    write_review(trial, analysis.measurements, part, settings, blur_face=blur, cancel=cancel)


def _clip_file(
    analysis: Analysis, trial: Trial, options: AnalyzeOptions, settings: RenderSettings
) -> str:
    """Return the name that the annotated clip will have, empty if there will be none."""
    if options.video == "none":
        return ""
    if options.video == "strides" and not representative_span(
        trial, analysis.measurements, settings
    ):
        return ""
    return _CLIP_FILES[options.video]


def _write_clip(
    analysis: Analysis, trial: Trial, part: Path, options: AnalyzeOptions, settings: RenderSettings
) -> None:
    if options.video == "none":
        return
    write = write_strides if options.video == "strides" else write_full
    path = part / _CLIP_FILES[options.video]
    written = write(
        trial.clip, trial, analysis.measurements, path, settings, blur_face=options.blur_face
    )
    if written is not None:
        whole = options.video == "full"
        words = clip_webvtt(trial, analysis.measurements, settings, whole=whole)
        with whole_file(path.with_suffix(".vtt")) as part_file:
            part_file.write_text(words, encoding="utf-8")

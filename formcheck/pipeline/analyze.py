"""One clip from file to result folder."""

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import formcheck
from formcheck.assess.findings import movement_findings
from formcheck.data import PoseSequence, Trial
from formcheck.pipeline.interpret import Interpretation, interpret
from formcheck.pipeline.look_again import looked_again
from formcheck.pipeline.observe import Observed, context_of, observe
from formcheck.pipeline.output import result_folder, write_result
from formcheck.pipeline.progress import CancelCheck, OnProgress, silent
from formcheck.pipeline.records import clip_record, event_records, rep_records
from formcheck.pixels import PassControl
from formcheck.quality import relevant
from formcheck.registry import PROTOCOLS
from formcheck.results import Analysis, PoseRecord, ProtocolRecord, Versions
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.store.folder import check_target
from formcheck.uncertainty import Blocks, evaluate_trial

# choices that change what is written beside the numbers, not the numbers
_OUTPUT_ONLY = {
    "workers",
    "frames",
    "video",
    "review",
    "report",
    "exports",
    "blur_face",
    "audience",
    "paper",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AnalysisRun:
    """An analysis with what it was made from.

    Attributes
    ----------
    landmarks : PoseSequence
        The runner as the model saw them, nothing repaired.
    """

    analysis: Analysis
    trial: Trial
    landmarks: PoseSequence
    observed: Observed


def settings_digest(settings: Settings, options: AnalyzeOptions) -> str:
    """Return a digest that changes with anything that may change a number."""
    words = settings.sha256() + options.model_dump_json(exclude=_OUTPUT_ONLY)
    return hashlib.sha256(words.encode()).hexdigest()


def analyze_clip(
    path: Path,
    options: AnalyzeOptions,
    *,
    settings: Settings | None = None,
    on_progress: OnProgress = silent,
    cancel: CancelCheck | None = None,
    cache_dir: Path | None = None,
) -> AnalysisRun:
    """Analyse a clip without writing anything.

    Parameters
    ----------
    path : Path
    options : AnalyzeOptions
        What the user chose; the rest is detected.
    settings : Settings, optional
    on_progress : callable, optional
        Told the stage, items done and items in all.
    cancel : callable, optional
        Asked now and then; True stops the work.
    cache_dir : Path, optional
        Keeps the pass over the pixels between runs (validation).

    Raises
    ------
    FormcheckError
        If the clip cannot be analysed; code and hint say why and what to do.
    """
    settings = settings if settings is not None else Settings()
    observed = observe(
        path, options, settings, on_progress=on_progress, cancel=cancel, cache_dir=cache_dir
    )
    found = _found(observed, options, settings, on_progress)
    control = PassControl(
        workers=options.workers,
        on_progress=lambda _stage, done, total: on_progress("Measuring", done, total),
        is_cancelled=cancel or (lambda: False),
    )
    observed, found = looked_again(observed, found, settings, control, cache_dir)
    return _measured(observed, found, options, settings, on_progress)


def measure(
    observed: Observed,
    options: AnalyzeOptions,
    settings: Settings,
    *,
    on_progress: OnProgress = silent,
) -> AnalysisRun:
    """Do everything that follows the pixels: events, measures, intervals, findings."""
    found = _found(observed, options, settings, on_progress)
    return _measured(observed, found, options, settings, on_progress)


def _found(
    observed: Observed, options: AnalyzeOptions, settings: Settings, on_progress: OnProgress
) -> Interpretation:
    on_progress("Finding steps", 0, 1)
    found = interpret(observed, options, settings)
    on_progress("Finding steps", 1, 1)
    return found


def _measured(
    observed: Observed,
    found: Interpretation,
    options: AnalyzeOptions,
    settings: Settings,
    on_progress: OnProgress,
) -> AnalysisRun:
    on_progress("Measuring", 0, 1)
    analysis = assembled(observed, found, options, settings)
    on_progress("Measuring", 1, 1)
    return AnalysisRun(
        analysis=analysis, trial=found.trial, landmarks=observed.landmarks, observed=observed
    )


def assembled(
    observed: Observed, found: Interpretation, options: AnalyzeOptions, settings: Settings
) -> Analysis:
    """Measure what was found and put the analysis together, without pictures."""
    trial = found.trial
    protocol = PROTOCOLS[trial.protocol_id]
    measurements = evaluate_trial(
        trial, protocol.measures, settings.uncertainty, blocks=Blocks.of(found.findings)
    )
    record = clip_record(trial.clip, trial.scene)
    return Analysis(
        clip=record,
        protocol=ProtocolRecord(id=trial.protocol_id),
        pose=_pose_record(observed, found),
        events=event_records(found.events),
        reps=rep_records(trial.reps),
        measurements=measurements,
        findings=(
            *movement_findings(measurements, record),
            *relevant(found.findings, protocol.measures),
        ),
        versions=Versions(
            formcheck=formcheck.__version__,
            mediapipe=version("mediapipe"),
            settings_sha256=settings_digest(settings, options),
        ),
    )


def _pose_record(observed: Observed, found: Interpretation) -> PoseRecord:
    return PoseRecord(
        backend="mediapipe",
        model=observed.model,
        model_sha256=observed.model_sha256,
        detection_rate=round(float(observed.person.detection_rate), 4),
        swaps_repaired=found.n_swaps,
        frames_dropped=found.n_dropped,
    )


def analyze_file(
    path: Path,
    out_dir: Path,
    options: AnalyzeOptions,
    *,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
    cancel: CancelCheck | None = None,
) -> tuple[Analysis, Path]:
    """Analyse a clip and write its result folder, whole or not at all.

    Parameters
    ----------
    path : Path
    out_dir : Path
        The clip gets a folder of its own in it, named after the clip.
    options : AnalyzeOptions

    Returns
    -------
    Analysis
        With the pictures written.
    Path
        The result folder.

    Raises
    ------
    FormcheckError
        If the clip cannot be analysed or the folder not written.
    """
    settings = settings if settings is not None else Settings()
    report = on_progress or silent
    folder = result_folder(path, out_dir)
    check_target(folder)
    run = analyze_clip(path, options, settings=settings, on_progress=report, cancel=cancel)
    analysis = write_result(
        run.analysis,
        run.trial,
        run.landmarks,
        folder,
        options,
        settings.render,
        context=context_of(run.observed, options),
        on_progress=report,
        cancel=cancel,
    )
    return analysis, folder

"""Second half of an analysis: from landmarks and channels to numbers, without pictures."""

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import formcheck
from formcheck.assess.findings import movement_findings
from formcheck.assess.placing import with_places
from formcheck.data import PoseSequence, Trial
from formcheck.fitted import Fitted, load_fitted
from formcheck.pipeline.interpret import Interpretation, interpret
from formcheck.pipeline.look_again import looked_again
from formcheck.pipeline.observe import Observed
from formcheck.pipeline.records import clip_record, event_records, rep_records
from formcheck.pixels import PassControl
from formcheck.progress import CancelCheck, OnProgress, silent
from formcheck.quality import relevant
from formcheck.registry import MEASURES, PROTOCOLS
from formcheck.results import Analysis, PoseRecord, ProtocolRecord, Versions
from formcheck.settings import AnalyzeOptions, Settings
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


def settings_digest(
    settings: Settings, options: AnalyzeOptions, fitted: Fitted | None = None
) -> str:
    """Return a digest that changes with anything that may change a number.

    Parameters
    ----------
    settings : Settings
    options : AnalyzeOptions
    fitted : Fitted, optional
        The tables that ship with the package when left out.
    """
    learned = (fitted or load_fitted()).sha256
    chosen = options.model_dump_json(exclude=_OUTPUT_ONLY)
    words = settings.sha256() + learned + MEASURES.sha256() + chosen
    return hashlib.sha256(words.encode()).hexdigest()


def measure_looking_again(  # noqa: PLR0913 (with what, and who is told)
    observed: Observed,
    options: AnalyzeOptions,
    settings: Settings,
    *,
    fitted: Fitted | None = None,
    on_progress: OnProgress = silent,
    cancel: CancelCheck | None = None,
    cache_dir: Path | None = None,
) -> AnalysisRun:
    """Do everything that follows the pass, a second look at a few pictures included."""
    found = _found(observed, options, settings, fitted, on_progress)
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
    fitted: Fitted | None = None,
    on_progress: OnProgress = silent,
) -> AnalysisRun:
    """Do everything that follows the pixels: events, measures, intervals, findings."""
    found = _found(observed, options, settings, fitted, on_progress)
    return _measured(observed, found, options, settings, on_progress)


def _found(
    observed: Observed,
    options: AnalyzeOptions,
    settings: Settings,
    fitted: Fitted | None,
    on_progress: OnProgress,
) -> Interpretation:
    on_progress("Finding steps", 0, 1)
    found = interpret(observed, options, settings, fitted)
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
    measurements = with_places(
        evaluate_trial(
            trial, protocol.measures, settings.uncertainty, blocks=Blocks.of(found.findings)
        ),
        protocol=trial.protocol_id,
        surface=trial.scene.surface,
        belt_speed_mps=trial.belt_speed_mps,
        sex=options.sex,
        age=options.age,
    )
    record = clip_record(trial.clip, trial.scene)
    return Analysis(
        clip=record,
        protocol=ProtocolRecord(id=trial.protocol_id),
        recognition=found.recognition,
        pose=_pose_record(observed, found),
        events=event_records(found.events),
        reps=rep_records(trial.reps),
        measurements=measurements,
        findings=(
            *movement_findings(measurements, record, protocol.id),
            *relevant(found.findings, protocol.measures),
        ),
        versions=Versions(
            formcheck=formcheck.__version__,
            mediapipe=version("mediapipe"),
            settings_sha256=settings_digest(settings, options, trial.given.fitted),
            fitted_sha256=trial.given.fitted.sha256,
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

"""Runs the whole analysis on every clip that lies beside a truth file, and scores it."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from formcheck import __version__
from formcheck.data import FloatArray
from formcheck.errors import FormcheckError
from formcheck.fitted import Fitted
from formcheck.keypoints import View
from formcheck.pipeline.analyze import analyze_clip
from formcheck.pipeline.measure import AnalysisRun
from formcheck.progress import OnProgress, silent
from formcheck.registry import MEASURES, PROTOCOLS
from formcheck.settings import AnalyzeOptions, ModelName
from formcheck.validation import baselines
from formcheck.validation.ladder import Climb, climbs
from formcheck.validation.legs import wrong_leg_frames
from formcheck.validation.page import write_page
from formcheck.validation.score import EventScore, ValueRow, match_events
from formcheck.validation.softness import part_names, true_softness
from formcheck.validation.truth import RUNS, Truth, TruthKey, read_truth, true_values

SUFFIX: Final = ".truth.json"
EDGE_S: Final = 0.15
"""Events this near the clip's ends are neither asked for nor held against it."""


@dataclass(slots=True)
class Validation:
    """Everything measured on a set of clips."""

    rows: list[ValueRow] = field(default_factory=list)
    events: list[EventScore] = field(default_factory=list)
    raw: list[ValueRow] = field(default_factory=list)
    lowest_ankle: list[ValueRow] = field(default_factory=list)
    parts: list[ValueRow] = field(default_factory=list)
    refused: list[tuple[str, str, str]] = field(default_factory=list)
    scenes: list[tuple[str, str, str]] = field(default_factory=list)
    climbs: list[Climb] = field(default_factory=list)
    legs: list[tuple[str, int, int]] = field(default_factory=list)


def truth_files(folder: Path) -> tuple[Path, ...]:
    """Return the truth files below `folder` whose clip lies beside them.

    Raises
    ------
    FormcheckError
        FILE_NOT_FOUND if there is none.
    """
    found = tuple(p for p in sorted(folder.rglob(f"*{SUFFIX}")) if clip_of(p).exists())
    if not found:
        what = f"{folder} holds no clip with a truth file beside it"
        hint = "A clip NAME.mp4 needs NAME.truth.json beside it; sample_videos/ has some."
        msg = "FILE_NOT_FOUND"
        raise FormcheckError(msg, what, hint)
    return found


def clip_of(truth_path: Path) -> Path:
    """Return the clip that a truth file describes."""
    return truth_path.with_name(truth_path.name.removesuffix(SUFFIX) + ".mp4")


def validate_folder(
    folder: Path,
    out: Path,
    *,
    model: ModelName = "full",
    workers: int = 0,
    cache: Path | None = None,
    on_progress: OnProgress | None = None,
) -> str:
    """Score every clip of `folder` and write the accuracy page.

    Parameters
    ----------
    folder : Path
        Holds ``NAME.mp4`` beside ``NAME.truth.json``, at any depth.
    out : Path
        Markdown page to write; plots go into a folder beside it.
    cache : Path, optional
        Where landmarks are kept between runs, by clip content and settings.

    Returns
    -------
    str
        One line that sums up.
    """
    report = on_progress or silent
    files = truth_files(folder)
    validation = measure_clips(files, model=model, workers=workers, cache=cache, on_progress=report)
    write_page(validation, out, model=model, n_clips=len(files), version=__version__)
    rows_path = out.with_suffix(".rows.json")
    if cache is not None:
        rows_path = cache / "rows.json"
        rows_path.write_text(json.dumps([asdict(r) for r in validation.rows]), encoding="utf-8")
    return f"{len(files)} clips scored, {len(validation.refused)} refused; page: {out.resolve()}"


def measure_clips(
    files: Sequence[Path],
    *,
    model: ModelName,
    workers: int,
    cache: Path | None,
    on_progress: OnProgress,
    fitted: Callable[[Truth], Fitted] | None = None,
) -> Validation:
    """Analyse each clip and collect rows; a clip that is refused counts as refused everywhere.

    `fitted` gives the learned tables a clip is analysed with.
    """
    validation = Validation()
    for k, path in enumerate(files):
        on_progress("Clip", k, len(files))
        truth = read_truth(path)
        try:
            tables = None if fitted is None else fitted(truth)
            run = analyse(truth, path, model=model, workers=workers, cache=cache, fitted=tables)
        except FormcheckError as error:
            validation.refused.append((truth.name, error.code, error.what))
            validation.rows += _refused_rows(truth, model, error)
            continue
        _collect(validation, truth, run, model)
    on_progress("Clip", len(files), len(files))
    return validation


def analyse(
    truth: Truth,
    path: Path,
    *,
    model: ModelName = "full",
    workers: int = 0,
    cache: Path | None = None,
    fitted: Fitted | None = None,
) -> AnalysisRun:
    """Analyse the clip of a truth file as its user would, with what the user knows.

    Raises
    ------
    FormcheckError
        As `analyze_clip`.
    """
    options = AnalyzeOptions(
        protocol=truth.protocol if truth.protocol in PROTOCOLS else "auto",
        belt_speed_mps=truth.belt_speed_mps,
        height_cm=truth.height_cm,
        mirrored=truth.mirrored,
        model=model,
        workers=workers,
    )
    return analyze_clip(clip_of(path), options, cache_dir=cache, fitted=fitted)


def analysed(
    files: Sequence[Path], *, cache: Path | None, fitted: Fitted | None = None
) -> Iterator[tuple[Truth, AnalysisRun]]:
    """Yield each clip's truth with its analysis; clips that are refused are left out."""
    for path in files:
        truth = read_truth(path)
        try:
            yield truth, analyse(truth, path, cache=cache, fitted=fitted)
        except FormcheckError:
            continue


def fit_files(folder: Path) -> tuple[Path, ...]:
    """Return the truth files of a folder of the fit split.

    Raises
    ------
    FormcheckError
        SETTING_INVALID if it holds any other clip: what is scored must not be fitted.
    """
    files = truth_files(folder)
    scored = [f.name for f in files if read_truth(f).split != "fit"]
    if scored:
        what = f"not of the fit split: {', '.join(scored)}"
        msg = "SETTING_INVALID"
        raise FormcheckError(msg, what, "Fit on fit people only.")
    return files


def _collect(validation: Validation, truth: Truth, run: AnalysisRun, model: str) -> None:
    values = asked_values(truth)
    validation.parts += _part_rows(truth, run, model)
    validation.climbs += climbs(truth, run, values)
    if truth.view == View.SIDE and truth.protocol in RUNS:
        validation.legs.append((truth.name, *wrong_leg_frames(truth, run.trial.raw)))
    validation.scenes.append((truth.name, truth.view, str(run.trial.scene.view)))
    validation.rows += [
        row for key, value in values.items() if (row := _row(truth, run, key, value, model))
    ]
    validation.events += event_scores(truth, run)
    for target, found in (
        (validation.raw, baselines.raw_values(run.landmarks, run.trial.scene, truth)),
        (
            validation.lowest_ankle,
            baselines.lowest_ankle_values(run.landmarks, run.trial.scene, truth),
        ),
    ):
        target += [
            ValueRow(
                clip=truth.name,
                measure_id=key[0],
                side=key[1],
                unit=MEASURES[key[0]].unit,
                view=truth.view,
                fps=truth.fps,
                model=model,
                protocol=truth.protocol,
                truth=values[key],
                estimate=value,
            )
            for key, value in found.items()
            if key in values and _carries(truth, run.trial.scene.near_side, key)
        ]


def asked_values(truth: Truth) -> dict[TruthKey, float]:
    """Return the true value of every measure, landing softness with them."""
    soft = {("landing_softness", s): t.index for s, t in true_softness(truth).items()}
    return true_values(truth) | soft


def azimuth_deg(truth: Truth) -> float:
    """Return how far the camera stands off square."""
    return float(truth.spec.get("camera", {}).get("azimuth_deg", 0.0))


def _part_rows(truth: Truth, run: AnalysisRun, model: str) -> list[ValueRow]:
    """Return the parts of the landing softness index beside their truth."""
    out = []
    for side, true in true_softness(truth).items():
        found = run.analysis.find("landing_softness", side)
        if found is None or found.value is None:
            continue
        for name in part_names(truth):
            part = found.components.get(name)
            if part is None or part.value is None or name not in true.parts:
                continue
            out.append(
                ValueRow(
                    clip=truth.name,
                    measure_id=name,
                    side=side,
                    unit=part.unit,
                    view=truth.view,
                    fps=truth.fps,
                    model=model,
                    protocol=truth.protocol,
                    azimuth_deg=azimuth_deg(truth),
                    truth=true.parts[name],
                    estimate=part.value,
                    status=found.status,
                )
            )
    return out


def _carries(truth: Truth, near_side: str | None, key: tuple[str, str]) -> bool:
    """Tell whether this view is asked for this measure and side at all."""
    if key[0] not in MEASURES:
        return False
    spec = MEASURES[key[0]]
    if spec.views and View(truth.view) not in spec.views:
        return False
    far = truth.view == View.SIDE and spec.near_leg_only and key[1] not in (near_side, "both")
    return not far


def _row(
    truth: Truth, run: AnalysisRun, key: tuple[str, str], value: float, model: str
) -> ValueRow | None:
    if not _carries(truth, run.trial.scene.near_side, key):
        return None
    found = run.analysis.find(key[0], key[1])  # type: ignore[arg-type]
    if found is None:
        return None
    lo, hi = found.ci95 if found.ci95 else (None, None)
    return ValueRow(
        clip=truth.name,
        measure_id=key[0],
        side=key[1],
        unit=found.unit,
        view=truth.view,
        fps=truth.fps,
        model=model,
        protocol=truth.protocol,
        azimuth_deg=azimuth_deg(truth),
        truth=value,
        estimate=found.value,
        lo=lo,
        hi=hi,
        sd=found.sd,
        status=found.status,
        reason=found.reason,
        error_parts=dict(found.sd_parts),
        per_step=tuple(v for v in found.per_step if v is not None),
        read_from=found.source,
    )


def _refused_rows(truth: Truth, model: str, error: FormcheckError) -> list[ValueRow]:
    return [
        ValueRow(
            clip=truth.name,
            measure_id=key[0],
            side=key[1],
            unit=MEASURES[key[0]].unit,
            view=truth.view,
            fps=truth.fps,
            model=model,
            protocol=truth.protocol,
            truth=value,
            estimate=None,
            status="unavailable",
            reason=f"{error.code}: {error.what}",
        )
        for key, value in asked_values(truth).items()
        if _carries(truth, None, key)
    ]


def event_scores(truth: Truth, run: AnalysisRun) -> list[EventScore]:
    """Score foot strikes and toe-offs of one clip, both sides together per kind."""
    if truth.protocol == "single_leg_squat":
        return []
    end = float(truth.time_s[-1])
    out = []
    for kind in ("foot_strike", "toe_off"):
        errors: list[float] = []
        n_true = n_found = 0
        for side in ("left", "right"):
            true_s = _inside(_true_times(truth, kind, side), end)
            found_s = np.array(
                [e.time_s for e in run.analysis.events if e.kind == kind and e.side == side]
            )
            pairs = match_events(true_s, found_s)
            errors += [float(found_s[j] - true_s[i]) for i, j in pairs]
            # an event found at the very edge may be real although the truth there was not asked for
            n_true += true_s.size
            n_found += len(pairs) + _inside(np.delete(found_s, [j for _, j in pairs]), end).size
        out.append(
            EventScore(
                clip=truth.name,
                kind=kind,
                view=truth.view,
                fps=truth.fps,
                n_true=n_true,
                n_found=n_found,
                errors_s=tuple(errors),
            )
        )
    return out


def _true_times(truth: Truth, kind: str, side: str) -> FloatArray:
    times = [
        c.strike_s if kind == "foot_strike" else c.toe_off_s
        for c in truth.contacts
        if c.side == side
    ]
    return np.array([t for t in times if t is not None])


def _inside(times_s: FloatArray, end_s: float) -> FloatArray:
    return times_s[(times_s >= EDGE_S) & (times_s <= end_s - EDGE_S)] if times_s.size else times_s

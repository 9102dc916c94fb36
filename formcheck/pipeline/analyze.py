"""One clip from file to result folder.

What follows the pass over the pixels is loaded while the workers are at it: on two cores that saves
a second before the first picture is looked at.
"""

import gc
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from formcheck.fitted import Fitted
from formcheck.pipeline.observe import context_of, observe
from formcheck.progress import CancelCheck, OnProgress, silent
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.store.folder import check_target, result_folder

if TYPE_CHECKING:
    from formcheck.pipeline.measure import AnalysisRun
    from formcheck.results import Analysis

_THE_REST: Final = ("formcheck.pipeline.measure", "formcheck.pipeline.output")
_PLOTS: Final = "matplotlib.figure"


def _load_the_rest(options: AnalyzeOptions) -> None:
    from formcheck import registry  # noqa: PLC0415
    from formcheck.render import context  # noqa: PLC0415
    from formcheck.report import base  # noqa: PLC0415

    with _no_collections():
        for name in _THE_REST if not options.report else (*_THE_REST, _PLOTS):
            importlib.import_module(name)
        for table in (registry.MEASURES, registry.PROTOCOLS, context.ANNOTATORS, base.EXPORTS):
            tuple(table)  # each imports its modules when first asked


@contextmanager
def _no_collections() -> Iterator[None]:
    """Keep the garbage collector from looking through modules that are being loaded to stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def analyze_clip(  # noqa: PLR0913 (with what, and who is told)
    path: Path,
    options: AnalyzeOptions,
    *,
    settings: Settings | None = None,
    fitted: Fitted | None = None,
    on_progress: OnProgress = silent,
    cancel: CancelCheck | None = None,
    cache_dir: Path | None = None,
) -> "AnalysisRun":
    """Analyse a clip without writing anything.

    Parameters
    ----------
    path : Path
    options : AnalyzeOptions
        What the user chose; the rest is detected.
    settings : Settings, optional
    fitted : Fitted, optional
        The learned tables that ship with the package when left out.
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
        path,
        options,
        settings,
        on_progress=on_progress,
        cancel=cancel,
        cache_dir=cache_dir,
        meanwhile=partial(_load_the_rest, options),
    )
    from formcheck.pipeline.measure import measure_looking_again  # noqa: PLC0415 (see above)

    return measure_looking_again(
        observed,
        options,
        settings,
        fitted=fitted,
        on_progress=on_progress,
        cancel=cancel,
        cache_dir=cache_dir,
    )


def analyze_file(  # noqa: PLR0913 (how, where to, and who is told)
    path: Path,
    out_dir: Path,
    options: AnalyzeOptions,
    *,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
    cancel: CancelCheck | None = None,
    folder: Path | None = None,
) -> "tuple[Analysis, Path]":
    """Analyse a clip and write its result folder, whole or not at all.

    Parameters
    ----------
    path : Path
    out_dir : Path
        The clip gets a folder of its own in it, named after the clip; clips that share a name do
        not share a folder (:func:`formcheck.store.folder.result_folder`).
    options : AnalyzeOptions
    folder : Path, optional
        The result folder itself, where it was chosen before (a batch).

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
    folder = folder if folder is not None else result_folder(path, out_dir)
    check_target(folder)
    run = analyze_clip(path, options, settings=settings, on_progress=report, cancel=cancel)
    from formcheck.pipeline.output import write_result  # noqa: PLC0415 (see above)

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

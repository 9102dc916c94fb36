"""A folder of clips: one failure never stops the rest, a second run does only what is left."""

import csv
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from formcheck.errors import FormcheckError
from formcheck.files import READABLE, UNREADABLE, file_sha256
from formcheck.pipeline.analyze import analyze_file
from formcheck.pipeline.measure import settings_digest
from formcheck.results import Analysis
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.store.analysis_file import read_analysis
from formcheck.store.folder import result_folder

VIDEO_SUFFIXES = frozenset(f".{ending}" for ending in READABLE)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchItem:
    """What became of one clip: done, skipped (unchanged) or failed with its error.

    Attributes
    ----------
    name : str
        The clip's path within the batch's folder, which tells it from every other clip.
    """

    clip: Path
    name: str
    status: str
    folder: Path | None = None
    error: FormcheckError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchTask:
    """One clip of a batch, its name in the batch, and the folder that is its own."""

    clip: Path
    name: str
    folder: Path


class Executor(Protocol):
    """What a batch needs of an executor: processes here, or a cluster's client."""

    def submit(self, fn: Callable[..., BatchItem], /, *args: object) -> "Future[BatchItem]":
        """Run ``fn(*args)`` somewhere and return its future."""


def find_clips(folder: Path) -> tuple[Path, ...]:
    """Return the video files below `folder`, sorted; hidden files are left out.

    Raises
    ------
    FormcheckError
        FILE_NOT_FOUND if there is no such folder or no video in it.
    """
    if not folder.is_dir():
        msg = "FILE_NOT_FOUND"
        raise FormcheckError(msg, f"{folder} is not a folder")
    clips = tuple(
        p
        for p in sorted(folder.rglob("*"))
        if p.suffix.lower() in VIDEO_SUFFIXES and not p.name.startswith(".") and p.is_file()
    )
    if not clips:
        what = f"{folder} holds no video file"
        msg = "FILE_NOT_FOUND"
        raise FormcheckError(msg, what, f"Put {', '.join(READABLE).upper()} files in it.")
    return clips


def passed_over(folder: Path) -> tuple[str, ...]:
    """Return what looks like a video below `folder` but is of a kind that is not read."""
    return tuple(
        p.relative_to(folder).as_posix()
        for p in sorted(folder.rglob("*"))
        if p.suffix.lower().removeprefix(".") in UNREADABLE and not p.name.startswith(".")
    )


def plan_batch(
    clips: tuple[Path, ...], out_dir: Path, in_dir: Path | None = None
) -> tuple[BatchTask, ...]:
    """Give every clip of a batch a result folder of its own, laid out like the clips' folders.

    Parameters
    ----------
    clips : tuple of Path
    out_dir : Path
    in_dir : Path, optional
        Folder that the clips lie in or below; a clip elsewhere goes by its file name.
    """
    tasks: list[BatchTask] = []
    for clip in clips:
        inside = in_dir is not None and clip.is_relative_to(in_dir)
        name = clip.relative_to(in_dir) if in_dir is not None and inside else Path(clip.name)
        taken = [t.folder for t in tasks]
        folder = result_folder(clip, out_dir / name.parent, taken)
        tasks.append(BatchTask(clip=clip, name=name.as_posix(), folder=folder))
    return tuple(tasks)


def is_done(task: BatchTask, options: AnalyzeOptions) -> bool:
    """Tell whether a clip already has a whole result made with the same settings and tables."""
    path = task.folder / "analysis.json"
    if not path.exists():
        return False
    try:
        analysis = read_analysis(path)
    except FormcheckError:
        return False
    same = analysis.versions.settings_sha256 == settings_digest(Settings(), options)
    return same and analysis.clip.sha256 == file_sha256(task.clip)


def analyze_one(task: BatchTask, options: AnalyzeOptions) -> BatchItem:
    """Analyse one clip of a batch; any failure becomes part of the result."""
    clip, name = task.clip, task.name
    try:
        _, folder = analyze_file(clip, task.folder.parent, options, folder=task.folder)
    except FormcheckError as error:
        return BatchItem(clip=clip, name=name, status="failed", error=error)
    except Exception as error:
        logger.exception("bug while analysing %s", clip.name)
        wrapped = FormcheckError("WORKER_DIED", f"{clip.name}: {type(error).__name__}: {error}")
        return BatchItem(clip=clip, name=name, status="failed", error=wrapped)
    return BatchItem(clip=clip, name=name, status="done", folder=folder)


def run_batch(
    tasks: tuple[BatchTask, ...],
    options: AnalyzeOptions,
    *,
    workers: int = 1,
    resume: bool = False,
    cluster: str | None = None,
) -> Iterator[BatchItem]:
    """Analyse the clips of :func:`plan_batch`, yielding each outcome as it comes.

    Parameters
    ----------
    workers : int
        Clips worked on at once on this computer; each then uses one process.
    resume : bool
        Leave out clips whose result is whole and was made with the same settings.
    cluster : str, optional
        Address of a Dask scheduler; its workers must see the same files.
    """
    todo: list[BatchTask] = []
    for task in tasks:
        if resume and is_done(task, options):
            yield BatchItem(clip=task.clip, name=task.name, status="skipped", folder=task.folder)
        else:
            todo.append(task)
    if cluster is not None:
        yield from _on_cluster(todo, options, cluster)
    elif workers > 1 and len(todo) > 1:
        single = options.model_copy(update={"workers": 1})
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            futures = [pool.submit(analyze_one, task, single) for task in todo]
            for future in as_completed(futures):
                yield future.result()
    else:
        for task in todo:
            yield analyze_one(task, options)


def _on_cluster(
    todo: list[BatchTask], options: AnalyzeOptions, address: str
) -> Iterator[BatchItem]:
    try:
        import distributed  # noqa: PLC0415 (optional extra)
    except ImportError as error:
        what = "--cluster needs the extra 'cluster'"
        msg = "LIBRARY_MISSING"
        raise FormcheckError(msg, what, "pip install 'formcheck[cluster]'") from error
    single = options.model_copy(update={"workers": 1})
    with distributed.Client(address) as client:  # type: ignore[no-untyped-call]
        futures = [
            client.submit(
                analyze_one,
                replace(task, clip=task.clip.resolve(), folder=task.folder.resolve()),
                single,
                pure=False,
            )
            for task in todo
        ]
        for future in distributed.as_completed(futures):  # type: ignore[no-untyped-call]
            yield future.result()


def write_batch_csv(items: list[BatchItem], out_dir: Path) -> Path:
    """Write one row per clip, measure and side of a finished batch; return the file."""
    path = out_dir / "batch.csv"
    temporary = path.with_suffix(".csv.tmp")
    with temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["clip", "status", "error", "protocol", "view", "measure", "side", "value", "unit",
             "ci95_lo", "ci95_hi", "n", "measure_status", "version"]
        )  # fmt: skip
        for item in sorted(items, key=lambda i: i.name):
            writer.writerows(_rows(item))
    temporary.replace(path)
    return path


def _rows(item: BatchItem) -> Iterator[list[object]]:
    if item.folder is None:
        code = item.error.code if item.error else ""
        yield [item.name, item.status, code, *([""] * 11)]
        return
    analysis: Analysis = read_analysis(item.folder / "analysis.json")
    for m in analysis.measurements:
        lo, hi = m.ci95 if m.ci95 else ("", "")
        value = "" if m.value is None else m.value
        yield [
            item.name, item.status, "", analysis.protocol.id, analysis.clip.view, m.id, m.side,
            value, m.unit, lo, hi, m.n, m.status, analysis.versions.formcheck,
        ]  # fmt: skip

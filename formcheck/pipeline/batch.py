"""A folder of clips: one failure never stops the rest, a second run does only what is left."""

import csv
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from formcheck.errors import FormcheckError
from formcheck.files import file_sha256
from formcheck.pipeline.analyze import analyze_file
from formcheck.pipeline.measure import settings_digest
from formcheck.results import Analysis
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.store.analysis_file import read_analysis
from formcheck.store.folder import result_folder

VIDEO_SUFFIXES = frozenset({".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi"})

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchItem:
    """What became of one clip: done, skipped (unchanged) or failed with its error."""

    clip: Path
    status: str
    folder: Path | None = None
    error: FormcheckError | None = None


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
        raise FormcheckError(msg, what, "Put MP4, MOV, M4V, WEBM, MKV or AVI files in it.")
    return clips


def is_done(clip: Path, out_dir: Path, options: AnalyzeOptions) -> bool:
    """Tell whether `clip` already has a whole result, same settings and learned tables."""
    path = result_folder(clip, out_dir) / "analysis.json"
    if not path.exists():
        return False
    try:
        analysis = read_analysis(path)
    except FormcheckError:
        return False
    same = analysis.versions.settings_sha256 == settings_digest(Settings(), options)
    return same and analysis.clip.sha256 == file_sha256(clip)


def analyze_one(clip: Path, out_dir: Path, options: AnalyzeOptions) -> BatchItem:
    """Analyse one clip of a batch; any failure becomes part of the result."""
    try:
        _, folder = analyze_file(clip, out_dir, options)
    except FormcheckError as error:
        return BatchItem(clip=clip, status="failed", error=error)
    except Exception as error:
        logger.exception("bug while analysing %s", clip.name)
        wrapped = FormcheckError("WORKER_DIED", f"{clip.name}: {type(error).__name__}: {error}")
        return BatchItem(clip=clip, status="failed", error=wrapped)
    return BatchItem(clip=clip, status="done", folder=folder)


def run_batch(
    clips: tuple[Path, ...],
    out_dir: Path,
    options: AnalyzeOptions,
    *,
    workers: int = 1,
    resume: bool = False,
    cluster: str | None = None,
) -> Iterator[BatchItem]:
    """Analyse `clips`, yielding each outcome as it comes.

    Parameters
    ----------
    workers : int
        Clips worked on at once on this computer; each then uses one process.
    resume : bool
        Leave out clips whose result is whole and was made with the same settings.
    cluster : str, optional
        Address of a Dask scheduler; its workers must see the same files.
    """
    todo: list[Path] = []
    for clip in clips:
        if resume and is_done(clip, out_dir, options):
            yield BatchItem(clip=clip, status="skipped", folder=result_folder(clip, out_dir))
        else:
            todo.append(clip)
    if cluster is not None:
        yield from _on_cluster(todo, out_dir, options, cluster)
    elif workers > 1 and len(todo) > 1:
        single = options.model_copy(update={"workers": 1})
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            futures = [pool.submit(analyze_one, c, out_dir, single) for c in todo]
            for future in as_completed(futures):
                yield future.result()
    else:
        for clip in todo:
            yield analyze_one(clip, out_dir, options)


def _on_cluster(
    todo: list[Path], out_dir: Path, options: AnalyzeOptions, address: str
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
            client.submit(analyze_one, c.resolve(), out_dir.resolve(), single, pure=False)
            for c in todo
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
        for item in sorted(items, key=lambda i: str(i.clip)):
            writer.writerows(_rows(item))
    temporary.replace(path)
    return path


def _rows(item: BatchItem) -> Iterator[list[object]]:
    if item.folder is None:
        code = item.error.code if item.error else ""
        yield [item.clip.name, item.status, code, *([""] * 11)]
        return
    analysis: Analysis = read_analysis(item.folder / "analysis.json")
    for m in analysis.measurements:
        lo, hi = m.ci95 if m.ci95 else ("", "")
        value = "" if m.value is None else m.value
        yield [
            item.clip.name, item.status, "", analysis.protocol.id, analysis.clip.view, m.id, m.side,
            value, m.unit, lo, hi, m.n, m.status, analysis.versions.formcheck,
        ]  # fmt: skip

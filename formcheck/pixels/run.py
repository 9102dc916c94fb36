"""The one pass over the pixels of a clip."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from formcheck.data import Clip
from formcheck.errors import FormcheckError
from formcheck.pixels.crew import run_crew
from formcheck.pixels.result import PixelPass, SegmentResult, merged
from formcheck.pixels.segment_run import FRAME_NAMES, PassPlan, run_segment
from formcheck.pixels.segments import Segment, plan_segments
from formcheck.pose.backend import PoseBackend
from formcheck.progress import CancelCheck, OnProgress, silent
from formcheck.settings.pose import PassSettings
from formcheck.surface.probe import ChannelProbe
from formcheck.workers import usable_cores

STAGE = "pixels"


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class PassControl:
    """How the pass is run; nothing here changes its result.

    Attributes
    ----------
    workers : int
        Worker processes; 0 = one per core this process may use.
    on_progress : callable
        Called in the calling thread with stage (``"pixels"``), frames done, frames in all.
    is_cancelled : callable
        Asked about ten times a second; True ends the pass with ``CANCELLED``.
    meanwhile : callable, optional
        What the calling process may do beside the workers: called once in a thread of its own when
        they have their work, and over when the pass is.
    """

    workers: int = 0
    on_progress: OnProgress = silent
    is_cancelled: CancelCheck = _never
    meanwhile: Callable[[], None] | None = None


def run_pass(
    clip: Clip,
    backend: PoseBackend,
    probes: tuple[ChannelProbe, ...] = (),
    settings: PassSettings | None = None,
    control: PassControl | None = None,
) -> PixelPass:
    """Decode a clip once: people, their pixel channels, light, shake and straight edges.

    The clip is cut into segments that worker processes share; segments do not depend on the number
    of workers, and neither, bit for bit, does the result. Memory grows by 1 to 2 kB per frame and
    person, not by pictures.

    Parameters
    ----------
    clip : Clip
    backend : PoseBackend
    probes : tuple of ChannelProbe
    settings : PassSettings, optional
    control : PassControl, optional

    Raises
    ------
    FormcheckError
        ``MODEL_MISSING``, ``MODEL_DAMAGED``, ``WORKER_DIED``, ``CANCELLED``, or an unreadable file.
    """
    settings = settings if settings is not None else PassSettings()
    control = control if control is not None else PassControl()
    backend.check()
    plan = PassPlan(
        clip=clip,
        backend=backend,
        probes=probes,
        settings=settings,
        edge_frames=_spread(clip.n_frames, settings.line_frames),
    )
    segments = plan_segments(clip, settings, probes)
    if not segments:
        msg = f"no picture of {clip.path.name} can be decoded"
        raise FormcheckError("FILE_UNREADABLE", msg)
    progress = _Progress(control.on_progress, clip.n_frames)
    if backend.needs_process:
        n_workers = control.workers or usable_cores()
        with beside(control.meanwhile):
            parts = run_crew(plan, segments, n_workers, progress.add, control.is_cancelled)
    else:
        parts = _run_here(plan, segments, progress, control)
    progress.finish()
    return merged(parts, clip.n_frames, plan.person_names, FRAME_NAMES)


@contextmanager
def beside(work: Callable[[], None] | None) -> Iterator[None]:
    """Have something done in a thread of its own; its error, if any, is raised at the end."""
    with ThreadPoolExecutor(1, "meanwhile") as threads:
        done = None if work is None else threads.submit(work)
        yield
        if done is not None:
            done.result()


class _Progress:
    def __init__(self, report: OnProgress, total: int) -> None:
        self._report = report
        self._total = total
        self._done = 0
        report(STAGE, 0, total)

    def add(self, n: int) -> None:
        self._done = min(self._done + n, self._total)
        self._report(STAGE, self._done, self._total)

    def finish(self) -> None:
        if self._done < self._total:  # frames that could not be decoded
            self.add(self._total)


def _run_here(
    plan: PassPlan, segments: tuple[Segment, ...], progress: _Progress, control: PassControl
) -> list[SegmentResult]:
    def tick(n: int) -> None:
        if control.is_cancelled():
            msg = "the analysis was cancelled"
            raise FormcheckError("CANCELLED", msg)
        progress.add(n)

    source = plan.source()
    with plan.backend.open(plan.clip.fps) as session:
        return [run_segment(plan, segment, session, source, tick) for segment in segments]


def _spread(n_frames: int, n: int) -> tuple[int, ...]:
    """Return `n` frames spread over the clip."""
    return tuple(sorted({int(i) for i in np.linspace(0, max(0, n_frames - 1), n).round()}))

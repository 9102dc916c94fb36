"""A crew of worker processes that share the segments of one clip."""

import logging
import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import cast

from formcheck.errors import FormcheckError
from formcheck.pixels.result import SegmentResult
from formcheck.pixels.segment_run import PassPlan
from formcheck.pixels.segments import Segment
from formcheck.pixels.twice import LookPlan
from formcheck.pixels.worker import receive, send
from formcheck.workers import WorkerProcess, take

_LOG = logging.getLogger(__name__)
_POLL_S = 0.1
_PATIENCE_S = 3.0
_LAST_WORDS_BYTES = 2000

Message = tuple[int, str, object]


@dataclass(slots=True)
class _Worker:
    """One child process and the thread that reads what it says."""

    number: int
    hired: WorkerProcess
    inbox: "queue.SimpleQueue[Message]"
    reader: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.reader = threading.Thread(target=self._listen, daemon=True)
        self.reader.start()

    def _listen(self) -> None:
        pipe = self.hired.process.stdout
        if pipe is None:
            return
        try:
            while True:
                kind, content = cast("tuple[str, object]", receive(pipe))
                self.inbox.put((self.number, kind, content))
        except (EOFError, OSError, ValueError):
            self.inbox.put((self.number, "gone", None))

    def give(self, message: object) -> None:
        pipe = self.hired.process.stdin
        if pipe is None:
            return
        try:
            send(pipe, message)
        except OSError:
            _LOG.debug("worker %d is gone", self.number)  # its reader says so too

    def last_words(self) -> str:
        """Return the end of what the process wrote to stderr."""
        size = self.hired.errors.seek(0, os.SEEK_END)
        self.hired.errors.seek(max(0, size - _LAST_WORDS_BYTES))
        return self.hired.errors.read().decode(errors="replace").strip()

    def stop(self) -> None:
        self.hired.kill()
        self.reader.join(_PATIENCE_S)
        self.hired.end()


def run_crew(
    plan: PassPlan | LookPlan,
    segments: Iterable[Segment],
    n_workers: int,
    on_ticks: Callable[[int], None],
    is_cancelled: Callable[[], bool],
) -> list[SegmentResult]:
    """Have `n_workers` processes work through the segments.

    Whatever ends this (a result, an error, Ctrl-C), no process is left behind.

    Parameters
    ----------
    plan : PassPlan or LookPlan
    segments : iterable of Segment
    n_workers : int
    on_ticks : callable
        Called with the number of frames finished since the last call.
    is_cancelled : callable
        Asked about ten times a second.

    Raises
    ------
    FormcheckError
        ``WORKER_DIED``, ``CANCELLED``, or what a worker refused with.
    """
    segments = tuple(segments)
    n_left = len(segments)
    n_workers = min(n_workers, n_left)
    waiting = _shares(segments, n_workers)
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    crew: list[_Worker] = []
    results: list[SegmentResult] = []
    try:
        for number in range(n_workers):
            crew.append(_hire(number, inbox))
            crew[-1].give(plan)
            crew[-1].give(waiting[number].popleft())
        while n_left:
            if is_cancelled():
                msg = "the analysis was cancelled"
                raise FormcheckError("CANCELLED", msg)
            try:
                number, kind, content = inbox.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if kind == "ticks":
                on_ticks(cast("int", content))
                continue
            results.append(_result(kind, content, crew[number]))
            n_left -= 1
            segment = _next(waiting, number)
            if segment is not None:
                crew[number].give(segment)
    finally:
        for worker in crew:
            worker.stop()
    return results


def _shares(segments: tuple[Segment, ...], n_workers: int) -> list[deque[Segment]]:
    """Cut the segments into one run of neighbours per worker: it reads on where it stopped."""
    borders = [round(k * len(segments) / n_workers) for k in range(n_workers + 1)]
    return [deque(segments[a:b]) for a, b in pairwise(borders)]


def _next(waiting: list[deque[Segment]], number: int) -> Segment | None:
    """Return a worker's next segment: of its own, else the last of the longest run left."""
    if waiting[number]:
        return waiting[number].popleft()
    longest = max(waiting, key=len)
    return longest.pop() if longest else None


def _result(kind: str, content: object, worker: _Worker) -> SegmentResult:
    if isinstance(content, SegmentResult):
        return content
    if isinstance(content, FormcheckError):
        raise content
    if kind == "failed":
        msg = f"a worker process failed:\n{content}"
        raise RuntimeError(msg)
    code = worker.hired.process.poll()
    _LOG.warning("worker %d ended with %s: %s", worker.number, code, worker.last_words())
    msg = "a worker process ended while reading the clip"
    raise FormcheckError("WORKER_DIED", msg)


def _hire(number: int, inbox: "queue.SimpleQueue[Message]") -> _Worker:
    return _Worker(number, take(), inbox)

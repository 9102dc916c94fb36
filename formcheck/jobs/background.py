"""One analysis at a time in a thread of its own; pages only look at snapshots.

A job is known by its key (who, which content, which options), so that a page that runs again, a
second click or a reload finds the job that is there and never starts another. The manager knows
nothing of pages or of what the work is: it is handed a function.
"""

import hashlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from formcheck.doctor import explain_import_error
from formcheck.errors import FormcheckError
from formcheck.progress import CancelCheck, OnProgress

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
Work = Callable[[OnProgress, CancelCheck], Path]

BUG_CODE: Final = "UNEXPECTED"
ACTIVE: Final[frozenset[JobState]] = frozenset({"queued", "running"})

logger = logging.getLogger(__name__)


def job_key(owner: str, content_sha256: str, options_json: str) -> str:
    """Return the key of the analysis of one content with one set of options, for one owner.

    Parameters
    ----------
    owner : str
        The session's secret name: two owners never share a job.
    content_sha256 : str
        Digest of the clip's bytes.
    options_json : str
        The options, serialised the same way every time.

    Returns
    -------
    str
        32 hexadecimal digits.
    """
    text = "\n".join((owner, content_sha256, options_json))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """What a job looks like at one moment.

    Attributes
    ----------
    stage : str
        Name of the step in progress, empty while queued.
    done, total : int
        Items of that step.
    stages_seen : tuple of str
        Steps begun so far, oldest first, the present one included.
    running_s, stage_s : float
        Seconds since the work, and since the present step, began.
    ahead : int
        Jobs that will run before this one.
    result : Path or None
        The result folder, once done.
    error_code, error_what, error_hint : str
        Why it failed; ``UNEXPECTED`` is a bug.
    """

    key: str
    state: JobState
    stage: str = ""
    done: int = 0
    total: int = 0
    stages_seen: tuple[str, ...] = ()
    running_s: float = 0.0
    stage_s: float = 0.0
    ahead: int = 0
    result: Path | None = None
    error_code: str = ""
    error_what: str = ""
    error_hint: str = ""

    @property
    def active(self) -> bool:
        """Queued or running."""
        return self.state in ACTIVE

    @property
    def stage_left_s(self) -> float | None:
        """Seconds the present step still needs at its pace so far; None if it cannot be told."""
        if self.state != "running" or self.done <= 0 or self.total <= 0:
            return None
        return self.stage_s * (self.total - self.done) / self.done


@dataclass(slots=True, kw_only=True)
class _Job:
    key: str
    work: Work
    number: int
    state: JobState = "queued"
    stage: str = ""
    done: int = 0
    total: int = 0
    stages_seen: list[str] = field(default_factory=list)
    started_s: float = 0.0
    stage_started_s: float = 0.0
    cancel: threading.Event = field(default_factory=threading.Event)
    finished: threading.Event = field(default_factory=threading.Event)
    result: Path | None = None
    error: tuple[str, str, str] = ("", "", "")


class JobManager:
    """Runs jobs in worker threads, oldest first.

    Parameters
    ----------
    workers : int
        Jobs at once.
    clock : callable, optional
        Seconds from any zero, rising; a test may hand in its own.
    """

    def __init__(self, workers: int = 1, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._todo: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._jobs: dict[str, _Job] = {}
        self._lock = threading.Lock()
        self._clock = clock
        self._count = 0
        # daemons: stopping the server must not wait for an analysis to end
        self._threads = tuple(
            threading.Thread(target=self._serve, name=f"formcheck-job-{i}", daemon=True)
            for i in range(workers)
        )
        for thread in self._threads:
            thread.start()

    def submit(self, key: str, work: Work) -> JobView:
        """Start `work` under `key`, unless a job of that key is queued, running or done.

        Parameters
        ----------
        key : str
            See :func:`job_key`.
        work : callable
            ``work(on_progress, cancel) -> Path``. It must look at ``cancel()`` now and then and
            raise ``FormcheckError("CANCELLED", ...)`` when it says True.

        Returns
        -------
        JobView
            The job as it is now, started by this call or before.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and job.state not in ("failed", "cancelled"):
                return self._view(job)
            self._count += 1
            job = _Job(key=key, work=work, number=self._count)
            self._jobs[key] = job
            self._todo.put(job)
            return self._view(job)

    def view(self, key: str) -> JobView | None:
        """Return the job of `key` as it is now, or None if there is none."""
        with self._lock:
            job = self._jobs.get(key)
            return None if job is None else self._view(job)

    def cancel(self, key: str) -> None:
        """Ask the job of `key` to stop; one that has not begun never does."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                return
            job.cancel.set()
            if job.state == "queued":
                self._finish(job, "cancelled")

    def wait(self, key: str, timeout_s: float | None = None) -> JobView | None:
        """Wait until the job of `key` has ended; return it as it is then."""
        with self._lock:
            job = self._jobs.get(key)
        if job is not None:
            job.finished.wait(timeout_s)
        return self.view(key)

    def forget(self, key: str) -> None:
        """Stop the job of `key` if it runs, and drop what is known of it."""
        self.cancel(key)
        with self._lock:
            self._jobs.pop(key, None)

    def shutdown(self) -> None:
        """Ask every job to stop and wait for them."""
        with self._lock:
            keys = list(self._jobs)
        for key in keys:
            self.cancel(key)
        for _ in self._threads:
            self._todo.put(None)
        for thread in self._threads:
            thread.join()

    def _view(self, job: _Job) -> JobView:
        now = self._clock()
        begun = job.state == "running"
        ahead = sum(
            1
            for other in self._jobs.values()
            if job.state == "queued" and other.state in ACTIVE and other.number < job.number
        )
        code, what, hint = job.error
        return JobView(
            key=job.key,
            state=job.state,
            stage=job.stage,
            done=job.done,
            total=job.total,
            stages_seen=tuple(job.stages_seen),
            running_s=now - job.started_s if begun else 0.0,
            stage_s=now - job.stage_started_s if begun else 0.0,
            ahead=ahead,
            result=job.result,
            error_code=code,
            error_what=what,
            error_hint=hint,
        )

    def _finish(self, job: _Job, state: JobState) -> None:
        job.state = state
        job.finished.set()

    def _progress(self, job: _Job, stage: str, done: int, total: int) -> None:
        with self._lock:
            if stage != job.stage:
                job.stage = stage
                job.stage_started_s = self._clock()
                if stage not in job.stages_seen:
                    job.stages_seen.append(stage)
            job.done, job.total = done, total

    def _serve(self) -> None:
        while (job := self._todo.get()) is not None:
            self._run(job)

    def _run(self, job: _Job) -> None:
        with self._lock:
            if job.state != "queued":
                return
            job.state = "running"
            job.started_s = job.stage_started_s = self._clock()
        try:
            result = job.work(lambda *step: self._progress(job, *step), job.cancel.is_set)
        except FormcheckError as error:
            with self._lock:
                job.error = (error.code, error.what, error.hint)
                self._finish(job, "cancelled" if error.code == "CANCELLED" else "failed")
        except ImportError as error:
            logger.exception("a library is missing")
            explained = explain_import_error(error)
            with self._lock:
                job.error = (explained.code, explained.what, explained.hint)
                self._finish(job, "failed")
        except Exception as error:
            logger.exception("a background job failed")
            with self._lock:
                job.error = (BUG_CODE, type(error).__name__, "")
                self._finish(job, "failed")
        else:
            with self._lock:
                job.result = result
                self._finish(job, "done")

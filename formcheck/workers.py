"""Worker processes: started early, taken when there is work.

A worker needs half a second to load its libraries. Whoever knows that a clip is about to be looked
at (the command line before its own imports, the app while the clip is being checked) has workers
started then, so that they are ready when the work comes. Nothing but the standard library is
imported here.
"""

import atexit
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from typing import IO, Final

_MODULE: Final = "formcheck.pixels.worker"
_PATIENCE_S: Final = 3.0
_BLAS_THREADS: Final = "OPENBLAS_NUM_THREADS"


@dataclass(frozen=True, slots=True, eq=False)
class WorkerProcess:
    """A worker that waits for its plan on stdin.

    Attributes
    ----------
    errors : binary file
        What its native libraries print on stderr: kept for a post-mortem only.
    """

    process: "subprocess.Popen[bytes]"
    errors: IO[bytes]

    def kill(self) -> None:
        """Kill it and wait until it is gone; its pipes stay open."""
        self.process.kill()
        self.process.wait(_PATIENCE_S)

    def end(self) -> None:
        """Kill it and close its pipes."""
        self.kill()
        for pipe in (self.process.stdin, self.process.stdout, self.errors):
            if pipe is not None:
                with contextlib.suppress(OSError):  # broken by its death
                    pipe.close()


_lock = threading.Lock()
_waiting: list[WorkerProcess] = []


def keep_blas_single() -> None:
    """Have NumPy and SciPy work in one thread; to be called before either is loaded.

    Their linear algebra starts a thread per core and has it wait in a busy loop: 0.17 s of a core
    for every process that imports NumPy, the workers' time among it. Nothing here multiplies
    matrices large enough to gain from a second thread. What the user has set stands.
    """
    os.environ.setdefault(_BLAS_THREADS, "1")


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def start_early(n: int = 0) -> None:
    """Have `n` workers (0 = one per usable core) waiting, unless they are already."""
    n = n or usable_cores()
    with _lock:
        _bury()
        while len(_waiting) < n:
            _waiting.append(_started())


def take() -> WorkerProcess:
    """Return a worker: one that waits, or a new one. Whoever takes it ends it."""
    with _lock:
        _bury()
        if _waiting:
            return _waiting.pop()
    return _started()


def dismiss() -> None:
    """End the workers that still wait."""
    with _lock:
        while _waiting:
            _waiting.pop().end()


def _bury() -> None:
    """Forget workers that died while they waited."""
    for worker in [w for w in _waiting if w.process.poll() is not None]:
        _waiting.remove(worker)
        worker.end()


def _started() -> WorkerProcess:
    errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed by whoever ends the worker)
    paths = [p or os.getcwd() for p in sys.path]  # noqa: PTH109 (a plain string is wanted)
    env = {_BLAS_THREADS: "1", **os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=env,
    )
    return WorkerProcess(process, errors)


atexit.register(dismiss)

"""A worker process: ``python -m formcheck.pixels.worker``, spoken to over its pipes.

A plain child process instead of ``multiprocessing``: it never imports the caller's main module (in
the app that is the page script), its native chatter is kept off the terminal, and it ends by itself
when its parent is gone, however that ended.
"""

import contextlib
import gc
import os
import pickle
import signal
import struct
import sys
import traceback
from typing import IO

import cv2

from formcheck.errors import FormcheckError
from formcheck.pixels.segment_run import PassPlan, run_segment
from formcheck.pixels.segments import Segment
from formcheck.pixels.twice import LookPlan, run_looks
from formcheck.pose.mediapipe_tasks import prepare
from formcheck.pose.second_look import Looker

_TICK_EVERY = 4


def send(pipe: IO[bytes], message: object) -> None:
    """Write one message: its length, then its pickle."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(struct.pack("<Q", len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> object:
    """Read one message; EOFError when the other side is gone."""
    head = pipe.read(8)
    if len(head) < 8:
        raise EOFError
    (length,) = struct.unpack("<Q", head)
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


class _Reporter:
    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._n = 0

    def tick(self, n: int) -> None:
        self._n += n
        if self._n >= _TICK_EVERY:
            self.flush()

    def flush(self) -> None:
        if self._n:
            send(self._pipe, ("ticks", self._n))
        self._n = 0


def main() -> None:
    """Receive a plan, then segments until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    cv2.setNumThreads(1)
    out = _private_stdout()
    # loaded while the parent is still busy; if that fails, opening the backend says what is missing
    with contextlib.suppress(ImportError, OSError):
        prepare()
    gc.freeze()  # what is loaded stays: no need to look through it again and again
    with contextlib.suppress(EOFError, BrokenPipeError):
        _serve(sys.stdin.buffer, out)


def _serve(inbox: IO[bytes], out: IO[bytes]) -> None:
    plan = receive(inbox)
    if not isinstance(plan, PassPlan | LookPlan):
        msg = f"expected a plan, got {type(plan).__name__}"
        raise TypeError(msg)
    try:
        _work(plan, inbox, out)
    except (EOFError, BrokenPipeError):
        raise
    except FormcheckError as refusal:
        send(out, ("refused", refusal))
    except ImportError as missing:
        msg = f"the pose library cannot be loaded ({missing})"
        send(out, ("refused", FormcheckError("LIBRARY_MISSING", msg)))
    except Exception:  # noqa: BLE001 (whatever it was, the parent must hear of it)
        send(out, ("failed", traceback.format_exc()))


def _work(plan: PassPlan | LookPlan, inbox: IO[bytes], out: IO[bytes]) -> None:
    source = plan.source() if isinstance(plan, PassPlan) else None
    with plan.backend.open(plan.clip.fps) as session:
        while True:
            segment = receive(inbox)
            if not isinstance(segment, Segment):
                msg = f"expected a Segment, got {type(segment).__name__}"
                raise TypeError(msg)
            reporter = _Reporter(out)
            if isinstance(plan, PassPlan) and source is not None:
                result = run_segment(plan, segment, session, source, reporter.tick)
            elif isinstance(plan, LookPlan) and isinstance(session, Looker):
                result = run_looks(plan, segment, session, reporter.tick)
            else:
                msg = f"{type(session).__name__} cannot look at single pictures"
                raise TypeError(msg)
            reporter.flush()
            send(out, ("done", result))


def _private_stdout() -> IO[bytes]:
    """Keep stdout for messages; what native libraries print goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return out


if __name__ == "__main__":
    main()

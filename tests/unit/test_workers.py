import subprocess
import sys
import time

import pytest

from formcheck import workers


@pytest.fixture(autouse=True)
def nobody_waits():
    workers.dismiss()
    yield
    workers.dismiss()


def sleepers(monkeypatch):
    """Processes that cost nothing instead of workers that load libraries."""
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(60)"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        started.append(process)
        return workers.WorkerProcess(process, open("/dev/null", "rb"))  # noqa: PTH123

    monkeypatch.setattr(workers, "_started", start)
    return started


def test_workers_that_wait_are_taken_first(monkeypatch):
    started = sleepers(monkeypatch)
    workers.start_early(2)
    workers.start_early(2)
    assert len(started) == 2
    taken = [workers.take() for _ in range(3)]
    assert len(started) == 3
    assert len({w.process.pid for w in taken}) == 3
    for worker in taken:
        worker.end()
        assert worker.process.poll() is not None


def test_a_worker_that_died_while_waiting_is_not_given_out(monkeypatch):
    started = sleepers(monkeypatch)
    workers.start_early(1)
    dead = workers._waiting[0]
    dead.kill()
    worker = workers.take()
    dead.end()
    assert worker.process is not started[0]
    assert worker.process.poll() is None
    worker.end()


def test_dismissed_workers_are_gone(monkeypatch):
    started = sleepers(monkeypatch)
    workers.start_early(2)
    workers.dismiss()
    assert all(process.poll() is not None for process in started)


def test_a_worker_ends_by_itself_when_its_parent_goes():
    code = (
        "from formcheck import workers\n"
        "workers.atexit.unregister(workers.dismiss)\n"
        "workers.start_early(1)\n"
        "print(workers._waiting[0].process.pid, flush=True)\n"
        "import os; os._exit(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    pid = int(done.stdout)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], check=False, capture_output=True, text=True
        )
        if not state.stdout.strip() or state.stdout.strip().startswith("Z"):
            return
        time.sleep(0.2)
    pytest.fail("the worker outlived its parent")

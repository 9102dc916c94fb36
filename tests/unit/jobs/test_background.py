"""The job manager: one job per key, true snapshots, a stop that stops."""

import threading
from pathlib import Path

import pytest

from formcheck.errors import FormcheckError
from formcheck.jobs import JobManager, job_key

WAIT_S = 5.0


@pytest.fixture
def manager():
    m = JobManager(1)
    yield m
    m.shutdown()


def _gate(started: threading.Event, go: threading.Event):
    def work(on_progress, cancel):
        started.set()
        on_progress("Reading", 1, 4)
        while not go.wait(0.01):
            if cancel():
                raise FormcheckError("CANCELLED", "stopped")
        return Path("result")

    return work


def test_the_same_key_never_starts_twice(manager):
    started, go = threading.Event(), threading.Event()
    calls = []

    def work(on_progress, cancel):
        calls.append(1)
        return _gate(started, go)(on_progress, cancel)

    manager.submit("a", work)
    assert started.wait(WAIT_S)
    again = manager.submit("a", work)
    assert again.state == "running"
    go.set()
    assert manager.wait("a", WAIT_S).state == "done"
    assert manager.submit("a", work).state == "done"
    assert calls == [1]


def test_progress_and_result_are_seen(manager):
    started, go = threading.Event(), threading.Event()
    manager.submit("a", _gate(started, go))
    assert started.wait(WAIT_S)
    while manager.view("a").stage == "":
        pass
    view = manager.view("a")
    assert (view.stage, view.done, view.total, view.stages_seen) == ("Reading", 1, 4, ("Reading",))
    assert view.stage_left_s == pytest.approx(3 * view.stage_s)
    go.set()
    done = manager.wait("a", WAIT_S)
    assert done.result == Path("result")
    assert done.stage_left_s is None


def test_cancel_stops_a_running_job_and_it_may_start_again(manager):
    started, go = threading.Event(), threading.Event()
    manager.submit("a", _gate(started, go))
    assert started.wait(WAIT_S)
    manager.cancel("a")
    assert manager.wait("a", WAIT_S).state == "cancelled"
    go.set()
    manager.submit("a", _gate(threading.Event(), go))
    assert manager.wait("a", WAIT_S).state == "done"


def test_a_queued_job_waits_its_turn_and_can_be_cancelled_before(manager):
    started, go = threading.Event(), threading.Event()
    ran = []
    manager.submit("a", _gate(started, go))
    assert started.wait(WAIT_S)
    manager.submit("b", lambda *_: ran.append("b") or Path("b"))
    manager.submit("c", lambda *_: ran.append("c") or Path("c"))
    assert (manager.view("b").ahead, manager.view("c").ahead) == (1, 2)
    manager.cancel("b")
    assert manager.view("b").state == "cancelled"
    assert manager.view("c").ahead == 1
    go.set()
    assert manager.wait("c", WAIT_S).state == "done"
    assert ran == ["c"]


def test_a_refused_clip_keeps_its_code_and_hint(manager):
    def work(on_progress, cancel):
        raise FormcheckError("NO_PERSON", "nobody was found", "film again")

    manager.submit("a", work)
    view = manager.wait("a", WAIT_S)
    assert view.state == "failed"
    assert (view.error_code, view.error_what, view.error_hint) == (
        "NO_PERSON",
        "nobody was found",
        "film again",
    )


def test_a_bug_fails_the_job_and_not_the_manager(manager, caplog):
    def work(on_progress, cancel):
        msg = "/home/someone/secret"
        raise RuntimeError(msg)

    manager.submit("a", work)
    view = manager.wait("a", WAIT_S)
    assert (view.state, view.error_code, view.error_what) == (
        "failed",
        "UNEXPECTED",
        "RuntimeError",
    )
    assert "secret" not in view.error_what + view.error_hint
    manager.submit("b", lambda *_: Path("b"))
    assert manager.wait("b", WAIT_S).state == "done"


def test_forget_drops_the_job(manager):
    manager.submit("a", lambda *_: Path("a"))
    manager.wait("a", WAIT_S)
    manager.forget("a")
    assert manager.view("a") is None


def test_keys_differ_by_owner_content_and_options():
    keys = {job_key(o, c, p) for o in ("o1", "o2") for c in ("c1", "c2") for p in ("{}", "{1}")}
    assert len(keys) == 8
    assert all(len(k) == 32 for k in keys)

"""The log: undo, redo, what is kept on record, and the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.edits import CountStep, EditLog, NudgeLandmark, read_edits, write_edits
from formcheck.edits.log import new_entry
from formcheck.errors import FormcheckError


def entry(k):
    edit = CountStep(side="left", time_s=float(k))
    return new_entry(edit, (f"Step {k} left out", "counted", "left out"))


DEEDS = st.lists(st.sampled_from(["add", "undo", "redo"]), max_size=40)


@given(DEEDS)
def test_the_log_agrees_with_two_stacks(deeds):
    """Model: a stack of what counts and one of what was undone."""
    log, done, undone = EditLog(), [], []
    for k, deed in enumerate(deeds):
        if deed == "add":
            e = entry(k)
            log, done, undone = log.added(e), [*done, e], []
        elif deed == "undo":
            log = log.undone()
            if done:
                undone.append(done.pop())
        else:
            log = log.redone()
            if undone:
                done.append(undone.pop())
        assert list(log.active) == done
        assert log.can_undo == bool(done)
        assert log.can_redo == bool(undone)


@given(DEEDS)
def test_every_deed_stays_on_record(deeds):
    log, n_made = EditLog(), 0
    for k, deed in enumerate(deeds):
        before = log.actions
        n_made += deed == "add"
        log = {"add": log.added(entry(k)), "undo": log.undone(), "redo": log.redone()}[deed]
        assert log.actions[: len(before)] == before
    assert sum(a.deed == "made" for a in log.actions) == n_made
    balance = {"made": 1, "redone": 1, "undone": -1, "dropped": 0}
    assert sum(balance[a.deed] for a in log.actions) == log.n_active


@given(DEEDS)
def test_undo_is_undone_by_redo(deeds):
    log = EditLog()
    for k, deed in enumerate(deeds):
        log = {"add": log.added(entry(k)), "undo": log.undone(), "redo": log.redone()}[deed]
    if log.can_undo:
        assert log.undone().redone().active == log.active
    if log.can_redo:
        assert log.redone().undone().active == log.active


def test_the_file_comes_back_as_it_was(tmp_path):
    nudge = NudgeLandmark(frame=3, landmark="left_knee", to_px=(1.5, 2.5))
    log = EditLog(clip_sha256="ab").added(entry(1)).added(new_entry(nudge, ("a", "b", "c")))
    log = log.undone()
    write_edits(log, tmp_path)
    assert read_edits(tmp_path) == log
    assert [p.name for p in tmp_path.iterdir()] == ["edits.json"]


def test_no_file_is_an_empty_log_and_a_damaged_one_is_told(tmp_path):
    assert read_edits(tmp_path).entries == ()
    (tmp_path / "edits.json").write_text("{", encoding="utf-8")
    with pytest.raises(FormcheckError) as caught:
        read_edits(tmp_path)
    assert caught.value.code == "RESULT_UNREADABLE"


def test_an_unknown_landmark_is_refused():
    with pytest.raises(ValueError, match="no landmark"):
        NudgeLandmark(frame=0, landmark="left_wing", to_px=(0, 0))

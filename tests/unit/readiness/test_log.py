from datetime import UTC, datetime, timedelta

import pytest

from formcheck.errors import FormcheckError
from formcheck.readiness.journal import JournalData, JsonJournal, MemoryJournal, note
from formcheck.readiness.log import SYMPTOMS, SymptomEntry, due, open_stop, react

EVENING = datetime(2026, 5, 4, 19, tzinfo=UTC)


def entry(*symptoms, hours=0.0, moment="after", activity="hop_in_place"):
    at = EVENING + timedelta(hours=hours)
    return SymptomEntry(at=at, moment=moment, activity=activity, symptoms=symptoms)


@pytest.mark.parametrize("symptom", SYMPTOMS)
@pytest.mark.parametrize("moment", ["after", "next_morning", "any_time"])
def test_any_symptom_stops_and_names_whom_to_see(symptom, moment):
    got = react(entry(symptom, moment=moment))
    assert got.stop
    assert got.see
    assert got.urgent == (symptom == "urgent")
    assert any(see in got.words for see in got.see)


@pytest.mark.parametrize("moment", ["after", "next_morning", "any_time"])
def test_no_symptom_is_none_noted_and_no_more(moment):
    got = react(entry(moment=moment))
    assert not got.stop
    assert "None noted" in got.words
    assert "ready" not in got.words.lower()


def test_the_morning_question_is_due_from_four_on_the_next_day_for_three_days():
    log = [entry()]
    morning = EVENING.replace(day=5, hour=4)
    assert not due(log, EVENING + timedelta(hours=1))
    assert not due(log, morning - timedelta(minutes=1))
    assert [d.activity for d in due(log, morning)] == ["hop_in_place"]
    assert due(log, morning + timedelta(days=2, hours=23))
    assert not due(log, morning + timedelta(days=3))


def test_the_morning_question_is_answered_once_for_its_activity():
    log = [entry(), entry(activity="lunge"), entry(hours=12, moment="next_morning")]
    assert [d.activity for d in due(log, EVENING.replace(day=5, hour=9))] == ["lunge"]


def test_a_stop_stands_until_it_was_talked_over_and_the_urgent_one_comes_first():
    log = [entry("urgent"), entry("leaking", hours=1), entry(hours=20)]
    assert open_stop(log).urgent
    assert not open_stop(log, EVENING + timedelta(minutes=30)).urgent
    assert open_stop(log, EVENING + timedelta(hours=2)) is None


def test_a_journal_keeps_what_was_noted_whole_and_private(tmp_path):
    journal = JsonJournal(tmp_path / "journal" / "a.json")
    assert journal.load() == JournalData()
    note(journal, entry("heaviness"))
    note(journal, entry(hours=13, moment="next_morning"))
    assert [e.symptoms for e in journal.load().symptoms] == [("heaviness",), ()]
    assert journal.path.stat().st_mode & 0o077 == 0
    assert [p.name for p in journal.path.parent.iterdir()] == ["a.json"]
    journal.delete()
    assert journal.load() == JournalData()


def test_a_journal_in_memory_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    journal = MemoryJournal()
    note(journal, entry())
    assert len(journal.load().symptoms) == 1
    journal.delete()
    assert not journal.load().symptoms
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["", "[]", '{"symptoms": [{"moment": "later"}]}'])
def test_a_file_that_is_no_journal_is_left_alone(tmp_path, text):
    path = tmp_path / "log.json"
    path.write_text(text)
    with pytest.raises(FormcheckError) as caught:
        JsonJournal(path).load()
    assert caught.value.code == "RESULT_UNREADABLE"
    assert path.read_text() == text


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="timezone"):
        SymptomEntry(at=datetime(2026, 5, 4), moment="after")

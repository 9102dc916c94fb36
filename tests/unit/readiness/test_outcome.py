import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.readiness import QUESTIONS, Answers, evaluate

IDS = [q.id for q in QUESTIONS]
BY_ID = {q.id: q for q in QUESTIONS}
FORBIDDEN = re.compile(
    r"\b(cleared|clear to run|ready to run|you are ready|safe to run|fit to run|go and run)\b",
    re.IGNORECASE,
)


@given(
    st.floats(0, 300),
    st.lists(st.sampled_from(IDS), unique=True),
    st.lists(st.sampled_from(IDS), unique=True),
)
def test_no_combination_of_answers_yields_a_clearance(weeks, yes, no):
    out = evaluate(
        Answers(weeks_since_birth=weeks, yes=tuple(yes), no=tuple(i for i in no if i not in yes))
    )
    assert not FORBIDDEN.search(" ".join((out.headline, *out.notes, *out.see)))
    assert any("cannot tell whether running is right" in n for n in out.notes)


@pytest.mark.parametrize("question_id", IDS)
def test_every_yes_names_whom_to_see(question_id):
    answers = Answers(
        weeks_since_birth=40, yes=(question_id,), no=tuple(i for i in IDS if i != question_id)
    )
    out = evaluate(answers)
    assert BY_ID[question_id].see in out.see
    assert BY_ID[question_id].text in out.talk_about
    expected = {"urgent": "urgent", "pause": "pause", "talk": "talk"}[BY_ID[question_id].group]
    assert out.level == expected


@given(st.sampled_from([q.id for q in QUESTIONS if q.group != "talk"]), st.floats(0, 300))
def test_a_symptom_pauses_every_test_whatever_the_weeks(question_id, weeks):
    no = tuple(i for i in IDS if i != question_id)
    out = evaluate(Answers(weeks_since_birth=weeks, yes=(question_id,), no=no))
    assert out.tests == ()


def test_an_unanswered_symptom_is_not_a_no():
    out = evaluate(Answers(weeks_since_birth=40, no=tuple(i for i in IDS if i != "heaviness")))
    assert out.level == "unknown"
    assert out.tests == ()
    assert out.see


@pytest.mark.parametrize(("weeks", "level"), [(1, "wait"), (8, "talk"), (12, "try_tests")])
def test_weeks_since_birth_decide_when_nothing_else_does(weeks, level):
    assert evaluate(Answers(weeks_since_birth=weeks, no=tuple(IDS))).level == level


def test_an_answer_given_both_ways_is_refused():
    with pytest.raises(ValueError, match="both ways"):
        Answers(weeks_since_birth=10, yes=("calf",), no=("calf",))

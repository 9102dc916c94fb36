"""No combination of answers yields a clearance; every stop names whom to see.

All of the answers reach the advice through a summary with few values. The first tests show that
each question's answer moves the summary as it should, for every pattern of the other answers of its
group (3 to the power of the group's size); the others go through every value of the summary.
"""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.readiness import BATTERY, QUESTIONS, TIMED_TESTS, Answers, evaluate
from formcheck.readiness.battery import IMPACT_TESTS
from formcheck.readiness.outcome import NOT_A_CLEARANCE, Summary, decide, summarise
from formcheck.readiness.questions import PAUSE, TALK, URGENT
from formcheck.registry import PROTOCOLS

IDS = [q.id for q in QUESTIONS]
BY_ID = {q.id: q for q in QUESTIONS}
FORBIDDEN = re.compile(
    r"\b(clear(ed|ance)?|ready|safe|fit to|go and run|go ahead|you can run|may run|all clear|"
    r"passed|healed enough|no (problem|concern)s?|good to go|green light|diagnos\w*|abnormal\w*|"
    r"risk of injury)\b",
    re.IGNORECASE,
)
STOPS = ("urgent", "pause", "unknown", "wait")
SUMMARIES = [
    Summary(*flags, weeks)
    for flags in itertools.product((False, True), repeat=5)
    for weeks in ("rest", "early", "later")
]
WEEKS = {"rest": 1.0, "early": 8.0, "later": 30.0}


def answers(yes=(), missing=(), weeks=30.0, delivery="unknown"):
    no = tuple(i for i in IDS if i not in yes and i not in missing)
    return Answers(weeks_since_birth=weeks, delivery=delivery, yes=tuple(yes), no=no)


def said(outcome):
    visits = [w for v in outcome.visits for w in (v.see, *v.about)]
    return " | ".join((outcome.headline, *outcome.notes, *outcome.see, *visits))


def patterns(group):
    """Every way to answer a group of questions (0 no, 1 yes, 2 not answered), one row each."""
    return np.array(list(itertools.product((0, 1, 2), repeat=len(group))), dtype=np.int8)


@pytest.mark.parametrize("group", [URGENT, PAUSE], ids=["urgent", "pause"])
def test_every_pattern_of_a_group_of_symptoms_reaches_the_summary(group):
    ids = np.array([q.id for q in group])
    others = tuple(i for i in IDS if i not in ids)
    for row in patterns(group):
        got = summarise(
            Answers.model_construct(
                weeks_since_birth=30.0, yes=tuple(ids[row == 1]), no=(*others, *ids[row == 0])
            )
        )
        assert getattr(got, group[0].group) == (row == 1).any()
        assert got.unknown == (row == 2).any()
        expected = "urgent" if group is URGENT else "pause"
        level = expected if (row == 1).any() else "unknown" if (row == 2).any() else "try_tests"
        assert decide(got).level == level


def test_no_pattern_of_the_routed_questions_stops_anybody_or_goes_unheard():
    no_symptoms = tuple(q.id for q in (*URGENT, *PAUSE))
    for row in itertools.product((0, 1, 2), repeat=len(TALK) - 4):  # the rest is a no
        yes = tuple(q.id for q, a in zip(TALK, row, strict=False) if a == 1)
        missing = {q.id for q, a in zip(TALK, row, strict=False) if a == 2}
        no = tuple(i for i in IDS if i not in yes and i not in missing)
        got = summarise(Answers.model_construct(weeks_since_birth=30.0, yes=yes, no=no))
        assert set(no_symptoms) <= set(no)
        assert decide(got).level == ("talk" if yes or missing else "try_tests")


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
@pytest.mark.parametrize("state", ["yes", "missing"])
def test_one_answer_moves_the_summary_whatever_else_was_answered(question, state):
    rng = np.random.default_rng(IDS.index(question.id))
    for _ in range(60):
        other = rng.integers(0, 3, len(IDS))
        yes = {i for i, a in zip(IDS, other, strict=True) if a == 1} - {question.id}
        missing = {i for i, a in zip(IDS, other, strict=True) if a == 2} - {question.id}
        (yes if state == "yes" else missing).add(question.id)
        got = summarise(answers(yes, missing))
        if state == "yes":
            assert getattr(got, question.group)
        else:
            assert got.unknown or question.group == "talk"
        assert got.holds_impact or not question.holds_impact


@pytest.mark.parametrize("summary", SUMMARIES, ids=str)
def test_no_summary_yields_a_clearance_and_every_stop_is_without_tests(summary):
    got = decide(summary)
    assert not FORBIDDEN.search(" ".join(got.notes))
    assert NOT_A_CLEARANCE in got.notes
    if summary.urgent or summary.pause or summary.unknown or summary.weeks == "rest":
        assert got.level in STOPS
    if got.level in STOPS:
        assert got.tests == ()
    if summary.weeks != "later" or summary.holds_impact:
        assert not set(got.tests) & set(IMPACT_TESTS)


@pytest.mark.parametrize("weeks", WEEKS)
@pytest.mark.parametrize("delivery", ["vaginal", "assisted", "caesarean", "unknown"])
def test_every_outcome_names_whom_to_see_and_says_nothing_forbidden(weeks, delivery):
    one_each = [(), *((q.id,) for q in QUESTIONS)]
    pairs = [(a[0].id, b[0].id) for a, b in itertools.pairwise((URGENT, PAUSE, TALK))]
    for yes in (*one_each, *pairs, tuple(IDS)):
        for missing in ((), ("heaviness",), ("mood",), tuple(IDS)):
            out = evaluate(
                answers(yes, set(missing) - set(yes), weeks=WEEKS[weeks], delivery=delivery)
            )
            assert not FORBIDDEN.search(said(out)), said(out)
            assert NOT_A_CLEARANCE in out.notes
            if yes or out.level in STOPS:
                assert out.see
            for i in yes:
                visit = next(v for v in out.visits if v.see == BY_ID[i].see)
                assert BY_ID[i].topic in visit.about


@given(
    st.floats(0, 300),
    st.lists(st.sampled_from(IDS), unique=True),
    st.lists(st.sampled_from(IDS), unique=True),
    st.sampled_from(["vaginal", "assisted", "caesarean", "unknown"]),
)
def test_no_answer_sheet_yields_a_clearance(weeks, yes, missing, delivery):
    out = evaluate(answers(yes, set(missing) - set(yes), weeks, delivery))
    assert not FORBIDDEN.search(said(out))
    assert NOT_A_CLEARANCE in out.notes
    if out.level in STOPS:
        assert out.see
        assert not out.tests


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_a_yes_leads_to_the_level_of_its_group(question):
    out = evaluate(answers((question.id,)))
    assert out.level == question.group
    assert question.see == out.see[0]
    assert question.text in out.talk_about


def test_an_unanswered_symptom_is_not_a_no():
    out = evaluate(answers(missing=("heaviness",)))
    assert out.level == "unknown"
    assert out.unanswered == (BY_ID["heaviness"].text,)


def test_impact_waits_until_strength_work_is_known_to_be_done():
    assert set(IMPACT_TESTS) <= set(evaluate(answers()).tests)
    for held in ({"yes": ("no_strength_work",)}, {"missing": ("no_strength_work",)}):
        assert not set(IMPACT_TESTS) & set(evaluate(answers(**held)).tests)


@pytest.mark.parametrize(("weeks", "level"), [(1, "wait"), (8, "talk"), (12, "try_tests")])
def test_weeks_since_birth_decide_when_nothing_else_does(weeks, level):
    assert evaluate(answers(weeks=weeks)).level == level


def test_every_question_and_topic_names_somebody():
    for q in QUESTIONS:
        assert q.see
        assert q.topic
        assert q.text.endswith("?")
    assert len(set(IDS)) == len(IDS)


def test_every_test_offered_exists():
    assert set(BATTERY) <= set(PROTOCOLS) | set(TIMED_TESTS)


def test_an_answer_given_both_ways_is_refused():
    with pytest.raises(ValueError, match="both ways"):
        Answers(weeks_since_birth=10, yes=("calf",), no=("calf",))

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.errors import FormcheckError
from formcheck.plan import STAGES, begin, edit, propose, reach_of, read_plan, take, write_plan
from formcheck.plan.progress import grow
from formcheck.plan.stages import GENERAL, MAX_RISE, SOURCES, STAGE_IDS, STOP_AND_WALK
from formcheck.readiness import QUESTIONS, TIMED_TESTS, Answers, evaluate
from formcheck.readiness.log import SYMPTOMS, SymptomEntry
from formcheck.registry import PROTOCOLS
from tests.unit.readiness.test_outcome import FORBIDDEN

T0 = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ALL_NO = evaluate(Answers(weeks_since_birth=30, no=tuple(q.id for q in QUESTIONS)))
ORDER = (
    "breathing_core",
    "crawling",
    "hill_walking",
    "single_leg_strength",
    "walk_run",
    "easy_run",
)


def noted(day, *symptoms, moment="next_morning"):
    return SymptomEntry(at=T0 + day * DAY, moment=moment, activity="plan", symptoms=symptoms)


def outcome(yes=(), weeks=30):
    no = tuple(q.id for q in QUESTIONS if q.id not in yes)
    return evaluate(Answers(weeks_since_birth=weeks, yes=tuple(yes), no=no))


def walk_through(weeks):
    """Follow the proposals without any symptom, answering every check with yes."""
    state, log = begin(T0), []
    for n in range(1, weeks):
        log.append(noted(7 * n - 1))
        got = propose(state, log, T0 + 7 * n * DAY, outcome=ALL_NO, check_passed=True)
        yield state, got
        state = take(state, got)


def test_the_stages_come_in_the_order_of_the_practice():
    assert STAGE_IDS == ORDER


def test_without_symptoms_one_thing_changes_a_week_by_a_tenth_at_most_up_to_the_last_stage():
    seen = set()
    for state, got in walk_through(160):
        seen.add(state.week.stage)
        if got.kind == "keep":
            break
        assert got.week is not None, got
        before, after = state.week, got.week
        if after.stage != before.stage:
            assert STAGE_IDS.index(after.stage) == STAGE_IDS.index(before.stage) + 1
            continue
        changed = [k for k in after.values if after.values[k] != before.values[k]]
        assert changed == [after.changed]
        old, new = before.values[changed[0]], after.values[changed[0]]
        assert old < new <= old * (1 + MAX_RISE) + 1e-9
    assert seen == set(STAGE_IDS)
    assert got.kind == "keep"


@given(st.sampled_from([p for s in STAGES for p in s.parameters]), st.floats(0.5, 400))
def test_growth_is_never_more_than_a_tenth_nor_beyond_the_goal(parameter, value):
    grown = grow(parameter, value)
    assert grown >= value
    assert grown <= value * (1 + MAX_RISE) + 1e-9
    assert grown <= max(value, parameter.goal)


def test_every_parameter_can_reach_its_goal_from_its_start():
    for parameter in (p for s in STAGES for p in s.parameters):
        value = parameter.start
        for _ in range(60):
            value = grow(parameter, value)
        assert value == parameter.goal, parameter.id


@pytest.mark.parametrize("symptom", SYMPTOMS)
@pytest.mark.parametrize("stage", STAGE_IDS)
def test_any_symptom_at_any_stage_stops_names_whom_to_see_and_never_goes_on(symptom, stage):
    state = begin(T0, stage)
    got = propose(state, [noted(8, symptom)], T0 + 9 * DAY, outcome=ALL_NO, check_passed=True)
    assert got.kind == "stop"
    assert got.see
    assert got.week.why == "stepped_back"
    assert STAGE_IDS.index(got.week.stage) <= STAGE_IDS.index(stage)
    if stage in ("walk_run", "easy_run"):
        assert got.week.stage == "hill_walking"  # stop and walk


def test_a_stop_stands_until_somebody_was_talked_to():
    log = [noted(3, "leaking"), noted(8)]
    state = begin(T0)
    assert propose(state, log, T0 + 9 * DAY, outcome=ALL_NO).kind == "stop"
    talked = T0 + 5 * DAY
    assert propose(state, log, T0 + 9 * DAY, outcome=ALL_NO, talked_at=talked).kind == "raise"


def test_a_symptom_gives_back_the_last_lower_values():
    state = begin(T0, "hill_walking")
    state = take(state, propose(state, [noted(6)], T0 + 7 * DAY, outcome=ALL_NO))
    state = take(state, propose(state, [noted(6), noted(13)], T0 + 14 * DAY, outcome=ALL_NO))
    assert [w.values["walk_min"] for w in state.weeks] == [20, 22, 24]
    got = propose(state, [noted(15, "heaviness")], T0 + 16 * DAY, outcome=ALL_NO)
    assert got.week.values["walk_min"] == 22


def test_no_change_before_the_week_is_over_or_without_a_note():
    state = begin(T0)
    assert propose(state, [noted(1)], T0 + 3 * DAY, outcome=ALL_NO).kind == "wait"
    assert propose(state, [], T0 + 9 * DAY, outcome=ALL_NO).kind == "log_first"


def test_the_check_comes_before_the_next_stage():
    state = begin(T0)
    week = state.week.model_copy(update={"values": {"breathing_min": 8.0}})
    state = state.model_copy(update={"weeks": (week,)})
    got = propose(state, [noted(6)], T0 + 8 * DAY, outcome=ALL_NO)
    assert got.kind == "check"
    assert got.week is None
    got = propose(state, [noted(6)], T0 + 8 * DAY, outcome=ALL_NO, check_passed=True)
    assert got.week.stage == "crawling"


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if q.group != "talk"], ids=lambda q: q.id
)
def test_a_stop_of_the_screen_is_a_stop_of_the_plan(question):
    stopped = outcome((question.id,))
    assert reach_of(stopped) == ()
    got = propose(begin(T0), [noted(6)], T0 + 8 * DAY, outcome=stopped, check_passed=True)
    assert got.kind == "stop"
    assert question.see in got.see
    assert got.week is None


def test_running_waits_for_strength_weeks_and_twelve_weeks():
    for held in (outcome(("no_strength_work",)), outcome(("bone_stress",)), outcome(weeks=8)):
        assert not any(s.impact for s in reach_of(held))
        state = begin(T0, "single_leg_strength")
        week = state.week.model_copy(update={"values": {"reps_a_side": 20.0}})
        state = state.model_copy(update={"weeks": (week,)})
        got = propose(state, [noted(6)], T0 + 8 * DAY, outcome=held, check_passed=True)
        assert got.kind == "held"
        assert got.see
    assert reach_of(outcome(weeks=1)) == STAGES[:1]


def test_an_edit_by_a_professional_is_logged_and_counts():
    state = edit(
        begin(T0), at=T0 + DAY, by="PT", why="comfortable with more", values={"breathing_min": 6}
    )
    assert state.week.values == {"breathing_min": 6}
    entry = state.edits[0]
    assert (entry.before, entry.after, entry.by) == (
        {"breathing_min": 5.0}, {"breathing_min": 6.0}, "PT",
    )  # fmt: skip
    moved = edit(state, at=T0 + 2 * DAY, by="PT", why="walks well", stage="hill_walking")
    assert moved.stage.id == "hill_walking"
    assert len(moved.edits) == 2
    assert read_plan(write_plan(moved)) == moved


@pytest.mark.parametrize(
    "change",
    [{"stage": "sprints"}, {"values": {"walk_min": 3.0}}, {"values": {"breathing_min": 0}}],
)
def test_an_edit_that_makes_no_sense_is_refused(change):
    with pytest.raises(FormcheckError) as caught:
        edit(begin(T0), at=T0, by="PT", why="x", **change)
    assert caught.value.code == "SETTING_INVALID"


def test_an_edit_needs_who_and_why():
    for who, why in (("", "because"), ("PT", "")):
        with pytest.raises(ValueError, match="at least 1 character"):
            edit(begin(T0), at=T0, by=who, why=why, values={"breathing_min": 6})


def test_every_stage_has_a_check_with_tests_that_exist():
    for stage in STAGES:
        assert stage.check.question.endswith("?")
        assert set(stage.check.tests) <= set(PROTOCOLS) | set(TIMED_TESTS)
    assert any(s.check.tests for s in STAGES)


def test_no_words_of_the_plan_clear_anybody():
    words = [GENERAL, STOP_AND_WALK, *SOURCES]
    for stage in STAGES:
        words += [stage.title, *stage.how, stage.check.question]
    words += [got.words for _, got in walk_through(80)]
    for text in words:
        assert not FORBIDDEN.search(text), text


def test_a_text_that_is_no_plan_is_refused_in_words():
    assert read_plan("") is None
    with pytest.raises(FormcheckError, match="no plan"):
        read_plan('{"weeks": []}')

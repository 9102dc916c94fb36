"""Where the recogniser is not sure, the one test whose repetitions are there speaks."""

import pytest

from formcheck.pipeline.witness import has_witness, only_witness
from formcheck.recognition import Recognition
from formcheck.settings import Settings
from formcheck.signals.prepare import prepare
from tests.synthetic import squat_pose, standing_pose


def asked(*tests):
    likely = tuple((test, 0.3) for test in tests)
    return Recognition(outcome="ask", kind=tests[0], probability=0.3, likely=likely)


def witness(pose, truth, *tests):
    settings = Settings()
    return only_witness(asked(*tests), prepare(pose, settings.signals), truth.scene, settings)


@pytest.fixture(scope="module")
def on_one_leg():
    return squat_pose(stance="left", reps=(70.0, 70.0, 70.0))


def test_the_only_likely_test_with_repetitions_is_named(on_one_leg):
    likely = ("calf_raise", "single_leg_balance", "single_leg_squat")
    assert witness(*on_one_leg, *likely) == "single_leg_squat"


def test_two_tests_with_repetitions_are_asked_about(on_one_leg):
    assert witness(*on_one_leg, "single_leg_squat", "double_squat") is None


@pytest.mark.parametrize("other", ["treadmill_run", "hop_landing", "forward_bounds"])
def test_runs_and_jumps_are_asked_about(on_one_leg, other):
    assert witness(*on_one_leg, "single_leg_squat", other) is None


def test_squats_on_both_legs_are_none_on_one():
    both = squat_pose(stance="both", reps=(80.0, 80.0, 80.0))
    assert witness(*both, "calf_raise", "single_leg_squat") is None


def test_one_repetition_is_not_enough_and_standing_is_none():
    assert witness(*squat_pose(reps=(70.0,)), "calf_raise", "single_leg_squat") is None
    assert witness(*standing_pose(), "calf_raise", "single_leg_squat") is None


def test_a_sure_answer_needs_a_repetition_where_the_test_has_such(on_one_leg):
    pose, truth = on_one_leg
    settings = Settings()
    prepared = prepare(pose, settings.signals)
    assert has_witness("single_leg_squat", prepared, truth.scene, settings)
    assert not has_witness("calf_raise", prepared, truth.scene, settings)
    assert has_witness("treadmill_run", prepared, truth.scene, settings)

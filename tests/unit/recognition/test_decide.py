"""Three outcomes: sure, ask, none of the tests."""

import pytest

from formcheck.errors import FormcheckError
from formcheck.pipeline.recognised import named_otherwise, none_of_ours, recognition_record, unsure
from formcheck.recognition.decide import Limits, decide

LIMITS = Limits(sure=0.5, margin=0.15, none_sure=0.5)
UPRIGHT = {"lying": 0.0, "one_lifted": 0.0, "same_side": 0.0}
LYING = UPRIGHT | {"lying": 1.0}


def decided(held, features=UPRIGHT, surface="treadmill"):
    rest = (1 - sum(held.values())) / 2
    return decide({"calf_raise": rest, "lunge": rest} | held, features, surface, LIMITS)


def test_a_clear_answer_is_sure():
    said = decided({"double_squat": 0.8})
    assert (said.outcome, said.likely[0][0]) == ("sure", "double_squat")


@pytest.mark.parametrize(
    ("surface", "test"), [("treadmill", "treadmill_run"), ("overground", "hallway_run")]
)
def test_the_surface_says_which_run(surface, test):
    said = decided({"run": 0.8}, surface=surface)
    assert said.is_run
    assert said.likely[0][0] == test


@pytest.mark.parametrize("held", [{"double_squat": 0.45}, {"double_squat": 0.5, "lunge": 0.4}])
def test_what_is_not_clear_is_asked(held):
    said = decided(held)
    assert said.outcome == "ask"
    assert 2 <= len(said.likely) <= 3
    with pytest.raises(FormcheckError, match=r"PROTOCOL_UNSURE.*--protocol double_squat") as caught:
        raise unsure(said)
    assert caught.value.likely == said.likely
    assert caught.value.__reduce__()[1][3] == said.likely  # crosses process boundaries


def test_two_kinds_of_nothing_add_up():
    said = decided({"none_standing": 0.4, "none_floor": 0.3}, {**UPRIGHT, "lying": 0.4})
    assert said.outcome == "not_a_test"
    assert none_of_ours(said).code == "NOT_A_TEST"


def test_a_walk_is_known_as_one():
    assert decided({"walk": 0.9}).outcome == "walking"


def test_what_the_rhythm_speaks_against_is_asked():
    for kind in ("run", "walk"):
        said = decide({kind: 0.9, "lunge": 0.1}, UPRIGHT, "treadmill", LIMITS, against=kind)
        assert said.outcome == "ask"


def test_a_run_or_a_jog_in_place_is_asked_where_neither_is_likelier():
    assert decided({"run": 0.45, "jog_on_spot": 0.43}).outcome == "ask"
    assert decided({"run": 0.6, "jog_on_spot": 0.3}).outcome == "sure"


def test_lying_people_pass_no_standing_test():
    said = decided({"double_squat": 0.8, "single_leg_bridge": 0.1}, LYING)
    assert {p for p, _ in said.likely} == {"single_leg_bridge"}


def test_standing_people_pass_no_lying_test():
    said = decided({"single_leg_bridge": 0.8, "hip_hinge": 0.1})
    assert "single_leg_bridge" not in {p for p, _ in said.likely}


def test_a_test_that_was_named_stands_and_the_doubt_is_told():
    said = decided({"double_squat": 0.8})
    (finding,) = named_otherwise(said, "lunge")
    assert (finding.code, finding.severity) == ("LOOKS_LIKE_ANOTHER_TEST", "info")
    assert named_otherwise(said, "double_squat") == ()
    assert named_otherwise(said, "auto") == ()
    assert named_otherwise(decided({"run": 0.8}), "jog_on_spot") == ()


def test_the_record_keeps_what_it_may_be():
    record = recognition_record(decided({"double_squat": 0.8}))
    assert (record.protocol, record.probability) == ("double_squat", 0.8)
    assert [o.protocol for o in record.others] == ["calf_raise", "lunge"]
    walk = recognition_record(decided({"walk": 0.9}))
    assert walk.protocol == ""

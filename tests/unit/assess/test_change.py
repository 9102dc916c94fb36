import pytest

from formcheck.assess.change import MAYBE, MDC95, compare_analyses
from formcheck.errors import FormcheckError
from tests.unit.assess.builders import analysis, measurement


def row(before, after, a=None, b=None):
    made = compare_analyses(analysis([before], **(a or {})), analysis([after], **(b or {})))
    return made.rows[0], made


def of(value, sd=1.0, **kw):
    return measurement("hip_range", value, sd_parts={"steps": sd}, sd=sd, **kw)


@pytest.mark.parametrize(
    ("difference", "verdict"),
    [
        (0.5, "no clear change"),
        (MAYBE + 0.1, "maybe"),
        (MDC95 - 0.1, "maybe"),
        (MDC95 + 0.1, "changed"),
        (-MDC95 - 0.1, "changed"),
    ],
)
def test_a_change_is_judged_against_the_measurement_error(difference, verdict):
    found, made = row(of(50.0), of(50.0 + difference))
    assert found.mdc95 == pytest.approx(MDC95)
    assert found.verdict == verdict
    assert made.same_setup


def test_the_published_retest_error_is_the_floor():
    found, _ = row(
        measurement("landing_softness", 50.0, sd_parts={"steps": 0.5}),
        measurement("landing_softness", 70.0, sd_parts={"steps": 0.5}),
    )
    # measures.md 7b.8: a change only beyond 28 points
    assert found.mdc95 == pytest.approx(27.7)
    assert found.verdict == "maybe"


def test_the_persons_own_share_of_the_method_error_cancels():
    a = measurement("hip_range", 50.0, sd_parts={"steps": 0.0, "method": 6.0})
    found, _ = row(a, a)
    assert found.mdc95 == pytest.approx(MDC95 * 3.0)


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ({"view": "side"}, {"view": "rear"}, "another view"),
        ({"surface": "treadmill"}, {"surface": "overground"}, "over ground"),
        ({"fps": 60.0}, {"fps": 30.0}, "frame rates"),
    ],
)
def test_other_set_ups_cannot_be_compared(a, b, words):
    found, made = row(of(50.0), of(60.0), a, b)
    assert found.verdict == "can't compare"
    assert words in found.reason
    assert not made.same_setup
    assert any(words in line for line in made.lines())


def test_what_holds_for_a_person_in_every_clip_is_no_change():
    parts = {"steps": 1.0, "people": 25.0}
    found, _ = row(*(measurement("hip_range", v, sd_parts=parts, sd=25.0) for v in (50.0, 54.0)))
    assert found.mdc95 == pytest.approx(MDC95)
    assert found.verdict == "changed"


def test_other_speeds_cannot_be_compared():
    def at(speed):
        return analysis([of(50.0), measurement("speed", speed, 0.1, side="both")])

    made = compare_analyses(at(2.5), at(3.0))
    assert made.rows[0].verdict == "can't compare"
    assert compare_analyses(at(2.9), at(3.0)).same_setup
    assert [r.id for r in made.rows] == ["hip_range"]


def test_uncertain_and_missing_values_cannot_be_compared():
    found, _ = row(of(50.0), of(60.0, status="uncertain"))
    assert found.verdict == "can't compare"
    missing = measurement("hip_range", 0.0, status="unavailable")
    found, _ = row(of(50.0), missing)
    assert (found.verdict, found.difference, found.mdc95) == ("can't compare", None, None)
    assert "not measured" in found.line()


def test_different_tests_are_an_error():
    with pytest.raises(FormcheckError, match="RESULTS_NOT_COMPARABLE"):
        compare_analyses(analysis([]), analysis([], protocol="single_leg_squat"))


def test_lines_are_plain_and_round_numbers():
    _, made = row(of(50.2), of(50.9))
    assert made.lines() == (
        "Same set-up: yes.",
        "Thigh swing over the stride, right: 50 -> 51 degrees; no clear change: the difference is "
        "inside the measurement error (3).",
    )
    assert made.model_dump(mode="json")["rows"][0]["verdict"] == "no clear change"


def test_an_error_that_rounds_to_nothing_is_not_told_as_none():
    sure = [measurement("cadence", v, sd_parts={"steps": 0.1}, sd=0.1) for v in (168.0, 168.1)]
    _, made = row(*sure)
    assert made.lines()[1].endswith("inside the measurement error (under 1).")

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.render import wording
from formcheck.render.grade import grade, grade_of
from formcheck.settings.render import RenderSettings
from tests.unit.render.builders import measured, withheld

S = RenderSettings()


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (6.6, "deg", "7"),
        (-0.4, "deg", "0"),
        (-3.6, "deg", "\N{MINUS SIGN}4"),
        (283.0, "ms", "285"),
        (0.2871, "s", "0.29"),
        (168.4, "steps/min", "168"),
        (7.3, "cm", "7.5"),
        (2.86, "m/s", "2.9"),
        (41.2, "%", "41"),
    ],
)
def test_numbers_are_rounded_for_their_unit(value, unit, words):
    assert wording.number(value, unit, S) == words


@given(st.floats(-1e4, 1e4), st.sampled_from(["deg", "ms", "s", "cm", "%", "m/s"]))
def test_rounding_moves_a_number_by_half_a_step_at_most_and_never_prints_minus_zero(value, unit):
    words = wording.number(value, unit, S)
    back = float(words.replace("\N{MINUS SIGN}", "-"))
    assert abs(back - value) <= wording.step_of(unit, S) / 2 + 1e-6
    assert not (words.startswith("\N{MINUS SIGN}") and back == 0)


def test_value_has_its_interval_and_unit():
    assert wording.value_text(measured("pelvic_drop", values=[7.2]), S) == "7° ± 3"
    ms = measured("contact_time", values=[284.0], half=22.0, unit="ms")
    assert wording.value_text(ms, S) == "285 ± 20 ms"
    assert wording.value_text(withheld("pelvic_drop"), S) == "not measured"


def test_narrow_interval_is_never_shown_as_zero():
    assert wording.value_text(measured("pelvic_drop", half=0.1), S) == "7° ± 1"


def test_lopsided_interval_is_shown_by_its_ends():
    m = measured("pelvic_drop", values=[7.0], ci95=(6.0, 16.0))
    assert wording.value_text(m, S) == "7° (6 to 16)"


def test_side_of_a_stance_measure_names_the_stance_leg():
    assert wording.label_of("pelvic_drop", "right").endswith("right stance")
    assert wording.label_of("knee_flexion_at_contact", "left").endswith(", left")
    assert "," not in wording.label_of("cadence", "both")


def test_clock():
    assert wording.clock(3.2169) == "00:03.217"
    assert wording.clock(75.0) == "01:15.000"


@pytest.mark.parametrize(
    ("n", "status", "letter"),
    [(10, "ok", "A"), (9, "ok", "B"), (6, "ok", "C"), (30, "uncertain", "C")],
)
def test_grade_follows_steps_and_status(n, status, letter):
    m = measured("pelvic_drop", n=n, status=status, reason="" if status == "ok" else "why")
    assert grade_of(m, S) == letter


def test_repetitions_have_their_own_limits_and_the_lowest_grade_counts():
    squat = measured("squat_valgus", n=5)
    assert grade_of(squat, S) == "A"
    assert grade([squat, measured("pelvic_drop", n=8)], S) == "B"
    assert grade([withheld("pelvic_drop")], S) == ""


def test_in_a_movement_test_everything_is_counted_per_repetition():
    assert wording.counted_as("knee_flexion_at_contact") == "step"
    assert wording.counted_as("knee_flexion_at_contact", in_test=True) == "repetition"
    landing = measured("knee_flexion_at_contact", n=5)
    assert grade_of(landing, S) == "C"
    assert grade_of(landing, S, in_test=True) == "A"


def test_a_count_is_told_without_an_interval():
    m = measured("rep_count", values=[9.0], ci95=(9.0, 9.0), unit="count")
    assert wording.value_text(m, S) == "9"
    assert wording.interval_text(m, S) == ""
    assert wording.plus_minus((9.0, 9.0), "count", S) == ""
    assert wording.plus_minus((4.0, 10.0), "deg", S) == " ± 3"

import pytest

from formcheck.assess.sides import (
    SIDE_RULES,
    camera_hides,
    difference_verdict,
    difference_word,
    limit_of,
    symmetry_angle_pct,
)
from formcheck.registry import MEASURES
from tests.unit.assess.builders import measurement


def pair(measure_id, difference, half, *, value=10.0, status="ok", **parts):
    left = measurement(measure_id, value, side="left", status=status)
    right = measurement(
        measure_id, value + difference, side="right", status=status, difference=(difference, half)
    )
    gap = right.asymmetry.model_copy(update={"sd_parts": parts})
    return right.model_copy(update={"asymmetry": gap}), left


@pytest.mark.parametrize(
    ("measure_id", "limit"),
    [
        ("knee_flexion_at_contact", 7.0),
        ("hip_range", 5.4),
        ("foot_inclination_at_contact", 4.4),
        ("pelvic_drop", 3.0),
        ("trunk_side_lean", 3.0),
        ("squat_valgus", 8.9),
    ],
)
def test_each_measure_has_its_own_limit(measure_id, limit):
    assert limit_of(*pair(measure_id, limit, 1.0)) == limit
    assert difference_verdict(*pair(measure_id, limit + 1.5, 1.0)) == "outside"
    assert difference_verdict(*pair(measure_id, -(limit + 0.5), 1.0)) == "watch"
    assert difference_verdict(*pair(measure_id, 0.5 * limit, 0.2 * limit)) == "usual"
    assert difference_verdict(*pair(measure_id, limit + 0.5, limit + 1)) is None


def test_times_go_by_the_symmetry_angle():
    right, left = pair("step_time", 30.0, 5.0, value=350.0)
    limit = limit_of(right, left)
    assert symmetry_angle_pct(365.0 - limit / 2, 365.0 + limit / 2) == pytest.approx(2.0)
    assert difference_verdict(right, left) == "outside"
    assert difference_verdict(*pair("step_time", 10.0, 5.0, value=350.0)) == "usual"


def test_a_camera_that_is_not_level_hides_the_difference():
    right, left = pair("trunk_side_lean", 9.0, 6.0, roll=3.0)
    assert camera_hides(right, left)
    assert "not level" in difference_word(right, left)
    assert not camera_hides(*pair("trunk_side_lean", 9.0, 6.0, roll=0.5))


def test_words_beside_a_difference():
    assert difference_word(*pair("pelvic_drop", 6.0, 1.0)) == "the sides differ"
    assert difference_word(*pair("pelvic_drop", 2.0, 0.5)) == "a small difference"
    assert difference_word(*pair("pelvic_drop", 1.0, 2.0)) == "no clear difference between sides"
    assert difference_word(*pair("pelvic_drop", 6.0, 1.0, status="uncertain")) == "uncertain"


def test_every_rule_belongs_to_a_sided_measure():
    assert all(MEASURES[k].sided for k in SIDE_RULES)

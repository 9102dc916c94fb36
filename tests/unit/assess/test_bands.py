import pytest

from formcheck.assess.bands import BANDS, band_of, difference_zone, zone_of
from formcheck.results import Difference
from tests.unit.assess.builders import clip_record, measurement


def test_ranges_are_those_of_the_sources():
    assert (BANDS["knee_flexion_at_contact"].low, BANDS["knee_flexion_at_contact"].high) == (
        9.8,
        25.8,
    )
    assert BANDS["contact_time"].low == 225.0
    assert all("S " in b.source for b in BANDS.values())


@pytest.mark.parametrize("measure_id", ["pelvic_drop", "trunk_rotation", "squat_valgus", "cadence"])
def test_no_range_where_none_is_defensible(measure_id):
    assert band_of(measure_id, clip_record(), 2.7) is None


def test_a_treadmill_range_is_not_used_over_ground():
    assert band_of("knee_flexion_at_contact", clip_record(surface="overground")) is None
    assert band_of("knee_flexion_at_contact", clip_record(surface="treadmill")) is not None


@pytest.mark.parametrize(("speed", "known"), [(None, False), (2.7, True), (4.0, False)])
def test_a_range_for_one_speed_needs_that_speed(speed, known):
    assert (band_of("contact_time", clip_record(), speed) is not None) is known


@pytest.mark.parametrize(
    ("value", "half", "zone"),
    [
        (17.0, 3.0, "usual"),
        (11.0, 3.0, "watch"),
        (24.0, 3.0, "watch"),
        (5.0, 3.0, "outside"),
        (32.0, 3.0, "outside"),
        (17.0, 9.0, None),
    ],
)
def test_outside_only_with_the_whole_interval(value, half, zone):
    m = measurement("knee_flexion_at_contact", value, half)
    assert zone_of(m, BANDS["knee_flexion_at_contact"]) == zone


def test_uncertain_values_get_no_verdict():
    m = measurement("knee_flexion_at_contact", 2.0, 1.0, status="uncertain")
    assert zone_of(m, BANDS["knee_flexion_at_contact"]) is None


@pytest.mark.parametrize(
    ("value", "half", "zone"),
    [
        (0.5, 1.0, "usual"),
        (5.0, 1.5, "outside"),
        (-6.0, 2.0, "outside"),
        (4.0, 2.0, "watch"),
        (4.0, 5.0, None),
        (2.0, 1.5, None),
    ],
)
def test_differences_between_sides(value, half, zone):
    d = Difference(value=value, ci95=(value - half, value + half), sd=half / 2, status="ok")
    assert difference_zone(d, "deg") == zone
    assert difference_zone(d, "ms") is None

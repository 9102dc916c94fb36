import pytest

from formcheck.render.verdicts import Ranges
from formcheck.settings.render import RenderSettings
from tests.unit.render.builders import measured


def knee(value, half=2.0, **kw):
    return measured("knee_flexion_at_contact", "left", [value], half=half, **kw)


@pytest.mark.parametrize(
    ("value", "verdict"), [(18.0, "usual"), (11.0, "watch"), (4.0, "outside"), (40.0, "outside")]
)
def test_whole_interval_decides(value, verdict):
    assert Ranges.of("treadmill", []).verdict(knee(value)) == verdict


def test_no_verdict_on_another_surface_or_for_an_uncertain_value():
    assert Ranges.of("overground", []).verdict(knee(4.0)) is None
    unsure = knee(4.0, status="uncertain", reason="few steps")
    assert Ranges.of("treadmill", []).verdict(unsure) is None


def test_speed_bound_range_needs_the_measured_speed():
    contact = measured("contact_time", "left", [271.0], half=5.0, unit="ms")
    assert Ranges.of("treadmill", []).verdict(contact) is None
    speed = measured("speed", "both", [2.7], half=0.1, unit="m/s")
    assert Ranges.of("treadmill", [speed]).verdict(contact) == "usual"


def test_measure_without_a_published_range_has_none():
    ranges = Ranges.of("treadmill", [])
    assert ranges.span("pelvic_drop") is None
    assert ranges.verdict(measured("pelvic_drop", "left", [20.0])) is None


def test_range_is_told_in_words_with_its_source():
    ranges = Ranges.of("treadmill", [])
    assert ranges.words("knee_flexion_at_contact", "deg", RenderSettings()) == "10 to 26°"
    assert ranges.source("knee_flexion_at_contact").startswith("45 recreational runners")
    assert ranges.words("pelvic_drop", "deg", RenderSettings()) == ""

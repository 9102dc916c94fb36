"""Landing items: every one with its sureness, none with a verdict or a score."""

import re

import pytest

from formcheck.assess.landing_items import ITEMS, landing_items
from formcheck.registry import MEASURES, PROTOCOLS
from tests.unit.assess.builders import analysis, measurement

VERDICT = re.compile(
    r"\b(error|fail\w*|pass\w*|poor|good|excellent|score of|risk)\b", re.IGNORECASE
)


def clip(view, *measurements):
    return analysis(measurements, protocol="hop_landing", view=view)


@pytest.mark.parametrize("item", ITEMS, ids=lambda i: i.title)
def test_an_item_is_a_measure_of_the_landing_test_in_a_view_that_shows_it_or_says_why_not(item):
    if not item.measure:
        assert item.note
        return
    assert item.measure in PROTOCOLS["hop_landing"].measures
    assert item.view in MEASURES[item.measure].views


def test_each_value_comes_with_its_interval_and_the_method_s_error():
    found = landing_items(clip("side", measurement("peak_knee_flexion_stance", 70, half=9)))
    deepest = next(r for r in found if "deepest" in r.title and r.values)
    assert deepest.values == ("right 70 ± 9 degrees",)
    assert "errs by up to" in deepest.reliability


def test_what_the_view_does_not_show_is_said():
    found = {r.title: r for r in landing_items(clip("front"))}
    assert found["Bend of the knee as the feet land"].reliability == "Shows from the side only."
    assert not any(r.values for r in found.values())


@pytest.mark.parametrize("view", ["side", "front"])
def test_no_item_is_passed_or_failed(view):
    values = [measurement(i.measure, 20) for i in ITEMS if i.measure]
    for r in landing_items(clip(view, *values)):
        assert not VERDICT.search(r.title)
        assert not VERDICT.search(" ".join(r.values))

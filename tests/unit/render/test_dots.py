import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.render.dots import dots_plot, ticks
from tests.unit.render.builders import measured, withheld


def elements(svg, css_class):
    return [e for e in ET.fromstring(svg).iter() if e.attrib.get("class") == css_class]


def test_dots_show_every_step_of_every_measured_side():
    rows = [
        measured("pelvic_drop", "left", [4.0, 5.0, 6.0]),
        measured("pelvic_drop", "right", [7.0, 8.0]),
        withheld("pelvic_drop", "both"),
    ]
    svg = dots_plot(rows, band=(0.0, 6.0))
    assert len(elements(svg, "step")) == 5
    words = [e.text for e in ET.fromstring(svg).iter() if e.text]
    assert "L" in words
    assert "R" in words
    assert "degrees" in words


def test_dots_lie_in_order_and_inside_the_picture():
    svg = dots_plot([measured("pelvic_drop", "left", [4.0, 5.0, 9.0])])
    x = [float(e.attrib["cx"]) for e in elements(svg, "step")]
    assert x == sorted(x)
    assert (x[2] - x[1]) == pytest.approx(4 * (x[1] - x[0]), rel=0.01)
    assert min(x) > 0
    assert max(x) < 260


def test_same_input_gives_the_same_bytes():
    m = [measured("pelvic_drop", "left", [4.0, 5.0, 6.0])]
    assert dots_plot(m) == dots_plot(m)


def test_one_step_can_be_plotted():
    assert len(elements(dots_plot([measured("squat_valgus", "left", [4.0])]), "step")) == 1


@given(st.floats(-500, 500), st.floats(0.01, 900))
def test_ticks_are_few_round_and_inside(low, span):
    found = ticks(low, low + span)
    assert 1 <= len(found) <= 6
    for value, words in found:
        assert low - 1e-6 * span <= value <= low + span * (1 + 1e-6)
        assert float(words.replace("\N{MINUS SIGN}", "-")) == pytest.approx(value, abs=1e-6 * span)


def test_ticks_are_written_as_people_write_them():
    assert [w for _, w in ticks(-5.2, 10.4)] == ["\N{MINUS SIGN}5", "0", "5", "10"]
    assert [w for _, w in ticks(1.9, 4.1)] == ["2.0", "2.5", "3.0", "3.5", "4.0"]

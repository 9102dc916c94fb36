import json

from formcheck.assess.change import compare_analyses
from formcheck.report.comparison import comparison_page, summary, write_comparison
from formcheck.settings.render import RenderSettings
from tests.unit.render.builders import measured
from tests.unit.report.builders import analysis
from tests.unit.report.test_html import Outline

S = RenderSettings()


def pair(before, after, **later):
    a = analysis(measurements=(measured("pelvic_drop", "right", [before] * 12, half=0.5, sd=0.2),))
    b = analysis(
        path="later <b>.mp4",
        measurements=(measured("pelvic_drop", "right", [after] * 12, half=0.5, sd=0.2),),
        **later,
    )
    return compare_analyses(a, b)


def test_change_inside_the_error_is_called_no_clear_change():
    change = pair(9.0, 8.0)
    words = Outline(comparison_page(change, S)).words
    assert "no clear change" in words
    assert summary(change).startswith("No clear change")


def test_large_change_is_named_in_the_headline_with_both_values():
    change = pair(12.0, 4.0)
    out = Outline(comparison_page(change, S))
    assert "pelvic drop" in summary(change).lower()
    assert "12° ± 1" in out.words
    assert "4° ± 1" in out.words
    assert "\N{MINUS SIGN}8°" in out.words
    assert out.bad == []
    assert not out.of("b")


def test_other_set_up_is_said_first():
    base = analysis()
    other = base.clip.model_copy(update={"view": "front", "facing": "toward"})
    change = pair(9.0, 4.0, clip=other)
    assert "not filmed alike" in summary(change)
    assert "another view" in Outline(comparison_page(change, S)).words


def test_page_and_json_are_written(tmp_path):
    path = write_comparison(pair(9.0, 8.0), tmp_path / "new")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    stored = json.loads((tmp_path / "new" / "comparison.json").read_text(encoding="utf-8"))
    assert stored["rows"][0]["verdict"] == "no clear change"


def test_nothing_comparable_is_not_called_no_change():
    a = analysis(measurements=(measured("pelvic_drop", "right", [9.0] * 12),))
    b = analysis(measurements=(measured("pelvic_drop", "left", [3.0] * 12),))
    assert summary(compare_analyses(a, b)).startswith("Nothing could be compared")

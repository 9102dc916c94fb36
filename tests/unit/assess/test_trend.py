"""Trends: every session against the first and the last, with the band of the error."""

from datetime import UTC, datetime, timedelta

from formcheck.assess.change import compare_analyses
from formcheck.assess.trend import trends
from tests.unit.history.builders import analysis

DAY = datetime(2026, 9, 1, tzinfo=UTC)


def over(*values, **more):
    return [(DAY + timedelta(days=14 * i), analysis(v, **more)) for i, v in enumerate(values)]


def right_drop(found):
    return next(t for t in found if (t.measure_id, t.side) == ("pelvic_drop", "right"))


def test_the_band_is_the_smallest_detectable_change_around_the_first():
    dated = over(9.0, 8.0, 1.0)
    trend = right_drop(trends(dated[::-1]))
    assert [p.value for p in trend.points] == [9.0, 8.0, 1.0]
    rows = compare_analyses(dated[0][1], dated[2][1]).rows
    row = next(r for r in rows if (r.id, r.side) == ("pelvic_drop", "right"))
    assert trend.points[2].band == (9.0 - row.mdc95, 9.0 + row.mdc95)
    assert trend.points[0].band is None
    inside = [p.band[0] <= p.value <= p.band[1] for p in trend.points[1:]]
    assert inside == [p.since_first != "changed" for p in trend.points[1:]]
    assert trend.points[1].since_first == "no clear change"
    assert trend.points[2].since_first == row.verdict == "changed"


def test_one_session_is_no_trend_and_views_are_not_mixed():
    assert trends(over(9.0)) == ()
    assert trends([*over(9.0), (DAY, analysis(view="side"))]) == ()


def test_an_uncertain_value_gets_no_verdict():
    found = trends(over(9.0, 8.0))
    rotation = next(t for t in found if t.measure_id == "trunk_rotation")
    assert rotation.points[1].since_first == "can't compare"
    assert rotation.points[1].reason


def test_what_was_never_measured_has_no_trend():
    assert all(t.measure_id != "knee_flexion_at_contact" for t in trends(over(9.0, 8.0)))

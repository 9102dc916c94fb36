"""One's own runs side by side: the study's measures, the error, the belt apart."""

from datetime import UTC, datetime, timedelta

from formcheck.assess.postpartum import SOURCE, STUDY, OwnSession, side_by_side
from formcheck.registry import MEASURES
from tests.unit.assess.builders import analysis, measurement

DAY = datetime(2026, 9, 1, tzinfo=UTC)


def session(day, cadence, condition="", protocol="treadmill_run", half=2.0):
    made = analysis(
        [measurement("cadence", cadence, half=half, side="both"), measurement("overstride", 9.0)],
        protocol=protocol,
    )
    return OwnSession(
        at=DAY + timedelta(days=day), name=f"day {day}", analysis=made, condition=condition
    )


def cadence_row(table):
    return next(r for r in table.rows if r.measure_id == "cadence")


def test_the_measures_are_those_that_the_study_found_changed_and_exist():
    assert set(STUDY) == {
        "trunk_rotation", "pelvis_rotation", "step_width", "contact_time", "hip_range",
        "knee_range", "speed", "cadence",
    }  # fmt: skip
    assert set(STUDY) <= set(MEASURES)
    assert "no target" in SOURCE


def test_sessions_stand_side_by_side_oldest_first_with_only_the_study_s_measures():
    (table,) = side_by_side([session(14, 168), session(0, 160)])
    assert table.names == ("day 0", "day 14")
    assert {r.measure_id for r in table.rows} == {"cadence"}
    row = cadence_row(table)
    assert [c.value for c in row.cells] == [160, 168]
    assert row.study == "was lower"
    assert row.cells[0].verdict is None


def test_a_difference_inside_the_error_is_no_change_and_one_beyond_it_is():
    (near,) = side_by_side([session(0, 160), session(7, 161)])
    (far,) = side_by_side([session(0, 160), session(7, 175)])
    assert cadence_row(near).cells[1].verdict == "no clear change"
    assert cadence_row(far).cells[1].verdict == "changed"
    assert cadence_row(far).cells[1].mdc95 < 15


def test_belt_and_no_belt_are_never_one_row_s_change_but_compared_apart():
    sessions = [session(0, 160, "no_belt"), session(7, 175, "belt"), session(14, 161, "no_belt")]
    (table,) = side_by_side(sessions)
    cells = cadence_row(table).cells
    assert cells[1].verdict is None
    assert cells[2].verdict == "no clear change"
    assert [(r.id, r.before, r.after, r.verdict) for r in table.belt] == [
        ("cadence", 161, 175, "changed")
    ]


def test_tests_that_are_no_run_are_left_out_and_protocols_are_not_mixed():
    tables = side_by_side(
        [
            session(0, 160),
            session(7, 150, protocol="hallway_run"),
            session(8, 150, protocol="jog_on_spot"),
        ]
    )
    assert [t.protocol for t in tables] == ["treadmill_run", "hallway_run"]
    assert all(len(t.names) == 1 and not t.belt for t in tables)

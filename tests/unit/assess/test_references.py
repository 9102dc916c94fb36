import pytest

from formcheck.assess.lookup import Circumstances, reference_for
from formcheck.assess.references import REFERENCES
from formcheck.assess.sources import SOURCES, cited
from formcheck.registry import MEASURES, PROTOCOLS

RUN = Circumstances(protocol="treadmill_run", surface="treadmill", speed_mps=3.2)
SQUAT = Circumstances(protocol="single_leg_squat", surface="static")


def around(**kw):
    base = {"protocol": "treadmill_run", "surface": "treadmill"}
    return Circumstances(**(base | kw))


@pytest.mark.parametrize(
    "r", REFERENCES, ids=[f"{r.measure_id}-{k}" for k, r in enumerate(REFERENCES)]
)
def test_every_row_hangs_together(r):
    assert r.measure_id in MEASURES
    assert all(p in PROTOCOLS for p in r.protocols)
    assert cited([r.source]), r.source
    edges = [e for e in (r.low, r.low_side, r.mean, r.high_side, r.high) if e is not None]
    if r.low_side is None or r.low is not None:
        assert edges == sorted(edges)
    if None not in (r.mean, r.sd, r.high) and r.measure_id != "vertical_oscillation":
        assert r.high == pytest.approx(r.mean + 2 * r.sd, abs=0.11)
    assert r.who
    assert r.device


def test_the_corrections_of_the_knee():
    knee = reference_for("knee_flexion_at_contact", RUN)
    assert (knee.low, knee.high, knee.low_side) == (0.6, 25.8, 5.4)
    peak = reference_for("peak_knee_flexion_stance", RUN)
    assert (peak.low, peak.high, peak.low_side, peak.high_side) == (22.9, 55.3, None, None)


def test_pelvic_drop_is_that_of_trained_runners_on_a_treadmill():
    drop = reference_for("pelvic_drop", RUN)
    assert (drop.low, drop.high, drop.high_side, drop.mean, drop.sd) == (0.0, 7.5, 5.6, 3.7, 1.9)
    assert reference_for("pelvic_drop", around(surface="overground")) is None


@pytest.mark.parametrize(("speed", "holds"), [(2.7, True), (3.7, True), (2.6, False), (3.8, False)])
def test_a_speed_counts_half_a_metre_per_second_around(speed, holds):
    assert (reference_for("pelvic_drop", around(speed_mps=speed)) is not None) is holds


def test_what_hangs_on_the_speed_needs_it():
    assert reference_for("duty_factor", around()) is None
    assert reference_for("duty_factor", around(speed_mps=3.5)).mean == 32.2
    assert reference_for("duty_factor", around(speed_mps=2.6)).mean == 36.8
    assert reference_for("contact_time", around(speed_mps=2.7)).source == "S 75"
    assert reference_for("contact_time", around(speed_mps=4.0)).source == "S 116"
    assert reference_for("pelvic_drop", around()) is not None


def test_running_on_the_spot_has_no_reference():
    on_the_spot = around(protocol="jog_on_spot", surface="static")
    assert reference_for("cadence", on_the_spot) is None


def test_an_unknown_sex_takes_both_groups_together():
    assert reference_for("squat_valgus", SQUAT).high_side == 13.5
    assert reference_for("squat_valgus", SQUAT).low == -3.2
    men = Circumstances(protocol="single_leg_squat", surface="static", sex="men")
    assert reference_for("squat_valgus", men).high_side == 12.1


@pytest.mark.parametrize(
    ("sex", "age", "mean", "asked"),
    [("women", 34, 27.0, 20.0), ("men", 67, 19.0, 19.0), ("women", None, None, 20.0)],
)
def test_heel_raises_go_by_sex_and_decade(sex, age, mean, asked):
    calf = Circumstances(protocol="calf_raise", surface="static", sex=sex, age=age)
    found = reference_for("rep_count", calf)
    assert (found.mean, found.low_side) == (mean, asked)


@pytest.mark.parametrize("measure_id", ["trunk_rotation", "overstride", "landing_softness"])
def test_no_range_where_none_is_published(measure_id):
    assert reference_for(measure_id, RUN) is None


def test_no_name_of_a_study_speaks_of_illness():
    assert not [s for s in SOURCES.values() if "injur" in s.lower()]

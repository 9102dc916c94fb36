import csv

import numpy as np
import pytest

from formcheck.assess import headline, movement_findings, with_places, word_of
from formcheck.render.annotators import label
from formcheck.render.context import Reading
from formcheck.report import html_table
from formcheck.report.base import EXPORTS
from formcheck.report.csv import EVENT_COLUMNS, MEASUREMENT_COLUMNS, write_csv
from tests.unit.render.builders import measured
from tests.unit.report.builders import analysis, report_data


def rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_value_and_every_step_comes_back_unrounded(tmp_path):
    result = analysis()
    path, _ = write_csv(report_data(tmp_path, result), tmp_path)
    table = rows(path)
    assert tuple(table[0]) == MEASUREMENT_COLUMNS
    for m in result.measurements:
        mine = [r for r in table if (r["measure"], r["side"]) == (m.id, m.side)]
        (mean,) = [r for r in mine if r["row"] == "mean"]
        assert mean["status"] == m.status
        assert mean["reason"] == m.reason
        if m.value is None:
            assert mean["value"] == mean["ci95_low"] == ""
            continue
        assert float(mean["value"]) == m.value
        assert (float(mean["ci95_low"]), float(mean["ci95_high"])) == m.ci95
        steps = [(float(r["time_s"]), float(r["value"])) for r in mine if r["row"] == "step"]
        assert steps == list(zip(m.times_s, m.per_step, strict=True))


def test_difference_and_components_have_rows(tmp_path):
    path, _ = write_csv(report_data(tmp_path), tmp_path)
    table = rows(path)
    (difference,) = [r for r in table if r["row"] == "difference"]
    assert (difference["measure"], float(difference["value"])) == ("pelvic_drop", 2.0)
    (part,) = [r for r in table if r["row"] == "component"]
    assert part["component"] == "flight_time (ms)"
    assert float(part["value"]) == 90.0


def test_events(tmp_path):
    _, path = write_csv(report_data(tmp_path), tmp_path)
    table = rows(path)
    assert tuple(table[0]) == EVENT_COLUMNS
    assert [(r["kind"], r["side"], float(r["time_s"])) for r in table] == [
        ("foot_strike", "left", 0.5),
        ("toe_off", "left", 0.75),
    ]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0.mp4", "+1.mp4", "@x.mov", 'a,"b"\n.mp4'])
def test_a_file_name_is_never_a_formula_and_survives_quoting(tmp_path, name):
    path, _ = write_csv(report_data(tmp_path, analysis(path=name)), tmp_path)
    told = rows(path)[0]["clip"]
    assert told.lstrip("'") == name
    assert told[0] not in "=+@-"


def test_exports_register_themselves():
    assert set(EXPORTS) >= {"html", "pdf", "csv", "trc", "mot", "c3d"}
    assert {e.key for e in EXPORTS.values() if e.needs_trial} == {"trc", "mot", "c3d"}
    assert np.all([e.title for e in EXPORTS.values()])


def test_a_value_reads_the_same_in_table_label_and_headline(tmp_path):
    drop = measured("pelvic_drop", "right", [9.0] * 12, half=4.0)
    (drop,) = with_places([drop], protocol="treadmill_run", surface="treadmill", belt_speed_mps=3.2)
    told = movement_findings([drop], analysis().clip, "treadmill_run")
    whole = analysis(measurements=(drop,), findings=told)
    word = word_of(drop)
    assert word == "above average"
    assert headline(whole).endswith(f": {word}.")
    data = report_data(tmp_path, whole)
    assert word in html_table._value(data, drop)
    assert label._word(Reading(measurement=drop)) == word

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from formcheck.validation.run import Validation
from formcheck.validation.score import EventScore, ValueRow
from formcheck.validation.targets import target_table, verdicts


def row(measure_id, truth, estimate, half=3.0, **kw):
    base = {
        "clip": f"c{truth}", "measure_id": measure_id, "side": "left", "unit": "deg",
        "view": "side", "fps": 60, "model": "full", "truth": truth, "estimate": estimate,
        "lo": estimate - half, "hi": estimate + half, "protocol": "treadmill_run",
    }  # fmt: skip
    return ValueRow(**(base | kw))


def verdict(found, start):
    return next(v for v in verdicts(found) if v.what.startswith(start))


@pytest.mark.parametrize(("error", "met"), [(1.0, True), (4.0, False)])
def test_a_target_is_met_by_a_small_error_only(error, met):
    rows = [row("knee_flexion_at_contact", t, t + error) for t in (10.0, 15.0, 25.0)]
    v = verdict(Validation(rows=rows), "knee flexion at contact, running, 60")
    assert v.met is met
    assert "(n 3)" in v.reached


def test_a_flat_line_does_not_meet_a_slope():
    rows = [row("knee_flexion_at_contact", t, 15.0) for t in (13.0, 15.0, 17.0)]
    assert verdict(Validation(rows=rows), "knee flexion at contact, running, 60").met is False


def test_landings_and_oblique_cameras_are_left_out():
    rows = [
        row("knee_flexion_at_contact", 10.0, 10.0),
        row("knee_flexion_at_contact", 20.0, 40.0, azimuth_deg=7.0),
        row("knee_flexion_at_contact", 30.0, 60.0, protocol="hop_landing"),
    ]
    assert "(n 1)" in verdict(Validation(rows=rows), "knee flexion at contact, running, 60").reached


def test_coverage_of_100_percent_is_no_success():
    rows = [row("squat_valgus", float(t), t + 0.1, view="front") for t in range(20)]
    v = verdict(Validation(rows=rows), "95 % intervals of squat valgus")
    assert v.met is False
    rows[0] = row("squat_valgus", 0.0, 9.0, view="front")
    assert verdict(Validation(rows=rows), "95 % intervals of squat valgus").met is True


def test_events_and_order_of_sides():
    events = [
        EventScore(clip="a", kind="foot_strike", view="side", fps=60, n_true=3, n_found=3,
                   errors_s=(0.001, -0.002, 0.003))
    ]  # fmt: skip
    drops = [
        row("pelvic_drop", 8.0, 5.0, view="rear", clip="a"),
        row("pelvic_drop", 3.0, 4.0, view="rear", clip="a", side="right"),
    ]
    found = Validation(events=events, rows=drops)
    assert verdict(found, "foot strike, 60").met is True
    assert verdict(found, "pelvic drop: the side").reached == "100 % (n 1)"


def test_nothing_measured_is_said_so():
    empty = Validation()
    assert {v.met for v in verdicts(empty)} == {None}
    assert target_table(empty).count("| - |") == len(verdicts(empty))


def test_every_missed_target_says_what_stands_in_its_way():
    text = files("formcheck.validation").joinpath("missed.json").read_text("utf-8")
    page = Path(__file__).parents[3] / "docs" / "accuracy.md"
    missed = re.findall(r"^\| (.+?) \| .+ \| \*\*no\*\* \|$", page.read_text("utf-8"), re.MULTILINE)
    assert "## Targets" in page.read_text("utf-8")
    assert set(missed) <= set(json.loads(text))

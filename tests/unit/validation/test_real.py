"""Real clips against hand labels: reading both forms, matching on frame times, the page."""

import json
from pathlib import Path

import numpy as np
import pytest

from formcheck.cli.main import run
from formcheck.errors import FormcheckError
from formcheck.validation.real import _frame_times
from formcheck.validation.real_labels import NONE, read_real

REAL = Path(__file__).parents[3].parent / "shared" / "real"
RUN = {
    "expected": "analyse",
    "surface": "overground (grass)",
    "fps": 30.0,
    "cadence": {"steps_per_min_file_clock": 167.6, "plus_minus": 1.5},
    "events": {
        "strike_right": [16.0, 38.0],
        "strike_left": [27.0],
        "toe_off_right": [25.0, 47.0],
        "toe_off_left": [36.0],
        "labelled_frames": [0, 59],
    },
}
SQUAT = {
    "protocol": "double_squat",
    "expected": "double_squat, 2 reps",
    "working_side": "both",
    "full_reps": 2,
    "extreme_frames": [27, 228],
    "extreme_u_frames": 4,
}
EARLY = {"ic": {"R": [5, 24]}, "ic_u": 1.5, "expected": {"leg": "R"}}


def folder(tmp_path, labels):
    (tmp_path / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    for name in labels:
        (tmp_path / f"{name}.mp4").touch()
    return tmp_path


def test_both_forms_of_labels_are_read(tmp_path):
    labels = {"run_grass": RUN, "squat2_side": SQUAT, "hop_singleleg_right": EARLY}
    hop, running, squat = read_real(folder(tmp_path, labels))
    assert (running.test, running.cadence, running.may_refuse) == (
        "hallway_run",
        (167.6, 1.5),
        False,
    )
    strikes, offs = running.events
    assert list(strikes.moments) == [(16.0, "right"), (27.0, "left"), (38.0, "right")]
    assert (offs.kind, offs.span) == ("toe_off", (0.0, 59.0))
    assert running.contact[0] == pytest.approx(300.0)
    assert (squat.test, squat.count, squat.side, squat.extremes) == (
        "double_squat",
        2,
        "both",
        (27, 228),
    )
    assert (hop.test, hop.count, hop.side, hop.events) == ("hop_in_place", 2, "right", ())


def test_a_walk_fits_no_test(tmp_path):
    walk = {**RUN, "expected": "refuse: NOT_RUNNING"}
    assert read_real(folder(tmp_path, {"walk_side": walk}))[0].test == NONE


def test_fractions_of_frames_follow_the_files_own_times():
    time_s = np.array([0.0, 0.033, 0.1, 0.133])  # a double gap after the second frame
    assert _frame_times(time_s, [1.5, 3.0]) == pytest.approx([0.0665, 0.133])


@pytest.mark.parametrize(("text", "code"), [(None, "FILE_NOT_FOUND"), ("[]", "RESULT_UNREADABLE")])
def test_missing_or_broken_labels_are_named(tmp_path, text, code):
    if text is not None:
        (tmp_path / "labels.json").write_text(text, encoding="utf-8")
    with pytest.raises(FormcheckError) as caught:
        read_real(tmp_path)
    assert caught.value.code == code


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_dir(), reason="the real clips (../shared/real) are not here")
def test_the_page_of_a_few_real_clips(tmp_path):
    out = tmp_path / "real.md"
    (tmp_path / "real.reasons.json").write_text('{"squat2_front_overhead_rn": "so"}', "utf-8")
    words = ["real", str(REAL), "--out", str(out), "--only", "squat2_front_overhead"]
    assert run([*words, "--only", "run_grass_side_right_pan_515"]) == 0
    page = out.read_text(encoding="utf-8")
    assert "2 clips" in page
    assert "- named, counts exact: 1 of 1 (100 %); within one: 1 of 1 (100 %)" in page
    assert "- named, deepest or landing moments within their uncertainty: 1 of 1" in page
    assert "- named, strikes on the right foot: 6 of 6 (100 %)" in page
    assert "- named, foot_strike: recall 100 %, precision 100 %" in page

"""A rendered clip of a movement test with its truth: walking in, a pause, a half repetition.

Made by ``python -m sample_videos.render tests double_squat_side``; every other test is rendered on
demand and stands in docs/tests.md.
"""

import json
from pathlib import Path

import pytest

from formcheck.events.walking import WALKING
from formcheck.pipeline import analyze_clip
from formcheck.settings import AnalyzeOptions

FOLDER = Path(__file__).parent / "movement_test"
pytestmark = pytest.mark.slow


def test_whole_squats_are_counted_exactly_and_the_rest_is_named():
    truth = json.loads((FOLDER / "double_squat_side.json").read_text())
    options = AnalyzeOptions(protocol=truth["protocol"], height_cm=truth["height_cm"])
    run = analyze_clip(FOLDER / "double_squat_side.mp4", options)
    whole = [r for r in truth["reps"] if r["whole"]]
    half = next(r for r in truth["reps"] if not r["whole"])
    counted = [r for r in run.analysis.reps if r.counted]
    assert [r.side for r in counted] == ["both"] * len(whole)
    for found, true in zip(counted, whole, strict=True):
        assert found.deepest_s == pytest.approx(true["t_deepest"], abs=0.1)
    left_out = [r for r in run.analysis.reps if not r.counted]
    assert any(r.reason == WALKING and r.end_s < 3.2 for r in left_out)
    assert any(
        abs(r.deepest_s - half["t_deepest"]) < 0.6 and "as far as the first ones" in r.reason
        for r in left_out
    )
    for measure, key in (
        ("squat_depth", "knee_flexion_deg"),
        ("trunk_lean_peak", "trunk_lean_deg"),
    ):
        m = run.analysis.find(measure, "both")
        true = sum(r[key] for r in whole) / len(whole)
        assert m.ci95[0] <= true <= m.ci95[1]

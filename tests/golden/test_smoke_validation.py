"""Two shipped clips through the whole analysis, against their exact truth: the smoke of validation.

Their people are in neither split, so nothing was fitted on them.
"""

from pathlib import Path

import pytest

from formcheck.validation.page import write_page
from formcheck.validation.run import measure_clips
from formcheck.validation.score import summarise_events

SAMPLES = Path(__file__).resolve().parents[2] / "sample_videos"
CLIPS = tuple(SAMPLES / f"{name}.truth.json" for name in ("squat_left", "landing_stiff"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not all(c.exists() for c in CLIPS), reason="no sample videos here"),
]


@pytest.fixture(scope="module")
def found():
    return measure_clips(CLIPS, model="full", workers=2, cache=None, on_progress=lambda *_: None)


def row(found, measure_id):
    (only,) = [r for r in found.rows if r.measure_id == measure_id and r.estimate is not None]
    return only


def test_nothing_is_refused_and_repetitions_are_counted(found):
    assert found.refused == []
    assert row(found, "rep_count").estimate == 3


@pytest.mark.parametrize(
    ("measure_id", "most"),
    [("squat_valgus", 6.0), ("squat_depth", 12.0), ("landing_softness", 12.0)],
)
def test_values_are_near_the_truth_and_their_intervals_hold_it(found, measure_id, most):
    r = row(found, measure_id)
    assert abs(r.estimate - r.truth) < most
    assert r.lo <= r.truth <= r.hi


def test_landings_are_found(found):
    s = summarise_events([e for e in found.events if e.kind == "foot_strike"])
    assert s.recall_pct == s.precision_pct == 100
    assert abs(s.bias_ms) < 25


def test_the_page_is_written_from_them(found, tmp_path):
    page = tmp_path / "accuracy.md"
    write_page(found, page, model="full", n_clips=len(CLIPS), version="test")
    text = page.read_text(encoding="utf-8")
    for heading in ("## Targets", "## Where the error comes from", "## What was tried"):
        assert heading in text
    assert (tmp_path / "accuracy" / "squat_valgus.png").exists()

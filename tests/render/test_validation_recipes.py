from collections import Counter

import pytest

from sample_videos.render.bodies import BODIES
from sample_videos.render.motion import JumpSpec, RunSpec, SquatSpec
from sample_videos.render.validation import split_named


@pytest.fixture(scope="module")
def splits():
    return {name: split_named(name) for name in ("fit", "score")}


def test_the_splits_share_no_person_seed_or_name(splits):
    for what in (
        lambda c: c.body,
        lambda c: c.motion.seed,
        lambda c: c.name,
        lambda c: c.sha256(),
    ):
        fit, score = ({what(c) for c in splits[s]} for s in ("fit", "score"))
        assert not fit & score


def test_names_are_unique_and_people_exist(splits):
    for clips in splits.values():
        assert max(Counter(c.name for c in clips).values()) == 1
        assert {c.body for c in clips} <= set(BODIES)


def test_score_has_enough_clips_to_judge_intervals(splits):
    # one miss in 20 is 95 %: fewer values cannot show a coverage between 90 and 99 %
    score = splits["score"]
    squats = [c for c in score if isinstance(c.motion, SquatSpec)]
    seen_from = Counter(c.camera.view for c in score if isinstance(c.motion, RunSpec))
    landings = [c for c in score if isinstance(c.motion, JumpSpec)]
    assert len(squats) >= 20
    assert {c.motion.side for c in squats} == {"L", "R"}
    assert seen_from["rear"] >= 15
    assert seen_from["left"] + seen_from["right"] + len(landings) >= 20


def test_landings_run_from_stiff_to_soft(splits):
    for clips in splits.values():
        bend = [
            c.motion.knee_peak_deg - c.motion.knee_ic_deg
            for c in clips
            if isinstance(c.motion, JumpSpec)
        ]
        assert min(bend) < 38
        assert max(bend) > 57

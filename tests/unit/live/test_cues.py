import itertools

import pytest

from formcheck.live.cues import CUES, SLOW_DOWN, STEP_INTO_VIEW, WHOLE_BODY, CueChooser
from formcheck.settings.live import LiveSettings

SETTINGS = LiveSettings()


def shown(chooser, seconds, **seen):
    """Return the cues of `seconds` of pictures, with when each began."""
    out = []
    for k in range(round(seconds * 10)):
        cue = chooser.look(k / 10, **{"found": True, "whole": True} | seen)
        if not out or out[-1][1] != cue:
            out.append((k / 10, cue))
    return out


@pytest.mark.parametrize("exercise", ["squat", "jog"])
def test_reminders_take_turns_one_at_a_time(exercise):
    cues = shown(CueChooser(exercise, SETTINGS), 60)
    assert [c for _, c in cues[:4]] == list(CUES[exercise])
    gaps = [b - a for (a, _), (b, _) in itertools.pairwise(cues)]
    assert min(gaps) >= SETTINGS.cue_every_s - 0.11


def test_standing_in_the_picture_comes_first():
    assert shown(CueChooser("squat", SETTINGS), 20, whole=False) == [(0.0, WHOLE_BODY)]
    cues = shown(CueChooser("squat", SETTINGS), 20, found=False, whole=False)
    assert cues[-1][1] == STEP_INTO_VIEW


def test_hurry_gets_one_cue_and_it_can_be_read():
    chooser = CueChooser("squat", SETTINGS)
    first = chooser.look(0.0, found=True, whole=True)
    assert chooser.look(1.0, found=True, whole=True, last_rep_s=0.5) == first
    assert chooser.look(4.5, found=True, whole=True, last_rep_s=0.5) == SLOW_DOWN


def test_no_cue_judges_or_counts_degrees():
    words = " ".join([*CUES["squat"], *CUES["jog"], STEP_INTO_VIEW, WHOLE_BODY, SLOW_DOWN]).lower()
    for bad in ("degree", "°", "bad", "wrong", "good", "too ", "your knee is", "injur", "cleared"):
        assert bad not in words

"""Every odd file is read as it should be, or refused in words; nothing is left behind."""

import itertools

import numpy as np
import pytest

from formcheck.errors import FormcheckError
from formcheck.video import open_clip, read_frames
from tests.corpus import ANY, CASES, QUICK

SLOW = [n for n in CASES if n not in QUICK]


def outcome(path):
    """Return the number of pictures read, or the code of the refusal."""
    try:
        clip = open_clip(path)
        return sum(1 for _ in itertools.islice(read_frames(clip), 2000)), clip
    except FormcheckError as error:
        return error.code, None


@pytest.mark.parametrize("name", [*QUICK, *(pytest.param(n, marks=pytest.mark.slow) for n in SLOW)])
def test_an_odd_file_is_read_or_refused(name, tmp_path):
    case = CASES[name]
    path = case.make(tmp_path)
    before = sorted(p.name for p in tmp_path.iterdir())
    got, clip = outcome(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    if clip is None:
        assert got in case.codes
        return
    assert case.n in (ANY, got)
    assert got > 0
    assert (np.diff(clip.time_s) > 0).all()
    assert clip.n_frames >= got


def test_there_are_enough_kinds():
    assert len(CASES) >= 80

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.pixels.slots import first_needed, frames_apart


@pytest.mark.parametrize(
    ("fps", "every"), [(24, 1), (29.97, 1), (30, 1), (59.94, 2), (60, 2), (120, 4), (240, 7)]
)
def test_a_steady_clip_is_looked_at_about_thirty_times_a_second(fps, every):
    chosen = frames_apart(np.arange(200) / fps, 0.026)
    assert np.flatnonzero(chosen).tolist() == list(range(0, 200, every))


def test_zero_takes_every_frame_and_an_empty_clip_has_none():
    assert frames_apart(np.arange(5) / 60, 0.0).all()
    assert frames_apart(np.empty(0), 0.1).size == 0


@given(st.lists(st.floats(0.001, 0.2), min_size=1, max_size=60), st.floats(0.0, 0.3))
def test_uneven_times_decide_not_the_count(gaps, least_s):
    time_s = np.cumsum(gaps)
    chosen = np.flatnonzero(frames_apart(time_s, least_s))
    assert chosen[0] == 0
    for a, b in itertools.pairwise(chosen):
        assert time_s[b] - time_s[a] >= least_s - 1e-9
        assert b == a + 1 or time_s[b - 1] - time_s[a] < least_s + 1e-9  # the first late enough


def test_what_a_segment_needs_begins_at_a_chosen_frame_before_it():
    chosen = np.array([1, 0, 0, 1, 0, 1, 0, 0], dtype=bool)
    assert first_needed(chosen, 5, 1) == 3
    assert first_needed(chosen, 6, 1) == 5
    assert first_needed(chosen, 6, 3) == 0
    assert first_needed(chosen, 6, 9) == 0
    assert first_needed(chosen, 6, 0) == 6

import numpy as np
import pytest

from formcheck.settings.signals import AlternationSettings
from formcheck.signals.alternation import expected_order

SETTINGS = AlternationSettings()


def feet(fps=60, duration_s=6, stride_hz=1.4, amplitude=0.5):
    t = np.arange(round(fps * duration_s)) / fps
    return t, amplitude * np.sin(2 * np.pi * stride_hz * t)


def agreement(order, apart):
    told = order != 0
    return (order[told] == np.sign(apart[told])).mean(), told.mean()


@pytest.mark.parametrize("stride_hz", [0.9, 1.4, 1.7])
@pytest.mark.parametrize("fps", [30, 60, 240])
def test_it_tells_who_is_in_front_when_all_names_are_right(stride_hz, fps):
    t, apart = feet(fps=fps, stride_hz=stride_hz)
    right, told = agreement(expected_order(t, apart, SETTINGS), apart)
    assert right == 1
    assert told > 0.5


def test_wrong_names_for_whole_strides_are_seen_through():
    t, truth = feet(duration_s=8)
    named = truth.copy()
    named[(t > 2) & (t < 3.1)] *= -1
    named[(t > 5) & (t < 5.9)] *= -1
    right, told = agreement(expected_order(t, named, SETTINGS), truth)
    assert right == 1
    assert told > 0.5


def test_a_drifting_cadence_is_followed():
    t = np.arange(600) / 60
    apart = 0.5 * np.sin(2 * np.pi * (1.3 * t + 0.02 * t**2))
    right, told = agreement(expected_order(t, apart, SETTINGS), apart)
    assert right == 1
    assert told > 0.5


def test_names_at_random_give_no_answer():
    t, truth = feet()
    named = truth * np.random.default_rng(0).choice([-1, 1], t.size)
    assert not expected_order(t, named, SETTINGS).any()


@pytest.mark.parametrize("apart", [0.02, 0.4])
def test_feet_that_do_not_take_turns_give_no_answer(apart):
    t = np.arange(300) / 60
    still = apart + 0.01 * np.sin(2 * np.pi * 1.0 * t)
    assert not expected_order(t, still, SETTINGS).any()


def test_unseen_frames_are_no_obstacle():
    t, apart = feet()
    gappy = apart.copy()
    gappy[100:120] = np.nan
    right, _ = agreement(expected_order(t, gappy, SETTINGS), apart)
    assert right == 1

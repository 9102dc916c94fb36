"""The mean of a picture and its mirror image, with a model that leans to one side."""

import numpy as np
import pytest

from formcheck.keypoints import SWAP, index_of
from formcheck.pose.backend import Detection
from formcheck.pose.second_look import seen_both_ways

WIDTH_PX = 200
PERSON = np.random.default_rng(3).uniform((60, 20), (120, 280), (33, 2))
for i, xy in {11: (110, 60), 12: (70, 60), 23: (100, 150), 24: (80, 150)}.items():
    PERSON[i] = xy
RGB = np.zeros((300, WIDTH_PX, 3), np.uint8)
RGB[:, :50] = 255  # tells which way round the picture is


def seen(xy_px, lean_px=0.0, track=0):
    world = np.zeros((33, 3))
    world[:, 0] = (xy_px[:, 0] - 90) / 100
    return Detection(
        track=track,
        xy_px=xy_px + np.array([lean_px, 0.0]),
        visibility=np.full(33, 0.9),
        world_m=world,
    )


def mirrored(xy_px):
    out = np.array(xy_px[list(SWAP)])
    out[:, 0] = WIDTH_PX - out[:, 0]
    return out


class Leaning:
    """Finds the person shifted toward the right edge of whatever picture it is given."""

    def __init__(self, lean_px=0.0, blind="", others=()):
        self.lean_px, self.blind, self.others = lean_px, blind, others

    def look(self, rgb):
        turned = rgb[0, 0, 0] == 0
        if self.blind == ("mirror" if turned else "picture"):
            return ()
        people = [*self.others, PERSON]
        shown = [mirrored(p) if turned else p for p in people]
        return tuple(seen(p, self.lean_px, k) for k, p in enumerate(shown))


def test_what_leans_to_one_side_comes_out_straight():
    found = seen_both_ways(Leaning(lean_px=6.0), RGB, PERSON)
    np.testing.assert_allclose(found.xy_px, PERSON, atol=1e-9)


def test_left_stays_left():
    found = seen_both_ways(Leaning(), RGB, PERSON)
    left, right = (found.xy_px[index_of(s, "shoulder"), 0] for s in ("left", "right"))
    assert (left, right) == (110, 70)
    assert found.world_m[index_of("left", "shoulder"), 0] > 0


@pytest.mark.parametrize("blind", ["picture", "mirror"])
def test_a_person_missed_in_either_is_not_made_up(blind):
    assert seen_both_ways(Leaning(blind=blind), RGB, PERSON) is None


def test_the_same_person_is_taken_and_nobody_else():
    beside = PERSON + np.array([70.0, 0.0])
    found = seen_both_ways(Leaning(others=(beside,)), RGB, PERSON + 3.0)
    np.testing.assert_allclose(found.xy_px, PERSON, atol=1e-9)
    assert seen_both_ways(Leaning(), RGB, PERSON + np.array([90.0, 0.0])) is None
    assert seen_both_ways(Leaning(), RGB, np.full((33, 2), np.nan)) is None

"""The followers are driven with models that see coloured rectangles."""

import numpy as np
import pytest

from formcheck.pose.follow import PeopleFollower, content_region, region_for, tiles
from formcheck.settings.pose import TrackSettings

WIDTH, HEIGHT = 400, 300
SHAPE = np.random.default_rng(0).uniform(0, 1, (33, 2))
SHAPE[0], SHAPE[1] = (0, 0), (1, 1)


def picture(*boxes, width=WIDTH, height=HEIGHT):
    """Grey picture with one rectangle per person: (x0, y0, x1, y1, colour)."""
    image = np.full((height, width, 3), 90, np.uint8)
    for x0, y0, x1, y1, colour in boxes:
        image[y0:y1, x0:x1] = (200, colour, 0)
    return image


def people_in(rgb, min_px=1):
    out = []
    for colour in np.unique(rgb[..., 1][rgb[..., 0] > 150]):
        ys, xs = np.nonzero((rgb[..., 1] == colour) & (rgb[..., 0] > 150))
        box = np.array([xs.min(), ys.min()]), np.array([xs.max(), ys.max()])
        if box[1][1] - box[0][1] >= min_px:
            xy = box[0] + SHAPE * (box[1] - box[0])
            out.append((xy.astype(float), np.full(33, 0.9), np.zeros((33, 3))))
    return sorted(out, key=lambda p: -np.ptp(p[0][:, 1]))


class Finder:
    calls = 0
    min_share = 0.0

    def find(self, rgb):
        Finder.calls += 1
        return people_in(rgb, Finder.min_share * rgb.shape[0])

    def close(self): ...


class Follower:
    """Stays with the colour it saw first; the largest person after forget()."""

    made = 0

    def __init__(self):
        Follower.made += 1
        self.held = None

    def follow(self, rgb):
        seen = people_in(rgb)
        if self.held is not None:
            centre = self.held
            seen = [p for p in seen if np.linalg.norm(p[0].mean(axis=0) - centre) < 60]
        if not seen:
            self.held = None
            return None
        self.held = seen[0][0].mean(axis=0)
        return seen[0]

    def forget(self):
        self.held = None

    def close(self): ...


class Models:
    def finder(self):
        return Finder()

    def follower(self):
        return Follower()


@pytest.fixture
def follow():
    Finder.calls, Finder.min_share, Follower.made = 0, 0.0, 0

    def make(fps=30.0, **settings):
        return PeopleFollower(Models(), TrackSettings(input_side_px=1000, **settings), fps)

    return make


def test_one_walker_keeps_one_track_and_the_detector_only_scouts(follow):
    people = follow()
    for k in range(45):
        seen = people.detect(picture((50 + 3 * k, 50, 110 + 3 * k, 250, 10)))
        assert [p.track for p in seen] == [0]
        assert seen[0].box == pytest.approx((50 + 3 * k, 50, 109 + 3 * k, 249), abs=1)
    assert Finder.calls == 2  # once a second


def test_somebody_who_comes_later_is_found_by_the_next_scout(follow):
    people = follow()
    runner, helper = (50, 40, 110, 260, 10), (300, 60, 350, 240, 20)
    for _ in range(10):
        people.detect(picture(runner))
    seen = [people.detect(picture(runner, helper)) for _ in range(25)]
    assert [p.track for p in seen[-1]] == [0, 1]
    assert len(seen[0]) == 1


def test_small_people_far_off_are_not_followed(follow):
    seen = follow().detect(picture((50, 20, 120, 280, 10), (300, 100, 310, 140, 20)))
    assert len(seen) == 1


def test_somebody_who_leaves_is_let_go_and_a_return_is_a_new_track(follow):
    people = follow(retry_frames=2)
    here = picture((150, 50, 220, 250, 10))
    assert [p.track for p in people.detect(here)] == [0]
    assert people.detect(picture()) == ()
    later = [people.detect(here) for _ in range(3)]
    assert [p.track for p in later[-1]] == [1]
    assert Follower.made == 1  # its native model is used again


def test_a_follower_that_jumps_to_somebody_else_is_not_believed(follow):
    people = follow()
    people.detect(picture((40, 50, 100, 250, 10)))
    seen = people.detect(picture((300, 50, 360, 250, 10)))
    assert all(p.track != 0 for p in seen)


def test_two_followers_on_one_person_become_one(follow):
    people = follow()
    people.detect(picture((40, 50, 100, 250, 10), (200, 50, 260, 250, 20)))
    seen = ()
    for x in (180, 160, 140, 120, 100, 80, 60, 40):
        seen = people.detect(picture((40, 50, 100, 250, 10), (x, 50, x + 60, 250, 20)))
    assert len(seen) == 1


def test_restart_forgets_everything_so_that_segments_are_alike(follow):
    frames = [picture((50 + 4 * k, 50, 110 + 4 * k, 250, 10)) for k in range(8)]
    people = follow()
    first = [people.detect(f) for f in frames]
    people.restart()
    second = [people.detect(f) for f in frames]
    for a, b in zip(first, second, strict=True):
        assert [p.track for p in a] == [p.track for p in b]
        assert np.array_equal(a[0].xy_px, b[0].xy_px)


def test_a_person_too_small_for_the_whole_picture_is_found_in_a_part_of_it(follow):
    Finder.min_share = 0.3
    people = follow()
    standing = picture((200, 300, 240, 420, 10), width=300, height=640)
    assert len(people.detect(standing)) == 1


def test_a_small_person_is_followed_in_a_cut_out_that_moves_along(follow):
    people = follow()
    for k in range(60):
        seen = people.detect(picture((20 + 5 * k, 120, 40 + 5 * k, 180, 10)))
        assert seen[0].box == pytest.approx((20 + 5 * k, 120, 39 + 5 * k, 179), abs=1)


def test_dark_padding_is_cut_off_before_searching():
    image = np.zeros((100, 200, 3), np.uint8)
    image[10:90, 60:140] = 120
    assert content_region(image, 24) == (60, 10, 140, 90)
    assert content_region(np.zeros((10, 20, 3), np.uint8), 24) == (0, 0, 20, 10)


@pytest.mark.parametrize("region", [(0, 0, 720, 1280), (0, 0, 1280, 720), (100, 50, 700, 600)])
def test_tiles_cover_the_region_and_stay_inside(region):
    x0, y0, x1, y1 = region
    covered = np.zeros((1400, 1400), bool)
    for a, b, c, d in tiles(region):
        assert x0 <= a < c <= x1
        assert y0 <= b < d <= y1
        covered[b:d, a:c] = True
    assert covered[y0:y1, x0:x1].all()


def test_a_large_person_is_given_the_whole_picture():
    image = picture()
    assert region_for((100, 20, 200, 280), image, TrackSettings()) == (0, 0, WIDTH, HEIGHT)
    x0, y0, x1, y1 = region_for((200, 140, 215, 180), image, TrackSettings())
    assert x0 <= 200
    assert x1 >= 215
    assert (x1 - x0) * (y1 - y0) < 0.1 * WIDTH * HEIGHT

"""Where a clip breaks, told from made-up signals with known breaks."""

from pathlib import Path

import numpy as np
import pytest

from formcheck.data import Clip
from formcheck.pixels.change import NAMES, ChangeMeter
from formcheck.pixels.parts import find_breaks, longest_part
from formcheck.pixels.result import PixelPass
from formcheck.pose.observations import Observations

FPS = 60


def signals(n=480, *, seed=0):
    """Return times, change, spread and motion of somebody who runs on the spot."""
    t = np.arange(n) / FPS
    beat = 1 + 0.3 * np.sin(2 * np.pi * 2.8 * t)
    noise = np.random.default_rng(seed).normal(1, 0.05, n)
    change = 3 * beat * noise
    return t, change, 0.5 * change, 10 * beat


def test_one_take_does_not_break():
    found = find_breaks(*signals())
    assert found.starts == ()
    assert not found.repeated.any()


def test_a_cut_to_another_scene_is_found():
    t, change, spread, _ = signals()
    change[200] = spread[200] = 50.0
    found = find_breaks(t, change, spread, np.full(t.size, np.nan))
    assert (found.starts, found.reasons) == ((200,), ("cut",))


@pytest.mark.parametrize(("jump", "starts"), [(60.0, (200,)), (9.0, ())])
def test_pictures_cut_out_of_one_take_are_told_from_a_caption_by_the_runner(jump, starts):
    t, change, spread, motion = signals()
    change[200] = 9.0
    motion[201] = jump  # landmarks follow a frame later
    assert find_breaks(t, change, spread, motion).starts == starts


@pytest.mark.parametrize("touched_up", [0.0, 0.45])
def test_a_frozen_picture_is_left_out_and_parts_the_clip(touched_up):
    t, change, spread, motion = signals()
    change[240:300] = spread[240:300] = motion[240:300] = 0.0
    change[250] = touched_up
    found = find_breaks(t, change, spread, motion)
    assert (found.starts, found.reasons) == ((300,), ("frozen",))
    assert np.flatnonzero(found.repeated).tolist() == list(range(240, 300))


@pytest.mark.parametrize("shown", [2, 3])
def test_pictures_shown_twice_or_more_are_left_out(shown):
    t, change, spread, motion = signals()
    again = np.arange(t.size) % shown != 0
    change[again] = 0.01
    found = find_breaks(t, change, spread, motion)
    assert found.starts == ()
    np.testing.assert_array_equal(found.repeated, again)


def test_a_few_pictures_like_the_one_before_stay():
    t, change, spread, motion = signals()
    change[[50, 120, 333]] = 0.0
    assert not find_breaks(t, change, spread, motion).repeated.any()


def test_somebody_who_comes_to_rest_is_no_frozen_picture():
    t, change, spread, motion = signals()
    slower = np.clip(np.abs(t - 4) - 1, 0, 1)
    found = find_breaks(t, slower * change, slower * spread, slower * motion)
    assert found.starts == ()
    assert not found.repeated.any()


def test_a_still_scene_in_which_only_keyframes_differ_stays_whole():
    t, _, _, motion = signals()
    change = np.where(np.arange(t.size) % 30 == 0, 2.0, 0.0)
    assert not find_breaks(t, change, change, motion).repeated.any()


def test_a_hole_in_time_parts_the_clip_and_a_few_lost_pictures_do_not():
    t, change, spread, motion = signals()
    t[200:] += 0.05
    assert find_breaks(t, change, spread, motion).starts == ()
    t[200:] += 0.5
    assert find_breaks(t, change, spread, motion).reasons == ("hole",)


def test_the_longest_part_with_somebody_in_it_stands_for_itself():
    t, change, spread, _ = signals()
    change[[60, 200]] = spread[[60, 200]] = 50.0
    change[100:132:2] = 0.0
    frames = np.arange(20, 200)  # nobody is in the last and longest part
    n = frames.size
    xy = np.arange(n, dtype=np.float32)[:, None, None] + np.zeros((n, 33, 2), np.float32)
    seen = Observations(
        n_frames=t.size,
        frame=frames,
        track=np.zeros(n, dtype=np.int64),
        xy_px=xy,
        visibility=np.ones((n, 33), np.float32),
        world_m=np.zeros((n, 33, 3), np.float32),
        channels={"foot_sharpness": np.arange(n, dtype=np.float32)},
    )
    values = dict(zip(NAMES, (change, spread), strict=True)) | {"camera_shift_x_px": t.copy()}
    edges = np.array([[10.0, 0, 0, 1, 1], [70.0, 0, 0, 2, 2]])
    pixels = PixelPass(seen=seen, frame_channels=values, edges_px=edges)
    clip = Clip(path=Path("a.mp4"), sha256="0", width_px=9, height_px=9, file_time_s=t, start_s=2.0)
    part, kept = longest_part(clip, pixels)
    assert part.n_frames == kept.seen.n_frames == 124
    assert (part.start_s, part.n_repeated) == (pytest.approx(3.0), 16)
    assert [(p.reason, p.measured) for p in part.parts] == [
        ("start", False), ("cut", True), ("cut", False),
    ]  # fmt: skip
    assert part.parts[1].start_s == pytest.approx(1.0)
    assert kept.seen.frame.tolist() == list(range(124))
    assert kept.edges_px[:, 0].tolist() == [10.0]
    assert kept.frame_channels["picture_change"][50] == change[121]
    assert np.isnan(kept.frame_channels["camera_shift_x_px"][0])  # since before the part


def test_the_meter_compares_neighbours_only():
    meter, rng = ChangeMeter(), np.random.default_rng(0)
    picture = rng.integers(0, 200, (96, 128, 3), dtype=np.uint8)
    caption = picture.copy()
    caption[:20, :40] += 50
    assert np.isnan(meter.frame(4, picture)).all()
    np.testing.assert_array_equal(meter.frame(5, picture), [0, 0])
    mean, spread = meter.frame(6, caption)
    assert mean > 1
    assert spread == 0
    assert np.isnan(meter.frame(9, caption)).all()

import gc
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.data import Clip
from formcheck.errors import FormcheckError
from formcheck.settings.video import VideoSettings
from formcheck.video import (
    keyframe_indices,
    open_clip,
    read_frames,
    read_indices,
    read_still,
    split_segments,
)
from formcheck.video.decode import scaled_size
from formcheck.video.orient import Turn
from tests.unit.video.pictures import corners, index_of

REAL = Path(__file__).parents[4] / "shared" / "clips"


@pytest.fixture
def clip(make_clip):
    return open_clip(make_clip(options={"g": "5", "bf": "2"}))


def test_bounds_are_half_open_and_clamped(clip):
    assert [i for i, _ in read_frames(clip, 3, 6)] == [3, 4, 5]
    assert [i for i, _ in read_frames(clip, 18, 99)] == [18, 19]
    assert list(read_frames(clip, 20)) == []
    assert list(read_frames(clip, 7, 7)) == []
    with pytest.raises(ValueError, match="start and stop"):
        read_frames(clip, -1)
    with pytest.raises(ValueError, match="start and stop"):
        read_frames(clip, 5, 4)


def test_chosen_pictures_come_once_each_in_order(clip):
    got = [(i, index_of(image)) for i, image in read_indices(clip, [17, 2, 2, 9, 16])]
    assert got == [(2, 2), (9, 9), (16, 16), (17, 17)]
    assert list(read_indices(clip, [])) == []
    with pytest.raises(IndexError, match=r"\[0, 20\)"):
        read_indices(clip, [20])


def test_far_pictures_are_reached_by_a_seek(make_clip):
    times_ms = [round(i * 1000 / 30) for i in range(26)]
    clip = open_clip(make_clip(times_ms=times_ms, options={"g": "4"}))
    assert index_of(read_still(clip, 25)) == 25
    assert [(i, index_of(m)) for i, m in read_indices(clip, [0, 25])] == [(0, 0), (25, 25)]


def test_keyframes_are_where_the_encoder_put_them(make_clip):
    clip = open_clip(make_clip(options={"g": "5", "bf": "0", "sc_threshold": "0"}))
    assert keyframe_indices(clip).tolist() == [0, 5, 10, 15]


def test_segments_begin_at_a_near_keyframe(make_clip):
    clip = open_clip(make_clip(options={"g": "6", "bf": "0", "sc_threshold": "0"}))
    wide = VideoSettings(snap_segment_pct=25)
    assert split_segments(clip, 3, wide) == ((0, 6), (6, 12), (12, 20))
    assert split_segments(clip, 3) == ((0, 7), (7, 13), (13, 20))
    assert split_segments(clip, 3, VideoSettings(snap_segment_pct=12)) == (
        (0, 6),
        (6, 13),
        (13, 20),
    )
    assert split_segments(clip, 1) == ((0, 20),)
    with pytest.raises(ValueError, match="at least 1"):
        split_segments(clip, 0)


@given(st.integers(1, 60), st.integers(2, 40))
def test_segments_cover_every_frame_once(n, n_frames):
    clip = Clip(
        path=Path("none"),
        sha256="",
        width_px=1,
        height_px=1,
        file_time_s=np.arange(n_frames, dtype=float),
        seekable=False,
    )
    segments = split_segments(clip, n)
    assert [i for a, b in segments for i in range(a, b)] == list(range(n_frames))
    assert all(a < b for a, b in segments)
    assert len(segments) <= n


@pytest.mark.parametrize("n", [1, 2, 3, 7])
def test_the_number_of_segments_changes_no_pixel(clip, n):
    whole = [image for _, image in read_frames(clip)]
    parts = [im for a, b in split_segments(clip, n) for _, im in read_frames(clip, a, b)]
    np.testing.assert_array_equal(parts, whole)


def test_smaller_and_grey(clip):
    _, small = next(read_frames(clip, 4, max_side_px=32))
    assert small.shape == (24, 32, 3)
    assert corners(small) == "RGB-"
    assert abs(index_of(small) - 4) <= 1
    _, grey = next(read_frames(clip, 4, gray=True))
    assert grey.shape == (48, 64)
    _, same = next(read_frames(clip, 4, max_side_px=4000))
    assert same.shape == (48, 64, 3)


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(16, 4000))
def test_scaling_keeps_shape_and_never_enlarges(width, height, side):
    w, h = scaled_size(width, height, side)
    assert 1 <= w <= width
    assert 1 <= h <= height
    assert max(w, h) <= side
    if min(w, h) > 20:
        assert w / h == pytest.approx(width / height, rel=0.05)


@given(st.booleans(), st.booleans(), st.booleans())
def test_a_turn_knows_whether_it_mirrors_and_how_far_it_turns(transpose, flip_x, flip_y):
    image = np.arange(6, dtype=np.uint8).reshape(2, 3)
    turn = Turn(transpose, flip_x, flip_y)
    got = turn.apply(image)
    upright = got[:, ::-1] if turn.is_mirror else got
    np.testing.assert_array_equal(upright, np.rot90(image, turn.rotation_deg // 90))
    np.testing.assert_array_equal(turn.mirrored().apply(image), got[:, ::-1])
    assert got.shape[::-1] == turn.size(3, 2)


def test_a_file_that_vanished_is_a_clear_error(clip):
    clip.path.unlink()
    with pytest.raises(FormcheckError, match="FILE_NOT_FOUND"):
        next(read_frames(clip))


def test_abandoned_reading_closes_the_file(clip):
    handles = Path("/proc/self/fd")
    if not handles.exists():
        pytest.skip("open files cannot be counted on this system")
    before = len(list(handles.iterdir()))
    for _ in range(5):
        frames = read_frames(clip)
        next(frames)
        frames.close()
    assert len(list(handles.iterdir())) <= before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "n_frames", "size", "vfr"),
    [
        ("run_treadmill_side_left_zz", 360, (720, 1280), False),
        ("run_corridor_rear_jc", 179, (576, 1024), True),
        ("sls_front_left_tx2", 227, (1280, 720), False),
        ("neg_squat_twolegs_5fps_tfjs", 65, (720, 1280), False),
    ],
)
def test_phone_clips_give_every_frame_and_start_anywhere(name, n_frames, size, vfr):
    path = REAL / f"{name}.mp4"
    if not path.exists():
        pytest.skip("the development clips (../shared/clips) are not here")
    clip = open_clip(path)
    assert (clip.n_frames, (clip.width_px, clip.height_px), clip.vfr) == (n_frames, size, vfr)
    whole = [image for _, image in read_frames(clip, gray=True, max_side_px=320)]
    assert len(whole) == n_frames
    for start in (1, n_frames // 2, n_frames - 2):
        index, image = next(read_frames(clip, start, gray=True, max_side_px=320))
        assert index == start
        np.testing.assert_array_equal(image, whole[start])


def test_read_pictures_are_let_go_at_once(clip):
    """Memory must not grow with the clip: a cycle through a frame would keep it for long."""
    gc.collect()
    gc.disable()
    try:
        for _ in read_frames(clip):
            pass
        alive = sum(isinstance(o, av.VideoFrame) for o in gc.get_objects())
    finally:
        gc.enable()
    assert alive <= 2

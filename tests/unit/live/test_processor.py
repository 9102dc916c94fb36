"""The processor, on made-up people and on a bundled clip; no WebRTC here."""

from pathlib import Path

import numpy as np
import pytest

from formcheck.live import LiveProcessor
from formcheck.resources import samples_dir
from formcheck.video import open_clip, read_frames
from tests.unit.live.fakes import SIZE, Backend, body

DARK = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)


def run(processor, n, rate_hz=30):
    return [processor.process(DARK, k / rate_hz) for k in range(n)]


def test_it_draws_counts_and_leaves_the_picture_given_alone():
    bodies = [body(hip_drop=0.4 * np.sin(np.pi * k / 60) ** 2) for k in range(181)]
    processor = LiveProcessor(backend=Backend(bodies))
    shown = run(processor, 181)
    assert processor.state.count == 3
    assert processor.state.cue
    assert shown[-1].shape == DARK.shape
    assert shown[-1].any()
    assert not DARK.any()


def test_the_picture_is_a_mirror_but_its_words_are_not():
    person = [body(x=90.0)]
    mirror = LiveProcessor(backend=Backend(person)).process(DARK, 0.0)
    plain = LiveProcessor(backend=Backend(person), mirror=False).process(DARK, 0.0)
    middle = slice(250, 450)  # below the count, above the cue
    np.testing.assert_array_equal(mirror[middle], plain[middle, ::-1])
    np.testing.assert_array_equal(mirror[:30, :100], plain[:30, :100])


def test_choosing_another_exercise_starts_again_and_an_empty_room_says_so():
    processor = LiveProcessor(backend=Backend([None]))
    run(processor, 200)
    assert processor.state.count == 0
    assert not processor.state.found
    assert "picture" in processor.state.cue
    processor.choose("jog")
    assert processor.state.cue == ""


def test_the_model_is_loaded_with_the_first_picture_and_freed():
    backend = Backend([body()])
    processor = LiveProcessor(backend=backend)
    assert backend.opened == 0
    run(processor, 3)
    processor.close()
    processor.close()
    assert (backend.opened, backend.closed) == (1, 1)


def test_a_large_picture_is_made_smaller():
    large = np.zeros((1080, 1920, 3), np.uint8)
    shown = LiveProcessor(backend=Backend([None])).process(large, 0.0)
    assert shown.shape == (360, 640, 3)


@pytest.mark.slow
def test_squats_of_a_bundled_clip_are_counted():
    clip = open_clip(samples_dir() / "squat_left.mp4")
    processor = LiveProcessor()
    for index, rgb in read_frames(clip, 0, clip.n_frames, max_side_px=640):
        if index % 2 == 0:
            processor.process(rgb, float(clip.time_s[index]))
    processor.close()
    assert processor.state.count == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "exercise", "least", "most"),
    [("sls_front_left_tx2", "squat", 1, 1), ("jog_inplace_front_lsc", "jog", 6, 7)],
)
def test_real_people_are_counted(name, exercise, least, most):
    """One whole squat between two halves; six landings (labels of the clips)."""
    path = Path(__file__).resolve().parents[3].parent / "shared" / "clips" / f"{name}.mp4"
    if not path.is_file():
        pytest.skip(f"no clip {path.name} beside this repository")
    clip = open_clip(path)
    processor = LiveProcessor(exercise)
    for index, rgb in read_frames(clip, 0, clip.n_frames, max_side_px=640):
        processor.process(rgb, float(clip.time_s[index]))
    processor.close()
    assert least <= processor.state.count <= most

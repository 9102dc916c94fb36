"""What MediaPipe does, on a clip that ships with formcheck."""

from pathlib import Path

import numpy as np
import pytest

from formcheck.pose import MediaPipeBackend
from formcheck.video import open_clip, read_frames

pytestmark = pytest.mark.slow
CLIP = Path(__file__).parents[3] / "sample_videos" / "treadmill_side_right.mp4"


@pytest.fixture(scope="module")
def pictures():
    if not CLIP.is_file():
        pytest.skip("the sample clips are not here")
    return [image for _, image in read_frames(open_clip(CLIP), 0, 24)]


def test_landmarks_follow_a_jump_at_once(pictures):
    """MediaPipe's own smoothing is 12 px short in the frame after a step of 30 px."""
    image = pictures[0]
    moved = np.roll(image, 30, axis=1)
    with MediaPipeBackend(model="lite").open(fps=30.0) as session:
        for k in range(6):
            (still,) = session.detect(image, k)
        (jumped,) = session.detect(moved, 6)
    shift = (jumped.xy_px - still.xy_px)[11:]
    assert np.median(shift[:, 0]) == pytest.approx(30, abs=3)
    assert np.median(shift[:, 1]) == pytest.approx(0, abs=3)


def test_a_segment_gives_the_same_whatever_was_done_before(pictures):
    with MediaPipeBackend(model="lite").open(fps=30.0) as session:
        first = [session.detect(image, k)[0] for k, image in enumerate(pictures[:8])]
        session.restart()
        for k, image in enumerate(pictures[12:20]):
            session.detect(image, k)
        session.restart()
        again = [session.detect(image, k)[0] for k, image in enumerate(pictures[:8])]
    for a, b in zip(first, again, strict=True):
        assert np.array_equal(a.xy_px, b.xy_px)
        assert np.array_equal(a.visibility, b.visibility)
        assert np.array_equal(a.world_m, b.world_m)


def test_an_empty_picture_holds_nobody(pictures):
    with MediaPipeBackend(model="lite").open(fps=30.0) as session:
        assert session.detect(np.full_like(pictures[0], 90), 0) == ()

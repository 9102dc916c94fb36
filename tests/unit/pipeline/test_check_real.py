"""The clip check on real pictures that are spoilt the way people spoil them."""

from fractions import Fraction

import av
import cv2
import numpy as np
import pytest

from formcheck.pipeline.check import quick_check
from formcheck.quality import QUALITY_TEXTS
from formcheck.resources import samples_dir
from formcheck.settings import AnalyzeOptions
from formcheck.video import open_clip, read_indices

pytestmark = pytest.mark.slow

RATE_HZ = 30
N = 120


@pytest.fixture(scope="module")
def pictures():
    """Return a dozen pictures of a bundled squat, 360 px wide."""
    clip = open_clip(samples_dir() / "squat_left.mp4")
    found = read_indices(clip, [int(i) for i in np.linspace(10, 110, 12)])
    return [cv2.resize(rgb, (360, 640), interpolation=cv2.INTER_AREA) for _, rgb in found]


def bare(picture):
    """Return the room without the person."""
    return np.repeat(picture[:, :20], 18, axis=1)


SPOILT = {
    "no one": (bare, "NO_PERSON", "Nobody was found"),
    "dark": (lambda p: p // 5, "TOO_DARK", "It is quite dark"),
    "bright": (
        lambda p: np.clip(p.astype(int) // 3 + 190, 0, 255),
        "TOO_BRIGHT",
        "The picture is very bright",
    ),
    "feet cut off": (lambda p: p[:500], "FEET_CUT_OFF", "Your feet leave the picture"),
    "head cut off": (lambda p: p[180:], "HEAD_CUT_OFF", "Your head leaves the picture"),
    "small": (
        lambda p: cv2.copyMakeBorder(p, 700, 0, 300, 300, cv2.BORDER_REPLICATE),
        "PERSON_SMALL",
        "You look small in the picture",
    ),
    "two people": (
        lambda p: np.hstack([p, np.ascontiguousarray(p[:, ::-1])]),
        "TWO_PEOPLE",
        "There is a second person",
    ),
    "lying": (np.rot90, "LYING_PICTURE", "You appear sideways"),
}


def write(path, pictures, *, n=N):
    h, w = pictures[0].shape[:2]
    h, w = h // 2 * 2, w // 2 * 2
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=RATE_HZ, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = w, h, "yuv420p"
        for i in range(n):
            picture = np.ascontiguousarray(pictures[i * len(pictures) // n][:h, :w], np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, "rgb24")
            frame.pts, frame.time_base = i, Fraction(1, RATE_HZ)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def looked_at(path):
    return {c.code: c for c in quick_check(path, AnalyzeOptions()).checks}


def test_a_good_clip_is_found_good(pictures, tmp_path):
    told = looked_at(write(tmp_path / "good.mp4", pictures))
    assert {c for c in told if c in QUALITY_TEXTS} == {"FPS_LOW"}


@pytest.mark.parametrize("kind", list(SPOILT))
def test_a_spoilt_clip_is_told_with_what_to_do(kind, pictures, tmp_path):
    spoil, code, words = SPOILT[kind]
    told = looked_at(write(tmp_path / "spoilt.mp4", [spoil(p) for p in pictures]))
    assert code in told, list(told)
    assert words in told[code].text
    remedy = QUALITY_TEXTS[code].suggestion if code in QUALITY_TEXTS else "Film the whole body"
    assert remedy in told[code].text


def test_a_short_clip_is_told(pictures, tmp_path):
    told = looked_at(write(tmp_path / "short.mp4", pictures, n=30))
    assert "The clip is short" in told["CLIP_SHORT"].text


def test_the_wrong_view_for_the_test_that_was_chosen_is_told(pictures, tmp_path):
    path = write(tmp_path / "good.mp4", pictures)
    options = AnalyzeOptions(protocol="single_leg_squat", view="rear")
    told = {c.code: c for c in quick_check(path, options).checks}
    assert "This looks like a view from behind" in told["VIEW_WRONG"].text

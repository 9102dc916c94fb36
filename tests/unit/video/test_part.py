"""A part of a clip reads as the same pictures of the whole, and no others."""

import numpy as np
import pytest

from formcheck.errors import FormcheckError
from formcheck.pipeline.observe import part_asked_for
from formcheck.settings import AnalyzeOptions
from formcheck.video import decode, open_clip, read_frames, read_still
from tests.unit.video.pictures import index_of

FORMATS = [("clip.mp4", {}), ("clip.avi", {"codec": "mpeg4", "times_ms": range(0, 800, 40)})]


@pytest.mark.parametrize(("name", "how"), FORMATS)
def test_the_frames_of_a_part_are_those_of_the_whole(make_clip, name, how):
    whole = open_clip(make_clip(name, **how))
    part = whole.only(np.array([6, 7, 9, 10, 11]))
    again = part.only(np.array([1, 2, 4]))
    assert [index_of(m) for _, m in read_frames(part)] == [6, 7, 9, 10, 11]
    assert [index_of(m) for _, m in read_frames(again)] == [7, 9, 11]
    assert index_of(read_still(again, 1)) == 9
    assert again.file_time_s[0] == 0
    assert again.begins_s == pytest.approx(whole.file_time_s[7])
    np.testing.assert_allclose(np.diff(again.file_time_s), np.diff(whole.file_time_s[[7, 9, 11]]))


def test_only_the_part_is_decoded(make_clip, monkeypatch):
    whole = open_clip(make_clip(options={"g": "5", "bf": "0", "sc_threshold": "0"}))
    part = whole.only(np.arange(11, 14))
    n_decoded = 0
    real = decode.decoded

    def counted(container, stream):
        nonlocal n_decoded
        for frame in real(container, stream):
            n_decoded += 1
            yield frame

    monkeypatch.setattr(decode, "decoded", counted)
    assert [index_of(m) for _, m in read_frames(part)] == [11, 12, 13]
    assert n_decoded <= 4  # the keyframe is picture 10


def test_the_part_is_chosen_on_the_true_clock(make_clip):
    slow = open_clip(make_clip(), capture_fps=120)
    part = part_asked_for(slow, AnalyzeOptions(start_s=0.05, end_s=0.1))
    assert (part.begins_s / part.slow_motion_factor) == pytest.approx(0.05, abs=0.009)
    assert part.n_frames == 6
    assert part_asked_for(slow, AnalyzeOptions()) is slow
    with pytest.raises(FormcheckError, match="CLIP_TOO_SHORT"):
        part_asked_for(slow, AnalyzeOptions(start_s=9))

import numpy as np
import pytest

from formcheck.pixels.crew import _next, _shares
from formcheck.pixels.segments import Segment
from formcheck.pixels.source import PictureSource
from formcheck.video import open_clip, read_frames
from tests.unit.pixels.fakes import N_FRAMES, write_clip


@pytest.mark.slow
def test_reading_on_gives_the_pictures_that_starting_anew_gives(tmp_path, monkeypatch):
    clip = open_clip(write_clip(tmp_path / "block.mp4"))
    true = dict(read_frames(clip))
    starts = []

    def counted(clip, start, **keywords):
        starts.append((start, keywords["decode_from"]))
        return read_frames(clip, start, **keywords)

    monkeypatch.setattr("formcheck.pixels.source.read_frames", counted)
    source = PictureSource(clip, 1280)
    for start, stop, decode_from in (
        (2, 40, 0),
        (40, 80, 0),
        (80, 120, 0),
        (120, 150, 118),
        (20, 60, 0),
        (280, N_FRAMES, 0),
    ):
        got = dict(source.read(Segment(start, stop, start - 2, decode_from)))
        assert list(got) == list(range(start - 2, stop))
        assert all(np.array_equal(got[i], true[i]) for i in got)
    # the second and third went on where the first ended
    assert starts == [(0, 0), (118, 118), (18, 0), (278, 0)]


def _segments(n):
    return tuple(Segment(10 * k, 10 * k + 10, 10 * k, 0) for k in range(n))


@pytest.mark.parametrize(("n", "workers"), [(1, 1), (4, 2), (8, 3), (5, 5)])
def test_workers_share_the_segments_in_runs_and_help_each_other_out(n, workers):
    waiting = _shares(_segments(n), workers)
    assert [s for run in waiting for s in run] == list(_segments(n))
    assert max(len(run) for run in waiting) - min(len(run) for run in waiting) <= 1
    done = [_next(waiting, 0) for _ in range(n)]
    assert sorted(s.start for s in done) == [s.start for s in _segments(n)]
    assert [s.start for s in done[: len(_shares(_segments(n), workers)[0])]] == [
        s.start for s in _shares(_segments(n), workers)[0]
    ]
    assert _next(waiting, 0) is None

import itertools

import pytest

from formcheck.pixels.segments import plan_segments
from formcheck.pixels.slots import frames_apart
from formcheck.settings.pose import PassSettings
from formcheck.video import open_clip
from tests.unit.pixels.fakes import ChangeProbe, write_clip

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    return open_clip(write_clip(tmp_path_factory.mktemp("clips") / "block.mp4"))


@pytest.mark.parametrize(("shortest", "n"), [(16, 8), (75, 4), (140, 2), (1000, 1)])
def test_segments_cover_the_clip_once_in_order(clip, shortest, n):
    segments = plan_segments(clip, PassSettings(segment_frames=shortest))
    assert len(segments) == n
    assert segments[0].start == 0
    assert segments[-1].stop == clip.n_frames
    assert all(a.stop == b.start for a, b in itertools.pairwise(segments))


def test_each_begins_early_enough_for_followers_and_probes(clip):
    settings = PassSettings(segment_frames=50, lead_in_frames=2)
    segments = plan_segments(clip, settings, (ChangeProbe(context_frames=5),))
    assert segments[0].lead_in == 0
    assert all(s.lead_in == s.start - 5 for s in segments[1:])


def test_a_probe_that_skips_frames_finds_the_last_it_was_fed_in_the_lead_in(clip):
    settings = PassSettings(segment_frames=50, lead_in_frames=1)
    probe = ChangeProbe(least_s=0.11)  # every fourth frame at 30 frames/s
    fed = frames_apart(clip.file_time_s, probe.least_s)
    for segment in plan_segments(clip, settings, (probe,))[1:]:
        assert fed[segment.lead_in : segment.start].any()
        assert not fed[segment.lead_in + 1 : segment.start].any()


def test_long_clips_get_more_segments_and_unseekable_ones_a_single_one(clip):
    assert len(plan_segments(clip, PassSettings(max_segments=2, max_segment_s=2.0))) == 5
    fixed = clip.with_(seekable=False)
    assert len(plan_segments(fixed, PassSettings(segment_frames=16))) == 1


@pytest.mark.parametrize(("shortest", "heads"), [(16, 2), (75, 2), (140, 2), (1000, 1)])
def test_halves_of_a_clip_begin_decoding_at_the_same_frame(clip, shortest, heads):
    segments = plan_segments(clip, PassSettings(segment_frames=shortest))
    begins = [s.decode_from for s in segments]
    assert len(set(begins)) == heads
    assert begins == sorted(begins)
    assert all(s.decode_from <= s.lead_in for s in segments)

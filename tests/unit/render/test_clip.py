from dataclasses import replace

import av
import numpy as np
import pytest

from formcheck.render.clip import representative_span, write_full, write_strides
from formcheck.settings.render import RenderSettings
from tests.synthetic import clip_of, running_pose, trial_of
from tests.unit.render.builders import measured, write_noise_clip

S = RenderSettings()


def rear_trial(duration_s=4.0):
    pose, truth = running_pose(
        view="rear", duration_s=duration_s, fps=30.0, px_per_m=150.0, width_px=288, height_px=384
    )
    trial = trial_of(pose, truth, protocol_id="treadmill_run")
    return replace(trial, clip=clip_of(pose, width_px=288, height_px=384))


def test_span_holds_the_median_stride_and_its_neighbours():
    trial = rear_trial(6.0)
    steps = trial.steps_of("left")
    m = measured("pelvic_drop", "left", [5.0, 9.0, 7.0], [s.strike_s + 0.1 for s in steps[:3]])
    span = representative_span(trial, [m], S)
    assert span is not None
    stride = steps[2].stride_end_s - steps[2].strike_s
    assert span[0] < steps[2].strike_s < steps[2].stride_end_s < span[1]
    assert span[1] - span[0] == pytest.approx(3 * stride + 0.2, rel=0.1)


def test_no_span_without_steps():
    assert representative_span(replace(rear_trial(), steps=()), [], S) is None


@pytest.mark.slow
def test_strides_are_four_times_slower_pause_on_key_frames_and_play_in_a_browser(tmp_path):
    trial = rear_trial()
    clip = write_noise_clip(tmp_path / "in.mp4", trial, 288, 384)
    trial = replace(trial, clip=clip)
    out = write_strides(clip, trial, [], tmp_path / "strides.mp4")
    assert out is not None
    span = representative_span(trial, [], S)
    with av.open(str(out)) as video:
        stream = video.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert stream.codec_context.width % 2 == stream.codec_context.height % 2 == 0
        assert not video.streams.audio
        times = np.array([f.time for f in video.decode(video=0)])
    gaps = np.diff(times)
    assert np.median(gaps) == pytest.approx(4 / 30, abs=0.005)
    pauses = gaps > 0.8
    assert 4 <= pauses.sum() <= 12
    played = times[-1] - pauses.sum() * S.hold_s
    assert played == pytest.approx(4 * (span[1] - span[0]), rel=0.1)


@pytest.mark.slow
def test_whole_clip_keeps_its_length_apart_from_the_pauses(tmp_path):
    trial = rear_trial(3.0)
    clip = write_noise_clip(tmp_path / "in.mp4", trial, 288, 384)
    out = write_full(clip, replace(trial, clip=clip), [], tmp_path / "annotated.mp4")
    with av.open(str(out)) as video:
        times = np.array([f.time for f in video.decode(video=0)])
    pauses = (np.diff(times) > 0.5).sum()
    assert times[-1] - pauses * S.hold_s == pytest.approx(3.0, abs=0.15)

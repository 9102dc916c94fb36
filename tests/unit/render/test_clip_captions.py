import itertools
import re

import av
import pytest

from formcheck.render.clip import write_strides
from formcheck.render.clip_captions import clip_webvtt
from formcheck.render.moments import key_moments
from formcheck.settings.render import RenderSettings
from tests.synthetic import running_pose, standing_pose, trial_of
from tests.unit.render.builders import measured, write_noise_clip

S = RenderSettings()
CUE = re.compile(r"(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})\n(.+)")


def run(**kw):
    pose, truth = running_pose(
        view="rear", duration_s=4.0, px_per_m=150.0, width_px=288, height_px=384, **kw
    )
    trial = trial_of(pose, truth, protocol_id="treadmill_run")
    drop = measured("pelvic_drop", "right", [5.0, 6.0, 7.0], [
        s.strike_s + 0.1 for s in trial.steps_of("right")[:3]
    ])  # fmt: skip
    return trial, [drop]


def cues(text):
    assert text.startswith("WEBVTT\n\n")
    found = []
    for a, b, c, d, e, f, words in CUE.findall(text):
        begin = 3600 * int(a) + 60 * int(b) + float(c)
        found.append((begin, 3600 * int(d) + 60 * int(e) + float(f), words))
    return found


@pytest.mark.parametrize("whole", [False, True])
def test_each_pause_has_one_cue_with_its_value_and_none_overlap(whole):
    trial, drops = run()
    found = cues(clip_webvtt(trial, drops, S, whole=whole))
    assert len(found) >= 3
    for begin, end, _ in found:
        assert end > begin
    for (_, end, _), (begin, _, _) in itertools.pairwise(found):
        assert end <= begin + 1e-9
    if whole:
        assert any(re.match("Right .*: pelvic drop 6° ±", words) for *_, words in found)


def test_the_whole_clip_pauses_push_later_cues_back():
    trial, drops = run()
    moments = sorted(key_moments(trial, drops), key=lambda m: m.time_s)
    found = cues(clip_webvtt(trial, drops, S, whole=True))
    for k, ((begin, _, _), moment) in enumerate(zip(found, moments, strict=True)):
        assert begin == pytest.approx(moment.time_s + k * S.hold_s, abs=0.03)


def test_nothing_found_has_no_cue():
    pose, truth = standing_pose()
    assert clip_webvtt(trial_of(pose, truth), [], S) == "WEBVTT\n"


@pytest.mark.slow
def test_cues_begin_where_the_clip_that_is_written_pauses(tmp_path):
    trial, drops = run(fps=30.0)
    clip = write_noise_clip(tmp_path / "in.mp4", trial, 288, 384)
    path = write_strides(clip, trial, drops, tmp_path / "strides.mp4", S)
    with av.open(str(path)) as container:
        shown_s = [frame.time for frame in container.decode(video=0)]
    pauses = [a for a, b in itertools.pairwise(shown_s) if b - a > S.hold_s]
    begins = [begin for begin, *_ in cues(clip_webvtt(trial, drops, S))]
    assert begins == pytest.approx(pauses, abs=0.04)

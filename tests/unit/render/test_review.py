import json
from dataclasses import replace

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.errors import FormcheckError
from formcheck.render.captions import webvtt
from formcheck.render.review import DRAWN, shown_rows, write_review
from formcheck.render.timeline import timeline_curves
from tests.synthetic import clip_of, running_pose, trial_of
from tests.unit.render.builders import measured, write_noise_clip


def side_trial(**kw):
    pose, truth = running_pose(view="side", facing="right", duration_s=4.0, fps=60.0, **kw)
    return trial_of(pose, truth, protocol_id="treadmill_run"), truth


@given(st.floats(10, 300), st.floats(24, 240), st.integers(2, 80))
def test_pictures_are_thinned_to_the_shown_rate_and_never_more(fps, most_hz, n):
    t = np.arange(n) / fps
    rows = shown_rows(t, most_hz)
    assert rows[0] == 0
    if fps <= most_hz:
        assert rows.size == n
    else:
        assert (np.diff(t[rows]) >= 0.9 / most_hz - 1e-9).all()


def test_the_curve_of_a_side_run_is_the_near_knee_over_the_clip():
    trial, truth = side_trial()
    (curve,) = timeline_curves(trial)
    assert curve["key"] == "knee_flexion"
    assert {line["side"] for line in curve["lines"]} == {"right"}
    t = np.concatenate([line["t"] for line in curve["lines"]])
    y = np.concatenate([line["y"] for line in curve["lines"]])
    true = np.interp(t, trial.pose.time_s, truth.curves["right_knee_flexion_deg"])
    inside = (t > 0.2) & (t < 3.8)
    assert np.abs(y - true)[inside].max() < 2.5


def test_a_gap_in_the_body_is_a_gap_in_the_curve():
    trial, _ = side_trial()
    xy = trial.pose.xy_px.copy()
    xy[100:120] = np.nan
    holed = replace(trial, pose=trial.pose.with_("hole", xy_px=xy))
    (curve,) = timeline_curves(holed)
    lost = trial.pose.time_s[105:115]
    for line in curve["lines"]:
        assert not any(line["t"][0] <= t <= line["t"][-1] for t in lost)


def test_captions_tell_each_stance_with_its_own_value_and_the_average_with_its_interval():
    trial, _ = side_trial()
    own = trial.steps_of("right")
    m = measured("knee_flexion_at_contact", "right", [11.0, 15.0], [s.strike_s for s in own[:2]])
    text = webvtt(trial, [m])
    assert text.startswith("WEBVTT\n\n1\n")
    assert text.count(" --> ") == len(trial.steps)
    assert "Right foot down: knee bend at landing 11° (average 13° ± 3)" in text
    assert "Left foot down\n" in text


def test_uncertain_values_are_not_told_in_captions():
    trial, _ = side_trial()
    own = trial.steps_of("right")
    m = measured("knee_flexion_at_contact", "right", [11.0], [own[0].strike_s])
    m = m.model_copy(update={"status": "uncertain", "reason": "few steps"})
    assert "11°" not in webvtt(trial, [m])


@pytest.mark.slow
def test_the_whole_clip_hides_the_face_and_carries_every_picture(tmp_path):
    pose, truth = running_pose(
        view="rear", duration_s=2.0, fps=30.0, px_per_m=150.0, width_px=288, height_px=384
    )
    trial = trial_of(pose, truth, protocol_id="treadmill_run")
    trial = replace(trial, clip=clip_of(pose, width_px=288, height_px=384))
    trial = replace(trial, clip=write_noise_clip(tmp_path / "in.mp4", trial, 288, 384))
    write_review(trial, [], tmp_path / "blurred")
    write_review(trial, [], tmp_path / "open", blur_face=False)
    data = json.loads((tmp_path / "blurred" / "review.json").read_text())
    pictures = {}
    for name in ("blurred", "open"):
        with av.open(str(tmp_path / name / "review.mp4")) as video:
            assert not video.streams.audio
            frames = [(f.time, f.to_ndarray(format="rgb24")) for f in video.decode(video=0)]
        assert len(frames) == len(data["time_s"]) == pose.time_s.size
        times = np.array([t for t, _ in frames])
        assert times == pytest.approx(np.array(data["time_s"]) - data["time_s"][0], abs=2e-3)
        pictures[name] = frames[30][1].astype(float)
    points = data["points"][30]
    assert len(points) == 2 * len(DRAWN)
    change = np.abs(pictures["blurred"] - pictures["open"]).mean(axis=2)
    left, right = (points[2 * DRAWN.index(f"{s}_shoulder")] for s in ("left", "right"))
    middle, shoulder = (left + right) // 2, points[2 * DRAWN.index("left_shoulder") + 1]
    head = change[shoulder - 16 : shoulder - 6, middle - 4 : middle + 4].mean()
    assert head > 15
    assert change[shoulder + 20 :].mean() < head / 2, "only the head is hidden"


@pytest.mark.slow
def test_a_stop_while_writing_leaves_no_video(tmp_path):
    pose, truth = running_pose(view="rear", duration_s=1.0, fps=30.0, width_px=288, height_px=384)
    trial = trial_of(pose, truth, protocol_id="treadmill_run")
    trial = replace(trial, clip=clip_of(pose, width_px=288, height_px=384))
    trial = replace(trial, clip=write_noise_clip(tmp_path / "in.mp4", trial, 288, 384))
    with pytest.raises(FormcheckError) as caught:
        write_review(trial, [], tmp_path / "out", cancel=lambda: True)
    assert caught.value.code == "CANCELLED"
    assert not list((tmp_path / "out").rglob("*.mp4"))

from dataclasses import replace

import cv2
import numpy as np
import pytest

from formcheck.render.compose import Framing, Painter, framing, landmarks_at, readings_of, seen_at
from formcheck.render.head import head_track
from formcheck.render.keyframes import write_keyframes, write_png
from formcheck.render.moments import key_moments
from formcheck.settings.render import RenderSettings
from tests.synthetic import Camera, clip_of, running_pose, squat_pose, trial_of
from tests.unit.render.builders import blank, measured, withheld, write_noise_clip

S = RenderSettings()


def small_trial(**kw):
    pose, truth = running_pose(
        view="rear", duration_s=2.5, fps=30.0, px_per_m=150.0, width_px=288, height_px=384, **kw
    )
    trial = trial_of(pose, truth, protocol_id="treadmill_run")
    return replace(trial, clip=clip_of(pose, width_px=288, height_px=384))


def painter_of(trial, measurements=()):
    return Painter(
        trial=trial,
        readings=readings_of(measurements),
        heads=head_track(trial.raw, S),
        settings=S,
    )


def test_png_keeps_every_pixel_and_its_colours(tmp_path):
    image = blank(40, 50)
    image[..., 0] = 200
    write_png(tmp_path / "frames" / "x.png", image)
    back = cv2.imread(str(tmp_path / "frames" / "x.png"))[..., ::-1]
    assert (back == image).all()


def test_picture_has_even_sides_and_room_for_the_strip():
    shown = Framing(left=3, top=5, width=101, height=77, scale=1.37, strip_px=20)
    out = shown.picture(blank(200, 300))
    width, height = shown.size_px
    assert width % 2 == height % 2 == 0
    assert out.shape == (height + 20, width, 3)
    assert shown.points(np.array([3.0, 5.0])) == pytest.approx([0.0, 0.0])


def test_small_body_is_enlarged_and_a_large_one_is_left_alone():
    pose, truth = running_pose(view="rear", duration_s=1.0, px_per_m=160.0)
    far = trial_of(pose, truth)  # 280 px tall in 1920
    rows = range(20)
    shown = framing(far, head_track(far.raw, S), rows, S)
    assert shown.height < 0.3 * far.clip.height_px
    inside = shown.points(far.raw.xy_px[list(rows)])
    assert (inside > 0).all()
    assert (inside < np.array(shown.size_px)).all()
    pose, truth = running_pose(view="rear", duration_s=1.0, px_per_m=900.0)
    near = trial_of(pose, truth)
    whole = framing(near, head_track(near.raw, S), rows, S)
    assert (whole.width, whole.height) == (near.clip.width_px, near.clip.height_px)
    assert max(whole.size_px) <= S.max_side_px


def test_clip_framing_holds_a_runner_who_comes_from_near_to_far():
    pose, truth = running_pose(view="rear", duration_s=3.0, px_per_m=300.0)
    xy = np.array(pose.xy_px)
    middle = np.array([540.0, 960.0])
    xy = middle + (xy - middle) * np.linspace(2.0, 0.5, xy.shape[0])[:, None, None]
    trial = replace(trial_of(pose, truth), raw=pose.with_("receding", xy_px=xy))
    shown = framing(trial, head_track(trial.raw, S), range(xy.shape[0]), S, stray_pct=2.0)
    inside = shown.points(xy[4:])
    assert (inside > 0).all()
    assert (inside < np.array(shown.size_px)).all()


def test_landmarks_are_the_filtered_ones_with_raw_where_the_filter_has_none():
    trial = small_trial()
    xy = np.array(trial.pose.xy_px)
    xy[:, 25] = np.nan
    filtered = trial.pose.with_("moved", xy_px=xy + 4.0)
    mixed = replace(trial, pose=filtered)
    at = landmarks_at(mixed, 10)
    assert at[26] == pytest.approx(trial.raw.xy_px[10, 26] + 4.0)
    assert at[25] == pytest.approx(trial.raw.xy_px[10, 25])


def test_a_key_frame_shows_the_landmarks_its_number_was_read_from():
    trial = small_trial()
    row = np.array([10])
    closer = replace(
        trial.raw,
        time_s=trial.raw.time_s[row],
        xy_px=trial.raw.xy_px[row] + 7.0,
        world_m=trial.raw.world_m[row],
        confidence=trial.raw.confidence[row],
    )
    twice = replace(trial, second_look=closer)
    assert seen_at(twice, 10) == pytest.approx(trial.raw.xy_px[10] + 7.0)
    assert seen_at(twice, 11) == pytest.approx(landmarks_at(trial, 11))
    assert seen_at(trial, 10) == pytest.approx(landmarks_at(trial, 10))


def test_readings_of_a_moment_are_its_sides_and_leave_out_what_was_not_measured():
    trial = small_trial()
    steps = trial.steps_of("right")
    found = [
        measured("pelvic_drop", "right", [8.0] * len(steps), [s.strike_s + 0.1 for s in steps]),
        measured("pelvic_drop", "left", [5.0]),
        withheld("trunk_side_lean", "right"),
    ]
    painter = painter_of(trial, found)
    moment = next(
        m for m in key_moments(trial, found) if m.side == "right" and "pelvic_drop" in m.measure_ids
    )
    readings = painter.readings_at(moment)
    assert [(r.measurement.id, r.measurement.side) for r in readings] == [("pelvic_drop", "right")]
    assert readings[0].this_step == 8.0


def test_inset_curve_is_the_knee_bend_after_contact():
    pose, truth = running_pose(view="side", facing="right", duration_s=3.0, fps=60.0)
    trial = trial_of(pose, truth)
    soft = measured("landing_softness", "right", unit="index 0-100", values=[50.0])
    moment = next(m for m in key_moments(trial, [soft]) if m.name == "mid-stance")
    painter = painter_of(trial, [soft])
    row = painter.row_at(moment.time_s)
    ctx = painter.context(row, framing(trial, painter.heads, [row], S), moment)
    k = 20  # 100 ms after contact
    hip, knee, ankle = (
        trial.pose.at(moment.start_s + 0.1, "right", j) for j in ("hip", "knee", "ankle")
    )
    u, v = knee - hip, ankle - knee
    bend = np.degrees(np.arccos(u @ v / np.hypot(*u) / np.hypot(*v)))
    assert ctx.trace_s[k] == pytest.approx(0.1)
    assert ctx.trace_deg[k] == pytest.approx(bend, abs=0.5)


@pytest.mark.slow
def test_key_frames_are_written_with_caption_and_alt_and_a_blurred_head(tmp_path):
    trial = small_trial()
    clip = write_noise_clip(tmp_path / "clip.mp4", trial, 288, 384)
    trial = replace(trial, clip=clip)
    steps = trial.steps_of("right")
    found = [
        measured("pelvic_drop", "right", [8.0] * len(steps), [s.strike_s + 0.1 for s in steps]),
        withheld("trunk_rotation", "both"),
    ]
    frames = write_keyframes(clip, trial, found, tmp_path)
    assert frames
    assert any("pelvic drop 8° ± 3" in f.caption for f in frames)
    assert not any("rotation" in f.caption for f in frames)
    for f in frames:
        assert f.alt
        assert f.alt.endswith(".")
        image = cv2.imread(str(tmp_path / f.path))
        assert image.shape[0] >= S.min_height_px
    sharp = write_keyframes(clip, trial, found, tmp_path / "sharp", blur_face=False)
    a = cv2.imread(str(tmp_path / frames[0].path)).astype(int)
    b = cv2.imread(str(tmp_path / "sharp" / sharp[0].path)).astype(int)
    differs = np.abs(a - b).sum(axis=2) > 30
    assert 0.001 < differs.mean() < 0.2  # the head only


@pytest.mark.slow
def test_squat_without_measurements_still_shows_start_and_deepest(tmp_path):
    camera = Camera(view="front", px_per_m=150.0, width_px=288, height_px=384)
    pose, truth = squat_pose(stance="left", reps=(60.0,), camera=camera)
    clip = write_noise_clip(tmp_path / "clip.mp4", trial_of(pose, truth), 288, 384)
    assert clip.n_frames == pose.time_s.size
    frames = write_keyframes(clip, trial_of(pose, truth, clip=clip), [], tmp_path)
    assert [f.caption for f in frames] == ["Left start.", "Left deepest point."]

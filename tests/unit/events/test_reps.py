"""Squats, heel raises and holds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.events import detect_holds, detect_lifts, detect_reps, detect_squats, stance_side
from tests.synthetic import Camera, running_pose, squat_pose, standing_pose


def counted(reps):
    return [r for r in reps if r.counted]


@pytest.mark.parametrize("stance", ["left", "right", "both"])
@pytest.mark.parametrize("view", ["front", "side", "rear"])
def test_repetitions_are_counted_timed_and_sided(stance, view):
    pose, truth = squat_pose(stance=stance, camera=Camera(view=view), noise_px=2)
    reps = counted(detect_squats(pose, pose, truth.scene))
    assert len(reps) == 3
    for found, true in zip(reps, truth.reps, strict=True):
        assert found.side == stance
        assert found.start_s == pytest.approx(true.start_s, abs=0.25)
        assert found.deepest_s == pytest.approx(true.deepest_s, abs=0.1)
        assert found.end_s == pytest.approx(true.end_s, abs=0.25)


def test_a_pause_at_the_bottom_is_one_repetition_with_its_middle_deepest():
    pose, truth = squat_pose(pause_s=2.0, noise_px=2)
    reps = counted(detect_squats(pose, pose, truth.scene))
    assert len(reps) == 3
    assert reps[0].deepest_s == pytest.approx(truth.reps[0].deepest_s, abs=0.5)


def test_a_clip_cut_at_both_ends_has_one_whole_and_two_halves():
    pose, truth = squat_pose(reps=(60, 60, 60))
    on = (pose.time_s >= truth.reps[0].deepest_s) & (pose.time_s <= truth.reps[2].deepest_s)
    cut = pose.with_(
        "cut",
        time_s=pose.time_s[on] - pose.time_s[on][0],
        xy_px=pose.xy_px[on],
        confidence=pose.confidence[on],
        world_m=pose.world_m[on],
    )
    reps = detect_squats(cut, cut, truth.scene)
    assert [r.counted for r in reps] == [False, True, False]
    assert "before the clip" in reps[0].reason
    assert reps[2].reason


def test_a_shallow_one_among_deep_ones_does_not_count_and_says_so():
    pose, truth = squat_pose(reps=(60, 28, 60))
    reps = detect_squats(pose, pose, truth.scene)
    assert [r.counted for r in reps] == [True, False, True]
    assert "shallower" in reps[1].reason


def test_five_frames_per_second_still_count():
    pose, truth = squat_pose(stance="both", fps=5)
    reps = counted(detect_squats(pose, pose, truth.scene))
    assert len(reps) == 3
    assert all(r.side == "both" for r in reps)


@settings(max_examples=6, deadline=None)
@given(zoom=st.floats(0.2, 5), n=st.integers(1, 5))
def test_zoom_changes_nothing(zoom, n):
    pose, truth = squat_pose(reps=(60,) * n, fps=15)
    moved = pose.with_("zoomed", xy_px=pose.xy_px * zoom)
    assert len(counted(detect_squats(moved, moved, truth.scene))) == n


def test_walking_into_the_picture_first_adds_no_repetition():
    walk, truth = squat_pose(reps=(60, 60), noise_px=1)
    approach, _ = running_pose(
        view="front",
        cadence_spm=110,
        contact_time_s=(0.6, 0.6),
        speed_mps=1.2,
        hip_rise_m=0.02,
        knee_at_contact_deg=5,
        knee_peak_deg=16,
        knee_swing_deg=60,
        fps=30,
        duration_s=3,
    )
    joined = walk.with_(
        "joined",
        time_s=np.concatenate([approach.time_s, walk.time_s + 3]),
        xy_px=np.concatenate([approach.xy_px, walk.xy_px]),
        confidence=np.concatenate([approach.confidence, walk.confidence]),
        world_m=np.concatenate([approach.world_m, walk.world_m]),
    )
    reps = counted(detect_squats(joined, joined, truth.scene))
    assert len([r for r in reps if r.deepest_s > 3]) == 2
    assert not [r for r in reps if r.deepest_s < 3]


def test_stance_side_follows_the_lifted_foot():
    pose, _ = squat_pose(stance="left", lift_at_s=1.5, start_s=3.0)
    side = stance_side(pose)
    assert side[10] == "both"
    assert side[-1] == "left"


def test_a_hold_starts_when_the_foot_leaves_and_touches_are_seen():
    pose, truth = squat_pose(stance="right", reps=(), lift_at_s=1.0, duration_s=12.0)
    holds = counted(detect_holds(pose, pose, truth.scene))
    assert len(holds) == 1
    assert holds[0].side == "right"
    assert 1.0 < holds[0].start_s < 1.5
    assert holds[0].end_s == pytest.approx(pose.time_s[-1], abs=0.1)


def test_heel_raises_are_counted_at_the_highest_heel():
    pose, truth = standing_pose(duration_s=8.0)
    t = pose.time_s
    rise = 40 * np.clip(np.sin(2 * np.pi * t / 2.0), 0, None)
    xy = pose.xy_px.copy()
    for name in ("left_heel", "right_heel"):
        from formcheck.keypoints import INDEX

        xy[:, INDEX[name], 1] -= rise
    lifted = pose.with_("heel raises", xy_px=xy)
    reps = counted(detect_lifts(lifted, lifted, truth.scene))
    assert len(reps) == 4
    assert reps[1].deepest_s == pytest.approx(2.5, abs=0.1)


def test_detect_reps_serves_every_detector_and_refuses_others():
    pose, truth = squat_pose()
    for name in ("squat", "hop", "landing", "lift", "hold"):
        assert isinstance(detect_reps(pose, pose, truth.scene, detector=name), tuple)
    with pytest.raises(ValueError, match="squat, hop"):
        detect_reps(pose, pose, truth.scene, detector="run")


def test_nothing_seen_gives_nothing():
    pose, truth = squat_pose()
    blank = pose.with_("blank", xy_px=np.full_like(pose.xy_px, np.nan))
    for name in ("squat", "hop", "lift", "hold"):
        assert detect_reps(blank, blank, truth.scene, detector=name) == ()

import numpy as np
import pytest

from formcheck.data import PoseSequence
from formcheck.keypoints import INDEX, index_of
from formcheck.settings.signals import SignalSettings
from formcheck.signals.geometry import knee_flexion_deg
from formcheck.signals.prepare import prepare
from tests.synthetic import running_pose, squat_pose

SPANS = [(1.0, 1.07), (1.7, 1.77), (3.0, 3.1)]


def knee_deg(pose, side="right"):
    return knee_flexion_deg(*(pose.joint(side, j) for j in ("hip", "knee", "ankle")), 1)


def test_exchanged_legs_come_out_right_and_are_logged():
    pose, truth = running_pose(fps=60, duration_s=5, swaps=SPANS, noise_px=2)
    out = prepare(pose)
    off = np.abs(out.raw.xy_px - truth.clean.xy_px)
    assert np.nanmax(off) < 12
    assert out.log.swaps_repaired == sum(
        ((pose.time_s >= a) & (pose.time_s < b)).sum() for a, b in SPANS
    )
    assert len([e for e in out.log.entries if "exchanged" in e]) == len(SPANS)
    assert out.pose.history[-2:] == ("repaired", "filtered")


def test_the_filter_takes_noise_and_leaves_the_knee():
    pose, truth = running_pose(fps=60, duration_s=5, noise_px=3)
    out = prepare(pose)
    true, raw, smooth = (knee_deg(p)[15:-15] for p in (truth.clean, pose, out.pose))
    assert np.std(smooth - true) < 0.8 * np.std(raw - true)
    assert np.percentile(smooth, 98) == pytest.approx(np.percentile(true, 98), abs=2.5)


@pytest.mark.parametrize("view", ["rear", "front"])
def test_frontal_running_is_neither_renamed_nor_dropped(view):
    pose, _ = running_pose(view=view, fps=60, duration_s=4, noise_px=2)
    out = prepare(pose)
    assert out.log.swaps_repaired == 0
    assert out.log.frames_dropped == 0


@pytest.mark.parametrize("stance", ["left", "right", "both"])
def test_squats_are_neither_renamed_nor_dropped(stance):
    pose, _ = squat_pose(stance=stance, noise_px=2)
    out = prepare(pose)
    assert (out.log.swaps_repaired, out.log.frames_dropped, out.log.entries) == (0, 0, ())


def test_a_guessed_far_leg_becomes_unseen_and_long_gaps_stay():
    pose, _ = running_pose(fps=30, duration_s=3, collapses=[(1.0, 1.2, "left")])
    on = (pose.time_s >= 1.0) & (pose.time_s < 1.2)
    seen = pose.confidence.copy()
    seen[np.ix_(on, [index_of("left", j) for j in ("knee", "ankle", "heel", "foot_index")])] = 0.3
    out = prepare(pose.with_("faint", confidence=seen))
    ankle = INDEX["left_ankle"]
    assert np.isnan(out.raw.xy_px[on, ankle]).all()
    assert (out.raw.confidence[on, ankle] == 0).all()
    assert np.isnan(out.pose.xy_px[on, ankle]).all()
    assert (out.pose.confidence[on, ankle] == 0).all()
    assert out.log.collapsed_frames == on.sum()
    assert np.isfinite(out.raw.xy_px[:, INDEX["right_ankle"]]).all()


def test_a_short_gap_is_bridged_with_low_confidence():
    pose, truth = running_pose(fps=60, duration_s=3, dropouts=[(1.0, 1.03, ["right_ankle"])])
    out = prepare(pose)
    on = (out.pose.time_s >= 1.0) & (out.pose.time_s < 1.03)
    ankle = INDEX["right_ankle"]
    assert np.abs(out.pose.xy_px[on, ankle] - truth.clean.xy_px[on, ankle]).max() < 15
    assert (out.pose.confidence[on, ankle] < 0.5).all()


def test_variable_frame_rate_comes_out_uniform_and_in_the_right_place():
    full = np.arange(240) / 60
    t = np.delete(full, [30, 77, 78, 150])
    pose, _ = running_pose(time_s=t, noise_px=0)
    _, truth = running_pose(time_s=full, noise_px=0)
    out = prepare(pose)
    assert out.pose.time_s == pytest.approx(full, abs=1e-9)
    hips = np.abs(out.pose.mid("hip") - truth.clean.mid("hip"))
    assert hips.max() < 1.5  # px at 500 px/m


@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_clips_of_a_few_frames_are_no_error(n):
    pose, _ = running_pose(fps=30, duration_s=1)
    short = PoseSequence(
        time_s=pose.time_s[:n],
        xy_px=pose.xy_px[:n],
        confidence=pose.confidence[:n],
        world_m=pose.world_m[:n],
    )
    assert prepare(short, SignalSettings()).pose.time_s.size == n


def test_nobody_seen_is_no_error():
    nobody = PoseSequence(
        time_s=np.arange(30) / 30,
        xy_px=np.full((30, 33, 2), np.nan),
        confidence=np.zeros((30, 33)),
        world_m=np.full((30, 33, 3), np.nan),
    )
    assert np.isnan(prepare(nobody).pose.xy_px).all()

import numpy as np
import pytest

from formcheck.keypoints import INDEX
from formcheck.settings.signals import LegSettings
from formcheck.signals.legs import exchange, exchanged_frames, leg_length_px
from tests.synthetic import hop_pose, running_pose, squat_pose, walking_pose

SETTINGS = LegSettings()


def found(pose):
    return exchanged_frames(pose.time_s, pose.xy_px, pose.confidence, SETTINGS)


def frames(pose, spans):
    t = pose.time_s
    return np.any([(t >= a) & (t < b) for a, b in spans], axis=0)


@pytest.mark.parametrize(("fps", "facing"), [(30, "left"), (60, "right"), (120, "left")])
def test_legs_exchanged_for_a_few_frames_at_foot_strike_are_named_back(fps, facing):
    _, truth = running_pose(fps=fps, duration_s=4)
    strikes = [s.strike_s for s in truth.steps[1:8]]
    spans = [(t - 0.001, t + 2.5 / 30) for t in strikes]
    pose, _ = running_pose(fps=fps, duration_s=4, facing=facing, swaps=spans, noise_px=3)
    assert np.array_equal(found(pose), frames(pose, spans))


def test_legs_exchanged_for_half_a_stride_again_and_again_are_named_back():
    spans = [(0.5, 0.8), (1.4, 1.75), (2.6, 2.9), (3.3, 3.5)]
    pose, _ = running_pose(fps=60, duration_s=5, swaps=spans, noise_px=3)
    wrong = found(pose) != frames(pose, spans)
    assert wrong.sum() <= 8  # a frame or two about each end, where the legs cross


def test_a_swap_at_the_crossing_itself_is_named_back():
    _, truth = running_pose(fps=60, duration_s=4)
    ankles = [truth.clean.joint(side, "ankle")[:, 0] for side in ("left", "right")]
    crossings = np.flatnonzero(np.diff(np.sign(ankles[0] - ankles[1])))
    at = truth.clean.time_s[crossings[3]]
    pose, _ = running_pose(fps=60, duration_s=4, swaps=[(at - 0.02, at + 0.3)], noise_px=2)
    wrong = found(pose) != frames(pose, [(at - 0.02, at + 0.3)])
    assert wrong.sum() <= 2


@pytest.mark.parametrize("stretch", [1.0, 8.0])
def test_slow_motion_is_judged_like_real_time(stretch):
    pose, _ = running_pose(fps=240, duration_s=3, swaps=[(1.0, 1.03), (2.0, 2.05)], noise_px=2)
    named = exchanged_frames(pose.time_s * stretch, pose.xy_px, pose.confidence, SETTINGS)
    assert np.array_equal(named, frames(pose, [(1.0, 1.03), (2.0, 2.05)]))


@pytest.mark.parametrize(
    ("cadence", "speed", "noise"), [(145, 2.2, 0), (170, 3.0, 6), (195, 4.5, 4)]
)
def test_right_names_are_left_alone_in_running(cadence, speed, noise):
    pose, _ = running_pose(
        cadence_spm=cadence, speed_mps=speed, noise_px=noise, fps=30, duration_s=4
    )
    assert not found(pose).any()


OTHERS = {
    "walk": lambda: walking_pose(fps=30, duration_s=6, noise_px=3),
    "single squat": lambda: squat_pose(noise_px=3),
    "double squat": lambda: squat_pose(stance="both", noise_px=3),
    "hop": lambda: hop_pose(noise_px=3),
}


@pytest.mark.parametrize("name", OTHERS)
def test_right_names_are_left_alone_in_other_movements(name):
    pose, _ = OTHERS[name]()
    assert not found(pose).any()


def test_unseen_frames_do_not_stop_the_search():
    spans = [(1.0, 1.1), (2.5, 2.6)]
    pose, _ = running_pose(fps=60, duration_s=4, swaps=spans, dropouts=[(1.5, 1.9, ())], noise_px=2)
    assert np.array_equal(found(pose), frames(pose, spans))


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_frames_are_left_alone(n):
    pose, _ = running_pose(fps=30, duration_s=1)
    assert not exchanged_frames(
        pose.time_s[:n], pose.xy_px[:n], pose.confidence[:n], SETTINGS
    ).any()


def test_exchange_swaps_knee_to_toe_and_not_the_hips():
    pose, _ = running_pose(fps=30, duration_s=1)
    on = np.zeros(pose.time_s.size, bool)
    on[3] = True
    out = exchange(pose.xy_px, on)
    for joint in ("knee", "ankle", "heel", "foot_index"):
        left, right = INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]
        assert np.array_equal(out[3, left], pose.xy_px[3, right])
        assert np.array_equal(out[3, right], pose.xy_px[3, left])
        assert np.array_equal(out[4], pose.xy_px[4])
    assert np.array_equal(out[3, INDEX["left_hip"]], pose.xy_px[3, INDEX["left_hip"]])


def test_leg_length_is_thigh_plus_shank():
    pose, _ = running_pose(fps=60, duration_s=2, px_per_m=500)
    assert leg_length_px(pose.xy_px) == pytest.approx(0.83 * 500, rel=0.04)


def test_standing_for_long_does_not_make_the_steps_before_it_impossible():
    """A clip of a test: somebody walks in, then stands. The walk keeps its own names."""
    walk, _ = walking_pose(fps=30, duration_s=2.5, noise_px=2)
    at = np.arange(1, 300) / 30 + walk.time_s[-1]
    rng = np.random.default_rng(0)
    still = walk.xy_px[-1] + rng.normal(0, 1, (at.size, *walk.xy_px.shape[1:]))
    pose = walk.with_(
        "and stands",
        time_s=np.concatenate([walk.time_s, at]),
        xy_px=np.concatenate([walk.xy_px, still]),
        confidence=np.concatenate([walk.confidence, np.repeat(walk.confidence[-1:], at.size, 0)]),
        world_m=np.concatenate([walk.world_m, np.repeat(walk.world_m[-1:], at.size, 0)]),
    )
    swapped = np.flatnonzero((pose.time_s > 1.0) & (pose.time_s < 1.1))
    some = np.zeros(pose.time_s.size, dtype=bool)
    some[swapped] = True
    mixed = pose.with_("mixed up", xy_px=exchange(pose.xy_px, some))
    assert np.array_equal(found(pose), np.zeros_like(some))
    assert np.array_equal(found(mixed), some)

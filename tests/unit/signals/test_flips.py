import numpy as np

from formcheck.signals.flips import flipped_frames
from tests.synthetic import running_pose, squat_pose


def test_a_body_named_backwards_for_three_frames_is_found():
    pose, _ = running_pose(
        view="rear", fps=30, duration_s=3, swaps=[(1.0, 1.1)], swap_legs_only=False, noise_px=2
    )
    expected = (pose.time_s >= 1.0) & (pose.time_s < 1.1)
    assert np.array_equal(flipped_frames(pose.time_s, pose.xy_px), expected)


def test_a_runner_who_turns_round_is_not_turned_back():
    away, _ = running_pose(view="rear", fps=30, duration_s=3, noise_px=2)
    back = away.xy_px.copy()
    back[45:] = 540 - back[45:]
    assert not flipped_frames(away.time_s, back).any()


def test_right_names_are_left_alone_and_nobody_is_no_error():
    for pose, _ in (running_pose(view="rear", noise_px=3), squat_pose(noise_px=3)):
        assert not flipped_frames(pose.time_s, pose.xy_px).any()
    assert not flipped_frames(np.arange(5.0), np.full((5, 33, 2), np.nan)).any()

import numpy as np
import pytest

from formcheck.data import PoseSequence
from formcheck.keypoints import FACE, INDEX
from formcheck.render.head import head_track
from formcheck.settings.render import RenderSettings
from tests.synthetic import running_pose

S = RenderSettings()


def moved(pose, rows, shift):
    xy = np.array(pose.xy_px)
    xy[rows] = xy[rows] + shift
    return PoseSequence(
        time_s=pose.time_s, xy_px=xy, confidence=pose.confidence, world_m=pose.world_m
    )


@pytest.mark.parametrize("view", ["side", "rear", "front"])
def test_ellipse_covers_every_face_landmark_from_any_side(view):
    pose, _ = running_pose(view=view, duration_s=1.0)
    track = head_track(pose, S)
    face = pose.xy_px[:, FACE]
    center, tall = track[:, 0, :2], track[:, 0, 2]
    ry = 0.5 * tall * S.blur_margin
    d = (face - center[:, None]) / np.stack([0.9 * ry, ry], axis=1)[:, None]
    assert (np.hypot(d[..., 0], d[..., 1]) <= 1).all()
    torso = np.hypot(*(pose.mid("shoulder") - pose.mid("hip")).T)
    assert (tall >= 0.4 * torso).all()


def test_head_above_the_shoulders_where_the_face_was_not_seen():
    pose, _ = running_pose(view="rear", duration_s=0.5)
    xy = np.array(pose.xy_px)
    xy[:, list(FACE)] = np.nan
    hidden = PoseSequence(
        time_s=pose.time_s, xy_px=xy, confidence=pose.confidence, world_m=pose.world_m
    )
    with_face, without = head_track(pose, S), head_track(hidden, S)
    assert np.isfinite(without).all()
    gap = np.hypot(*(with_face[:, 0, :2] - without[:, 0, :2]).T)
    assert (gap < 0.6 * with_face[:, 0, 2]).all()


def test_stray_frame_is_covered_where_its_neighbours_say_the_head_is():
    pose, _ = running_pose(view="rear", duration_s=1.0)
    good = head_track(pose, S)
    track = head_track(moved(pose, [30], 300.0), S)
    off = np.hypot(*(track[30, 1, :2] - good[30, 0, :2]))
    assert off < 0.3 * good[30, 0, 2]


def test_collapsed_landmarks_do_not_place_the_head():
    pose, _ = running_pose(view="rear", duration_s=3.0)
    xy = np.array(pose.xy_px)
    middle = xy[90].mean(axis=0)
    xy[90] = middle + 0.3 * (xy[90] - middle)
    shrunk = PoseSequence(
        time_s=pose.time_s, xy_px=xy, confidence=pose.confidence, world_m=pose.world_m
    )
    track, good = head_track(shrunk, S), head_track(pose, S)
    assert np.hypot(*(track[90, 0, :2] - good[90, 0, :2])) < 0.3 * good[90, 0, 2]
    assert track[90, 0, 2] > 0.9 * good[90, 0, 2]


def test_unseen_frames_hold_the_last_place_and_then_give_up():
    pose, _ = running_pose(view="rear", duration_s=3.0, dropouts=[(1.0, 2.5, ())])
    track = head_track(pose, S)
    t = pose.time_s
    near = (t > 1.0) & (t < 1.4)
    far = (t > 1.6) & (t < 1.9)
    assert np.isfinite(track[near]).all()
    assert np.isnan(track[far]).all()
    before = track[np.flatnonzero(t < 1.0)[-1], 0, 2]
    assert (track[near, 0, 2] >= before * 0.99).all()


def test_nose_index_is_part_of_the_face():
    assert INDEX["nose"] in FACE

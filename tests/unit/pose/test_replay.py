import numpy as np
import pytest

from formcheck.pose.backend import Detection, PoseBackend, PoseSession, box_of, overlap
from formcheck.pose.observations import Observations
from formcheck.pose.replay import (
    ReplayBackend,
    load_observations,
    observations_of,
    save_observations,
)
from tests.synthetic import running_pose


def test_recorded_landmarks_come_back_at_the_scale_of_the_picture():
    pose, _ = running_pose(fps=30, duration_s=1)
    backend = ReplayBackend(seen=observations_of(pose), width_px=1080)
    assert isinstance(backend, PoseBackend)
    with backend.open(30.0) as session:
        assert isinstance(session, PoseSession)
        (seen,) = session.detect(np.zeros((960, 540, 3), np.uint8), 7)
        assert seen.xy_px == pytest.approx(pose.xy_px[7] / 2, abs=0.01)
        assert session.detect(np.zeros((960, 540, 3), np.uint8), 99) == ()


def test_saved_observations_load_unchanged(tmp_path):
    pose, _ = running_pose(fps=30, duration_s=1, dropouts=[(0.2, 0.3, ())])
    seen = observations_of(pose)
    assert seen.frame.size < seen.n_frames
    save_observations(seen, tmp_path / "seen.npz")
    again = load_observations(tmp_path / "seen.npz")
    for name in ("frame", "track", "xy_px", "visibility", "world_m"):
        assert np.array_equal(getattr(again, name), getattr(seen, name))
    assert again.n_frames == seen.n_frames


def test_tables_must_be_sorted_and_shaped():
    with pytest.raises(ValueError, match="sorted"):
        Observations(
            n_frames=2,
            frame=np.array([1, 0]),
            track=np.array([0, 0]),
            xy_px=np.zeros((2, 33, 2), np.float32),
            visibility=np.zeros((2, 33), np.float32),
            world_m=np.zeros((2, 33, 3), np.float32),
        )
    with pytest.raises(ValueError, match=r"\(33, 2\)"):
        Detection(
            track=0,
            xy_px=np.zeros((32, 2)),
            visibility=np.zeros(33),
            world_m=np.zeros((33, 3)),
        )


def test_boxes_and_their_overlap():
    assert box_of(np.array([[1.0, 5.0], [np.nan, np.nan], [3.0, 2.0]])) == (1, 2, 3, 5)
    assert overlap((0, 0, 2, 2), (1, 0, 3, 2)) == pytest.approx(1 / 3)
    assert overlap((0, 0, 1, 1), (2, 2, 3, 3)) == 0

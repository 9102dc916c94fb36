import numpy as np

from formcheck.data import PoseSequence
from formcheck.keypoints import N_KEYPOINTS, index_of
from formcheck.validation.legs import wrong_leg_frames
from tests.unit.validation.test_softness import truth

N = 100


def scene_of(exchanged):
    """Ankles that swing 100 px either way under hips 200 px above them."""
    swing = 100 * np.cos(np.linspace(0, 6 * np.pi, N))
    points, xy = {}, np.full((N, N_KEYPOINTS, 2), np.nan)
    for letter, side, way in (("L", "left", 1), ("R", "right", -1)):
        points[f"ankle_{letter}"] = np.column_stack([300 + way * swing, np.full(N, 500.0)])
        points[f"hip_{letter}"] = np.column_stack([np.full(N, 300.0), np.full(N, 300.0)])
        xy[:, index_of(side, "ankle")] = points[f"ankle_{letter}"] + 3.0
    rows = [index_of(s, "ankle") for s in ("left", "right")]
    xy[np.ix_(exchanged, rows)] = xy[np.ix_(exchanged, rows[::-1])]
    pose = PoseSequence(
        time_s=np.arange(N) / 50,
        xy_px=xy,
        confidence=np.ones((N, N_KEYPOINTS)),
        world_m=np.zeros((N, N_KEYPOINTS, 3)),
    )
    base = truth("treadmill_run", [], np.arange(N) / 50)
    for name, value in points.items():
        base.points_px[name] = value
    return base, pose


def test_legs_named_right_are_not_wrong_even_where_they_pass_each_other():
    wrong, seen = wrong_leg_frames(*scene_of(np.array([], dtype=int)))
    assert wrong == 0
    assert 50 < seen < N  # frames with the ankles together do not tell


def test_exchanged_frames_are_counted():
    base, pose = scene_of(np.array([0, 1, 2]))  # the ankles are widest apart at the start
    assert wrong_leg_frames(base, pose)[0] == 3

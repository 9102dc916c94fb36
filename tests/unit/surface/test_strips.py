import numpy as np
import pytest

from formcheck.keypoints import N_KEYPOINTS, index_of
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.strips import lattice, off_the_arms, torso_of

SETTINGS = SurfaceSettings()


def landmarks(hip=(200.0, 300.0), shoulder=(200.0, 180.0), half=30.0):
    xy = np.full((N_KEYPOINTS, 2), np.nan)
    for joint, (x, y) in (("hip", hip), ("shoulder", shoulder)):
        xy[index_of("left", joint)] = (x - half, y)
        xy[index_of("right", joint)] = (x + half, y)
    return xy


def test_torso_does_not_care_which_side_is_called_left():
    xy = landmarks()
    swapped = xy.copy()
    for joint in ("hip", "shoulder"):
        a, b = index_of("left", joint), index_of("right", joint)
        swapped[[a, b]] = swapped[[b, a]]
    one, other = torso_of(xy), torso_of(swapped)
    assert one is not None
    assert other is not None
    assert one.length_px == pytest.approx(120.0)
    np.testing.assert_allclose(one.hip_px, other.hip_px)


@pytest.mark.parametrize("shoulder", [(200.0, 420.0), (330.0, 290.0)])
def test_no_torso_upside_down_or_bent_over(shoulder):
    assert torso_of(landmarks(shoulder=shoulder)) is None


def test_no_torso_without_landmarks():
    assert torso_of(np.full((N_KEYPOINTS, 2), np.nan)) is None


def test_lattice_lies_where_body_coordinates_say():
    torso = torso_of(landmarks())
    assert torso is not None
    grid = lattice(torso, SETTINGS)
    height = (torso.hip_px[1] - grid.xy_px[:, 1]) / torso.length_px
    assert set(grid.strip) == set(range(SETTINGS.n_strips))
    edges = np.asarray(SETTINGS.strip_edges)
    assert (height >= edges[grid.strip] - 1e-9).all()
    assert (height < edges[grid.strip + 1] + 1e-9).all()
    np.testing.assert_allclose((grid.xy_px[:, 0] - 200.0) / 120.0, grid.across, atol=1e-9)


def test_lattice_leans_with_the_body():
    torso = torso_of(landmarks(shoulder=(260.0, 196.1)))
    assert torso is not None
    grid = lattice(torso, SETTINGS)
    axis = grid.across == 0
    line = grid.xy_px[axis] - torso.hip_px
    slope = line[:, 0] / -line[:, 1]
    np.testing.assert_allclose(slope[np.abs(line[:, 1]) > 1], 60.0 / 103.9, rtol=1e-6)


def test_points_near_a_forearm_are_left_out():
    xy = landmarks()
    xy[index_of("left", "elbow")] = (150.0, 200.0)
    xy[index_of("left", "wrist")] = (190.0, 240.0)
    points = np.array([[170.0, 220.0], [190.0, 250.0], [190.0, 252.0], [240.0, 220.0]])
    clear = off_the_arms(points, xy, radius_px=11.0)
    assert clear.tolist() == [False, False, True, True]

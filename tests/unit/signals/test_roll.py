import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.settings.signals import SceneSettings
from formcheck.signals.geometry import level
from formcheck.signals.roll import camera_roll

SETTINGS = SceneSettings()
WIDTH, HEIGHT = 720, 1280


def room(roll_deg, *, pitch_fan=0.0, level_fan=0.0, n=12, noise_deg=0.2, seed=0):
    """Upright and level edges of a room, seen by a camera with this roll; shape (E, 5)."""
    rng = np.random.default_rng(seed)
    rows = []
    for k in range(n):
        at = rng.uniform(-0.9, 0.9, 2) * (WIDTH / 2, HEIGHT / 2)
        length = rng.uniform(100, 400)
        is_upright = k % 2 == 0
        place = at[0] / (WIDTH / 2) if is_upright else at[1] / (HEIGHT / 2)
        fan = pitch_fan if is_upright else level_fan
        lean = np.radians(fan * place + rng.normal(0, noise_deg))
        along = (
            np.array([np.sin(lean), np.cos(lean)])
            if is_upright
            else np.array([np.cos(lean), -np.sin(lean)])
        )
        ends = np.stack([at - along * length / 2, at + along * length / 2])
        # the picture of a camera rolled by r is the level one turned back by r
        turned = level(ends, -roll_deg) + np.array([WIDTH / 2, HEIGHT / 2])
        rows.append([0, *turned.ravel()])
    return np.array(rows)


def slanted(n, angle_deg):
    a = np.radians(angle_deg)
    end = np.array([np.sin(a), np.cos(a)]) * 300
    return np.array([[0, 50 * k, 100, 50 * k + end[0], 100 + end[1]] for k in range(n)])


@settings(max_examples=25, deadline=None)
@given(
    roll=st.floats(-7, 7),
    pitch_fan=st.floats(-4, 4),
    level_fan=st.floats(-4, 4),
    seed=st.integers(0, 50),
)
def test_roll_is_found_whatever_the_pitch_and_the_walls(roll, pitch_fan, level_fan, seed):
    edges = room(roll, pitch_fan=pitch_fan, level_fan=level_fan, n=24, seed=seed)
    found = camera_roll(edges, WIDTH, HEIGHT, SETTINGS)
    assert found.roll_deg == pytest.approx(roll, abs=1.3)
    assert abs(found.roll_deg - roll) < 3 * found.sd_deg


def test_a_level_picture_with_slanted_treadmill_posts_is_level():
    edges = np.concatenate([room(0.0, n=16), slanted(6, -7.0)])
    found = camera_roll(edges, WIDTH, HEIGHT, SETTINGS)
    assert found.roll_deg == pytest.approx(0, abs=0.5)


def test_turning_the_picture_by_the_roll_makes_edges_upright():
    edges = room(4.0, n=2, noise_deg=0.0)
    found = camera_roll(np.repeat(edges, 8, axis=0), WIDTH, HEIGHT, SETTINGS)
    ends = level(edges[0, 1:].reshape(2, 2), found.roll_deg)
    assert ends[0, 0] == pytest.approx(ends[1, 0], abs=6)


@pytest.mark.parametrize(
    "edges",
    [
        np.empty((0, 5)),
        room(0.0, n=1)[:, :] * [1, 0.1, 0.1, 0.1, 0.1],
        np.concatenate([slanted(1, a) for a in np.linspace(-12, 12, 25)]),
    ],
    ids=["none", "too short", "every which way"],
)
def test_edges_that_do_not_tell_leave_the_roll_unknown(edges):
    found = camera_roll(edges, WIDTH, HEIGHT, SETTINGS)
    assert found.sd_deg == SETTINGS.roll_unknown_sd_deg
    assert found.roll_deg == 0

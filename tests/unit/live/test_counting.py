import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.keypoints import INDEX, N_KEYPOINTS
from formcheck.live.counting import JogCounter, SquatCounter, whole_body_seen
from formcheck.settings.live import LiveSettings
from tests.unit.live.fakes import SIZE, body

SETTINGS = LiveSettings()
RATE_HZ = 30


def squats(n, depth=0.4, lasts_s=2.0, scale=1.0):
    """Return a counter that has seen `n` squats."""
    counter = SquatCounter(SETTINGS)
    for k in range(round((n * lasts_s + 1) * RATE_HZ)):
        t = k / RATE_HZ
        phase = max(0.0, t - 0.5) / lasts_s
        drop = depth * np.sin(np.pi * (phase % 1)) ** 2 if phase < n else 0.0
        counter.add(scale * body(hip_drop=drop), t)
    return counter


@given(st.integers(0, 6), st.floats(0.12, 0.6), st.floats(1.5, 5.0), st.floats(0.4, 3.0))
def test_squats_are_counted_whatever_depth_pace_and_size(n, depth, lasts_s, scale):
    assert squats(n, depth, lasts_s, scale).count == n


def test_shifting_the_weight_is_no_squat():
    assert squats(8, depth=0.05).count == 0


def test_a_twitch_of_the_landmarks_is_no_squat():
    counter = SquatCounter(SETTINGS)
    for k in range(90):
        counter.add(body(hip_drop=0.4 if k % 30 in (10, 11, 12) else 0.0), k / RATE_HZ)
    assert counter.count == 0


def test_the_pace_of_the_last_squat_is_known():
    slow, quick = squats(2, lasts_s=4.0), squats(2, lasts_s=1.0)
    assert slow.last_rep_s > 2
    assert quick.last_rep_s < SETTINGS.squat_fast_s


def test_a_person_who_steps_back_is_counted_on():
    counter = squats(1)
    for k in range(40 * RATE_HZ):
        t = 10 + k / RATE_HZ
        drop = 0.4 * np.sin(np.pi * (t % 2) / 2) ** 2
        counter.add(0.6 * body(hip_drop=drop), t)
    assert counter.count > 10


@pytest.mark.parametrize("rate_hz", [15, 30, 60])
@pytest.mark.parametrize("cadence_spm", [140, 170])
def test_steps_on_the_spot_are_counted(rate_hz, cadence_spm):
    counter = JogCounter(SETTINGS)
    for k in range(10 * rate_hz):
        phase = np.sin(np.pi * k / rate_hz * cadence_spm / 60)
        lift = 0.25 * max(0.0, phase), 0.25 * max(0.0, -phase)
        counter.add(body(lift=lift), k / rate_hz)
    assert counter.count == pytest.approx(cadence_spm / 6, abs=1.5)


def test_standing_still_is_no_step():
    counter = JogCounter(SETTINGS)
    rng = np.random.default_rng(1)
    for k in range(300):
        counter.add(body() + rng.normal(0, 2, (N_KEYPOINTS, 2)), k / RATE_HZ)
    assert counter.count == 0


def test_landmarks_that_are_missing_are_passed_over():
    counter = SquatCounter(SETTINGS)
    counter.add(np.full((N_KEYPOINTS, 2), np.nan), 0.0)
    assert counter.count == 0


def test_whole_body_means_head_to_feet():
    seen = np.ones(N_KEYPOINTS)
    assert whole_body_seen(body(), seen, SIZE, SETTINGS)
    assert not whole_body_seen(body() + np.array([0, 100]), seen, SIZE, SETTINGS)
    hidden = seen.copy()
    hidden[INDEX["left_ankle"]] = 0.1
    assert whole_body_seen(body(lift=(0.3, 0.0)), hidden, SIZE, SETTINGS)  # behind the other leg
    hidden[INDEX["right_ankle"]] = 0.1
    assert not whole_body_seen(body(), hidden, SIZE, SETTINGS)

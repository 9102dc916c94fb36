import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.settings import UncertaintySettings
from formcheck.uncertainty.statistics import half_width, lag_one, moderated, step_mean

SETTINGS = UncertaintySettings()
VALUES = st.lists(st.floats(-100, 100), min_size=2, max_size=40)


@given(VALUES, st.floats(-50, 50))
def test_mean_moves_with_the_values_and_the_error_does_not(values, shift):
    a, b = (step_mean(np.array(v) + s, SETTINGS) for v, s in ((values, 0.0), (values, shift)))
    assert b.value == pytest.approx(a.value + shift, abs=1e-6)
    assert b.se == pytest.approx(a.se, abs=1e-6)


def test_one_far_step_among_twenty_hardly_moves_the_mean():
    rng = np.random.default_rng(1)
    values = rng.normal(10, 1, 20)
    spoiled = values.copy()
    spoiled[3] = 500
    assert step_mean(spoiled, SETTINGS).value == pytest.approx(10, abs=1)


@pytest.mark.parametrize("n", [4, 8, 20])
def test_interval_covers_the_mean_in_about_95_of_100_clips(n):
    rng = np.random.default_rng(n)
    inside = 0
    for _ in range(2000):
        m = step_mean(rng.normal(0, 2, n), SETTINGS)
        inside += abs(m.value) <= m.t95 * m.se
    assert inside / 2000 == pytest.approx(0.95, abs=0.025)


def test_steps_like_their_neighbours_widen_the_interval_until_it_covers():
    rng = np.random.default_rng(0)
    inside, n = 0, 30
    for _ in range(1000):
        noise = rng.normal(0, 1, n + 50)
        walk = np.zeros(n + 50)
        for i in range(1, n + 50):
            walk[i] = 0.4 * walk[i - 1] + noise[i]
        m = step_mean(walk[50:], SETTINGS)
        inside += abs(m.value) <= m.t95 * m.se
    assert inside / 1000 > 0.88


def test_autocorrelation_is_capped_and_never_narrows():
    rising = np.arange(30.0)
    assert lag_one(rising, 0.6) == 0.6
    assert lag_one(np.array([1.0, -1.0] * 10), 0.6) == 0.0
    assert lag_one(np.ones(20), 0.6) == 0.0


def test_single_value_has_no_error_of_its_own():
    m = step_mean(np.array([3.0]), SETTINGS)
    assert (m.value, m.se, m.n) == (3.0, 0.0, 1)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_intervals_of_few_steps_hold_with_the_usual_spread(n):
    rng = np.random.default_rng(n)
    worth, usual, inside, plain = 6.0, 2.0, 0, []
    for _ in range(4000):
        sd = usual * np.sqrt(worth / rng.chisquare(worth))
        mean = step_mean(rng.normal(0, sd, n), SETTINGS)
        better = moderated(mean, usual, worth)
        half = half_width({"steps": better.se}, {"steps": better.dof})
        inside += abs(mean.value) <= half
        plain.append(mean.t95 * mean.se / half)
    assert inside / 4000 == pytest.approx(0.95, abs=0.012)
    if n == 2:
        assert np.median(plain) > 1.3  # Student's t alone is far wider


def test_without_a_prior_nothing_moves():
    mean = step_mean(np.array([1.0, 2.0, 4.0]), SETTINGS)
    assert moderated(mean, 0.0, 0.0) == mean


def test_half_width_is_students_t_alone_and_normal_without_degrees_of_freedom():
    assert half_width({"steps": 2.0}, {"steps": 4.0}) == pytest.approx(2.776 * 2.0, rel=1e-3)
    assert half_width({"roll": 3.0, "view": 4.0}, {"steps": 2.0}) == pytest.approx(1.96 * 5.0, 1e-3)
    assert half_width({}, {"steps": 2.0}) == 0.0


def test_a_small_loose_part_hardly_loosens_the_whole():
    # Welch and Satterthwaite: 1 of variance 101 is known from two steps only
    assert half_width({"method": 10.0, "steps": 1.0}, {"steps": 1.0}) == pytest.approx(
        1.96 * np.sqrt(101), rel=1e-3
    )

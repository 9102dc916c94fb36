"""The ground's force that rendered runners move by."""

import numpy as np
import pytest

from sample_videos.render.motion.force import HALF_SINE, ForceShape
from sample_videos.render.validation_motions import IMPACT, force_of

SHAPES = [HALF_SINE, ForceShape(), *(force_of(seed, s) for s in IMPACT for seed in (1, 2))]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("contact_s", [0.18, 0.25, 0.33])
def test_the_force_pushes_all_along_and_its_sums_agree(shape, contact_s):
    u = np.linspace(0, contact_s, 3001)
    speed, way = np.array([shape.grown(x, contact_s) for x in u]).T
    assert speed[0] == way[0] == 0
    assert speed[-1] == pytest.approx(1.0)
    assert (np.diff(speed) > -1e-12).all()
    summed = np.concatenate([[0], np.cumsum(0.5 * (speed[1:] + speed[:-1]) * np.diff(u))])
    assert way == pytest.approx(summed, abs=1e-6)


def test_half_a_sine_is_even_and_a_runners_force_has_its_centre_early():
    assert HALF_SINE.early_s(0.25) == pytest.approx(0.0, abs=1e-12)
    assert all(0.004 < shape.early_s(0.25) < 0.016 for shape in SHAPES[1:])


def test_a_runner_keeps_the_force_that_was_drawn():
    assert force_of(7, "heel") == force_of(7, "heel")
    assert force_of(7, "heel") != force_of(8, "heel")

from dataclasses import replace

import pytest

from formcheck.pipeline.interpret import with_belt_scale
from tests.synthetic import running_pose, trial_of


def known(**scene):
    pose, truth = running_pose(fps=120, duration_s=4)
    shown = replace(truth.scene, surface="treadmill", m_per_px=None, m_per_px_sd=None, **scene)
    return truth, trial_of(pose, truth, scene=shown)


def test_the_belt_gives_the_scale_where_nothing_else_does():
    truth, trial = known()
    assert with_belt_scale(trial).m_per_px is None
    belt = with_belt_scale(replace(trial, belt_speed_mps=2.8))
    twice = with_belt_scale(replace(trial, belt_speed_mps=5.6))
    assert twice.m_per_px == pytest.approx(2 * belt.m_per_px)
    assert belt.m_per_px == pytest.approx(truth.scene.m_per_px, rel=0.1)


def test_a_scale_from_the_height_counts_by_its_precision():
    _, trial = known()
    trial = replace(trial, belt_speed_mps=2.8)
    belt = with_belt_scale(trial)
    height = 1.2 * belt.m_per_px

    def both(share):
        scene = replace(trial.scene, m_per_px=height, m_per_px_sd=share * height)
        return with_belt_scale(replace(trial, scene=scene))

    sure, unsure = both(0.005), both(0.5)
    assert sure.m_per_px == pytest.approx(height, rel=0.01)
    assert unsure.m_per_px == pytest.approx(belt.m_per_px, rel=0.01)
    assert sure.m_per_px_sd / sure.m_per_px < 0.005

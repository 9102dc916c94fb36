from dataclasses import replace

import pytest

from formcheck.keypoints import View
from formcheck.pipeline.belt import with_belt, with_belt_scale
from formcheck.settings import Settings
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


def doubts(trial, **changes):
    return [f.code for f in with_belt(replace(trial, **changes), Settings())[1]]


@pytest.mark.parametrize(
    ("typed", "doubted"), [(2.8, False), (2.2, False), (10.1, True), (6.3, True)]
)
def test_a_speed_that_makes_a_giant_of_the_runner_is_doubted_and_not_used(typed, doubted):
    _, trial = known()
    used, found = with_belt(replace(trial, belt_speed_mps=typed), Settings())
    assert bool(found) == doubted
    assert (used.belt_speed_mps is None) == doubted
    assert (used.scene.m_per_px is None) == doubted


def test_from_behind_the_length_of_the_steps_tells():
    _, trial = known(view=View.REAR, facing="away")
    assert doubts(trial, belt_speed_mps=2.8) == []
    assert doubts(trial, belt_speed_mps=10.1) == ["BELT_SPEED_DOUBTED"]


def test_a_height_that_was_given_tells_smaller_slips():
    _, trial = known()
    assert doubts(trial, belt_speed_mps=2.8, height_cm=175.0) == []
    assert doubts(trial, belt_speed_mps=2.8 * 1.609, height_cm=175.0) == ["BELT_SPEED_DOUBTED"]

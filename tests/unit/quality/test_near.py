from dataclasses import replace

import numpy as np
import pytest

from formcheck.quality import body_px_in, near_steps
from tests.synthetic import running_pose, trial_of


def leaving(far_share):
    """A runner who is only a fifth as tall in the last part of the clip."""
    pose, truth = running_pose(view="rear", duration_s=6.0)
    trial = trial_of(pose, truth)
    xy = np.array(trial.raw.xy_px)
    late = trial.raw.time_s > (1 - far_share) * 6.0
    xy[late] = 0.2 * xy[late]
    return trial, replace(trial.raw, xy_px=xy)


def test_steps_far_away_are_left_out():
    trial, raw = leaving(0.5)
    kept = near_steps(trial.clip, raw, trial.steps)
    assert 0 < len(kept) < len(trial.steps)
    assert max(s.strike_s for s in kept) < 3.1
    assert body_px_in(raw, kept) == pytest.approx(body_px_in(trial.raw, trial.steps), rel=0.05)


def test_with_hardly_a_near_step_nothing_is_left_out():
    trial, raw = leaving(0.95)
    assert near_steps(trial.clip, raw, trial.steps) == trial.steps


def test_a_runner_who_stays_keeps_every_step():
    trial, _ = leaving(0.5)
    assert near_steps(trial.clip, trial.raw, trial.steps) == trial.steps

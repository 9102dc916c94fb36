import numpy as np
import pytest

from formcheck.render.moments import (
    extreme_moments,
    key_moments,
    separate_moments,
    shown_sides,
    time_within,
    typical_step,
    value_within,
)
from tests.synthetic import running_pose, squat_pose, trial_of
from tests.unit.render.builders import measured


def rear_trial():
    pose, truth = running_pose(view="rear", duration_s=6.0)
    return trial_of(pose, truth, protocol_id="treadmill_run")


def drops(trial, side, values):
    steps = trial.steps_of(side)[: len(values)]
    return measured("pelvic_drop", side, values, [s.strike_s + 0.1 for s in steps])


def test_the_median_step_is_shown_not_the_worst():
    trial = rear_trial()
    m = drops(trial, "right", [5.0, 9.0, 6.0, 14.0, 7.0])
    chosen = typical_step(trial, "right", [m])
    assert chosen == trial.steps_of("right")[4]


def test_the_most_extreme_step_is_offered_too_and_says_so():
    trial = rear_trial()
    sides = [drops(trial, s, [5.0, 9.0, 6.0, 14.0, 7.0]) for s in ("left", "right")]
    found = extreme_moments(trial, sides)
    assert [(m.side, m.name, m.most) for m in found] == [
        ("left", "peak hip drop", "largest of 5"),
        ("right", "peak hip drop", "largest of 5"),
    ]
    assert found[1].time_s == sides[1].times_s[3]
    assert found[1].title == "peak hip drop, largest of 5"


def test_no_extreme_step_from_an_uncertain_value_or_of_two_steps():
    trial = rear_trial()
    unsure = drops(trial, "right", [5.0, 9.0, 14.0]).model_copy(
        update={"status": "uncertain", "reason": "wide"}
    )
    assert extreme_moments(trial, [unsure]) == ()
    assert extreme_moments(trial, [drops(trial, "right", [5.0, 9.0])]) == ()
    assert extreme_moments(trial, []) == ()


def test_the_extreme_repetition_of_a_squat_is_the_one_with_the_knee_furthest_in():
    pose, truth = squat_pose(stance="left", reps=(60.0, 60.0, 60.0))
    trial = trial_of(pose, truth, protocol_id="single_leg_squat")
    reps = [r for r in trial.reps if r.counted]
    m = measured("squat_valgus", "left", [4.0, 6.0, 15.0], [r.deepest_s for r in reps])
    (found,) = extreme_moments(trial, [m])
    assert (found.name, found.most) == ("deepest point", "largest of 3")
    assert found.time_s == reps[2].deepest_s


def test_rear_run_shows_strike_mid_stance_peak_drop_toe_off_of_both_sides_in_order():
    trial = rear_trial()
    found = key_moments(trial, [drops(trial, s, [5.0, 6.0, 7.0]) for s in ("left", "right")])
    for side in ("left", "right"):
        mine = [m for m in found if m.side == side]
        names = [m.name for m in mine]
        assert names[0] == "foot strike"
        assert names[-1] == "toe-off"
        assert any("pelvic_drop" in m.measure_ids for m in mine)
        times = [m.time_s for m in mine]
        assert times == sorted(times)
        assert all(m.start_s - 1e-9 <= t < m.end_s for m, t in zip(mine, times, strict=True))


def test_mid_stance_and_peak_drop_are_one_picture_where_they_coincide_on_both_sides_only():
    trial = rear_trial()
    mids = {m.side: m for m in key_moments(trial, []) if m.name == "mid-stance"}

    def names(frames_apart):
        drop = {
            side: measured("pelvic_drop", side, [6.0], [mid.time_s + by / trial.clip.fps])
            for (side, mid), by in zip(mids.items(), frames_apart, strict=True)
        }
        found = key_moments(trial, drop.values())
        return [[m.name for m in found if m.side == side] for side in mids]

    for own in names((0.2, 0.2)):
        assert own.count("mid-stance") == 1
        assert "peak hip drop" not in own
    left, right = names((0.2, 4.0))
    assert sorted(left) == sorted(right), "a pair holds both sides at each phase"
    assert "peak hip drop" in left
    assert all(
        "peak hip drop" in {m.name for m in separate_moments(trial, [m])}
        for m in [measured("pelvic_drop", "left", [6.0], [mids["left"].time_s])]
    )


@pytest.mark.parametrize(("facing", "near"), [("right", "right"), ("left", "left")])
def test_side_view_shows_the_near_leg_only(facing, near):
    pose, truth = running_pose(view="side", facing=facing, duration_s=4.0)
    trial = trial_of(pose, truth)
    assert shown_sides(trial) == (near,)
    assert {m.side for m in key_moments(trial, [])} == {near}


def test_mid_stance_is_the_lowest_point_of_the_hips():
    pose, truth = running_pose(view="side", facing="right", duration_s=4.0, fps=120.0)
    trial = trial_of(pose, truth)
    moment = next(m for m in key_moments(trial, []) if m.name == "mid-stance")
    t = trial.pose.time_s
    inside = (t >= moment.start_s) & (t <= moment.start_s + 0.3)
    lowest = t[inside][np.argmax(trial.pose.mid("hip")[inside, 1])]
    assert moment.time_s == pytest.approx(lowest, abs=0.02)


def test_squat_shows_start_and_deepest_of_the_median_repetition():
    pose, truth = squat_pose(stance="left", reps=(50.0, 60.0, 70.0))
    trial = trial_of(pose, truth)
    times = [r.deepest_s for r in trial.reps]
    m = measured("squat_valgus", "left", [2.0, 9.0, 5.0], times)
    found = key_moments(trial, [m])
    assert [x.name for x in found] == ["start", "deepest point"]
    assert found[1].time_s == pytest.approx(trial.reps[2].deepest_s)


def test_nothing_to_show_without_steps():
    pose, truth = running_pose(view="rear", duration_s=2.0)
    assert key_moments(trial_of(pose, truth, steps=()), []) == ()


def test_values_are_found_by_their_moment():
    m = measured("pelvic_drop", "left", [5.0, 7.0], [1.0, 2.0])
    assert value_within(m, 1.9, 2.5) == 7.0
    assert time_within(m, 0.5, 1.5) == 1.0
    assert np.isnan(value_within(m, 3.0, 4.0))

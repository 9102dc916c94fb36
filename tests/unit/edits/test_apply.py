"""What each edit does to a trial, on synthetic people whose joints are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.data import Channels, sample_at
from formcheck.edits import (
    ChoosePerson,
    CountStep,
    MoveContact,
    NudgeLandmark,
    Relabel,
    apply_edit,
    draft_of,
    told,
)
from formcheck.edits.restate import relabelled, swapped_channels, swapped_pose
from formcheck.errors import FormcheckError
from formcheck.keypoints import INDEX
from formcheck.settings import AnalyzeOptions
from tests.synthetic import Camera, running_pose, squat_pose, trial_of


@pytest.fixture(scope="module")
def run():
    return trial_of(*running_pose(camera=Camera(view="side"), fps=60.0, duration_s=6.0))


@pytest.fixture(scope="module")
def squats():
    return trial_of(*squat_pose(fps=30.0))


def leave_out(step, counted=False):
    return CountStep(side=step.side, time_s=step.strike_s, counted=counted)


def test_a_step_left_out_is_gone_and_comes_back(run):
    step = run.steps[3]
    draft = draft_of(run, [leave_out(step)])
    assert draft.measured().steps == (*run.steps[:3], *run.steps[4:])
    again = apply_edit(draft, leave_out(step, counted=True))
    assert again.measured().steps == run.steps


@settings(max_examples=20, deadline=None)
@given(picked=st.sets(st.integers(0, 8)))
def test_leaving_out_in_any_order_leaves_the_others(picked, run):
    edits = [leave_out(run.steps[i]) for i in picked]
    forth, back = draft_of(run, edits), draft_of(run, edits[::-1])
    assert forth.left_out == back.left_out == picked
    assert len(forth.measured().steps) == len(run.steps) - len(picked)


def test_a_repetition_left_out_stays_in_sight_but_does_not_count(squats):
    rep = squats.reps[1]
    measured = draft_of(squats, [CountStep(side=rep.side, time_s=rep.deepest_s)]).measured()
    assert [r.counted for r in measured.reps] == [True, False, True]
    assert "by hand" in measured.reps[1].reason


def test_a_moved_strike_moves_the_ends_of_its_neighbours(run):
    i, to = 4, run.steps[4].strike_s + 1 / 60
    edit = MoveContact(
        moment="foot_strike", side=run.steps[i].side, time_s=run.steps[i].strike_s, to_s=to
    )
    steps = draft_of(run, [edit]).measured().steps
    assert steps[i].strike_s == to
    assert steps[i - 1].end_s == to
    assert steps[i - 2].stride_end_s == to
    assert steps[i].strike_sd_s == pytest.approx(0.5 / 60, rel=0.02)
    untouched = [k for k in range(len(steps)) if k not in (i, i - 1, i - 2)]
    assert all(steps[k] == run.steps[k] for k in untouched)


def test_a_moved_toe_off_changes_that_step_only(run):
    step = run.steps[2]
    to = step.toe_off_s - 0.02
    edit = MoveContact(moment="toe_off", side=step.side, time_s=step.toe_off_s, to_s=to)
    steps = draft_of(run, [edit]).measured().steps
    assert steps[2].toe_off_s == to
    assert (*steps[:2], *steps[3:]) == (*run.steps[:2], *run.steps[3:])


def test_moving_past_another_contact_is_refused(run):
    step = run.steps[2]
    late = MoveContact(
        moment="toe_off", side=step.side, time_s=step.toe_off_s, to_s=step.strike_s - 0.01
    )
    for edit in (late, late.model_copy(update={"to_s": step.toe_off_s + 2.0})):
        with pytest.raises(FormcheckError) as caught:
            apply_edit(draft_of(run, []), edit)
        assert caught.value.code == "EDIT_INVALID"


def test_the_deepest_moment_can_be_moved_within_its_repetition(squats):
    rep = squats.reps[0]
    edit = MoveContact(
        moment="deepest", side=rep.side, time_s=rep.deepest_s, to_s=rep.deepest_s + 0.1
    )
    assert draft_of(squats, [edit]).measured().reps[0].deepest_s == rep.deepest_s + 0.1
    with pytest.raises(FormcheckError):
        apply_edit(draft_of(squats, []), edit.model_copy(update={"side": "right", "time_s": 99.0}))


@settings(max_examples=20, deadline=None)
@given(frame=st.integers(20, 300), dx=st.floats(-40, 40), dy=st.floats(-40, 40))
def test_the_curve_passes_through_the_new_place_and_fades_back(frame, dx, dy, run):
    k = INDEX["left_knee"]
    at_s = run.raw.time_s[frame]
    old = sample_at(run.pose.time_s, run.pose.xy_px[:, k], at_s)
    to = np.clip(old + np.array([dx, dy]), 0, (run.clip.width_px, run.clip.height_px))
    edit = NudgeLandmark(frame=frame, landmark="left_knee", to_px=tuple(to))
    made = draft_of(run, [edit]).measured()
    new = sample_at(made.pose.time_s, made.pose.xy_px[:, k], at_s)
    assert new == pytest.approx(to, abs=0.25)
    far = np.abs(made.pose.time_s - at_s) > 0.15
    assert made.pose.xy_px[far, k] == pytest.approx(run.pose.xy_px[far, k], abs=1e-3)
    others = [i for i in range(33) if i != k]
    assert np.array_equal(made.pose.xy_px[:, others], run.pose.xy_px[:, others], equal_nan=True)


def test_a_place_outside_the_picture_or_the_clip_is_refused(run):
    draft = draft_of(run, [])
    for edit in (
        NudgeLandmark(frame=10, landmark="left_knee", to_px=(-5.0, 10.0)),
        NudgeLandmark(frame=10**6, landmark="left_knee", to_px=(5.0, 10.0)),
    ):
        with pytest.raises(FormcheckError):
            apply_edit(draft, edit)


def test_an_edit_that_no_longer_fits_is_listed_not_applied(run):
    gone = CountStep(side="left", time_s=999.0)
    draft = draft_of(run, [gone, leave_out(run.steps[0])])
    assert draft.left_out == {0}
    assert draft.ignored[0][0] == gone
    assert "999" in draft.ignored[0][1]


def test_swapping_sides_twice_changes_nothing():
    pose, _ = running_pose(camera=Camera(view="rear"), fps=30.0, duration_s=2.0)
    again = swapped_pose(swapped_pose(pose, 1080), 1080)
    assert again.xy_px == pytest.approx(pose.xy_px, nan_ok=True)
    values = {"strip00_roll_step_deg": np.ones(3), "luma_mean": np.ones(3)}
    once = swapped_channels(Channels(time_s=np.arange(3.0), values=values))
    assert once.values["strip00_roll_step_deg"].tolist() == [-1.0] * 3
    assert once.values["luma_mean"].tolist() == [1.0] * 3


def test_every_edit_says_what_before_and_after(run):
    draft = draft_of(run, [])
    step = run.steps[3]
    moved = MoveContact(
        moment="foot_strike", side=step.side, time_s=step.strike_s, to_s=step.strike_s + 2 / 60
    )
    assert told(draft, leave_out(step)) == (
        f"Step 4 ({step.side}, {step.strike_s:.2f} s) left out", "counted", "left out",
    )  # fmt: skip
    what, before, after = told(draft, moved)
    assert what.endswith(f"moved from {before} to {after}")
    assert before != after
    nudge = NudgeLandmark(frame=30, landmark="left_foot_index", to_px=(100.0, 200.0))
    assert told(draft, nudge)[0].startswith("Left toe moved in picture 31")
    assert told(draft, nudge)[2] == "(100.0, 200.0) px"
    assert told(draft, ChoosePerson(person=1))[2] == "person 2"
    assert told(draft, Relabel(what="sides"))[0] == "Left and right swapped"
    assert told(draft, Relabel(what="view", to="rear"))[1:] == ("side", "rear")
    leg = Relabel(what="leg", to="right")
    assert told(draft, leg) == ("Working leg named", "as found", "right")
    assert relabelled(AnalyzeOptions(), leg).leg == "right"
    with pytest.raises(FormcheckError):
        relabelled(AnalyzeOptions(), Relabel(what="leg", to="middle"))

"""A stored result measured again with corrections, without the video."""

import dataclasses
import time

import pytest

from formcheck.edits import (
    ChoosePerson,
    CountStep,
    EditLog,
    MoveContact,
    NudgeLandmark,
    Relabel,
    read_edits,
)
from formcheck.errors import FormcheckError
from formcheck.pipeline.measure import measure
from formcheck.pipeline.observe import context_of
from formcheck.pipeline.remeasure import Bench, can_be_edited, edits_of, open_bench, save_edited
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.store import OtherPerson, read_analysis, save_landmarks, write_analysis
from tests.synthetic import Camera, Spoil, running_pose
from tests.unit.pipeline.test_measure import observed

OPTIONS = AnalyzeOptions(height_cm=170, protocol="treadmill_run")


def stored(folder, view="side", others=()):
    pose, _ = running_pose(
        camera=Camera(view=view), spoil=Spoil(noise_px=1.0), fps=60.0, duration_s=8.0
    )
    seen = dataclasses.replace(observed(pose), others=others)
    run = measure(seen, OPTIONS, Settings())
    save_landmarks(
        folder / "landmarks.npz", seen.clip, pose, seen.channels, context_of(seen, OPTIONS)
    )
    write_analysis(run.analysis, folder)
    return run


@pytest.fixture(scope="module")
def side(tmp_path_factory):
    folder = tmp_path_factory.mktemp("side")
    return folder, stored(folder), Bench(folder)


def values(analysis):
    return {(m.id, m.side): m.value for m in analysis.measurements}


def test_without_edits_the_same_numbers_come_out(side):
    folder, run, _ = side
    again = Bench(folder).measure(()).analysis
    assert values(again) == values(run.analysis)
    assert again.clip == run.analysis.clip
    assert again.versions == run.analysis.versions
    assert can_be_edited(folder)


def test_a_step_left_out_leaves_the_mean(side):
    _, run, bench = side
    near = run.analysis.clip.near_side
    old = run.analysis.find("knee_flexion_at_contact", near)
    step = next(s for s in run.trial.steps if s.side == near)
    log, made = bench.add(EditLog(), CountStep(side=near, time_s=step.strike_s))
    new = made.analysis.find("knee_flexion_at_contact", near)
    assert new.n == old.n - 1
    assert new.per_step == pytest.approx(old.per_step[1:])
    effects = {(e.measure_id, e.side): (e.before, e.after) for e in log.active[0].effects}
    assert effects["knee_flexion_at_contact", near] == (old.value, new.value)


def test_a_later_contact_shows_a_more_bent_knee(side):
    """Early stance bends the knee, so the value of that step must rise, and only that one."""
    _, run, bench = side
    near = run.analysis.clip.near_side
    mine = [s for s in run.trial.steps if s.side == near]
    step = mine[4]
    edit = MoveContact(
        moment="foot_strike", side=near, time_s=step.strike_s, to_s=step.strike_s + 2 / 60
    )
    made = bench.measure((edit,))
    old, new = (
        a.find("knee_flexion_at_contact", near).per_step for a in (run.analysis, made.analysis)
    )
    assert new[4] > old[4] + 2
    assert [*new[:4], *new[5:]] == pytest.approx([*old[:4], *old[5:]])
    moved = [e for e in made.analysis.events if abs(e.time_s - edit.to_s) < 1e-4]
    assert len(moved) == 1


def test_a_nudged_ankle_changes_the_knee_angle_of_its_step_only(side):
    _, run, bench = side
    near = run.analysis.clip.near_side
    step = [s for s in run.trial.steps if s.side == near][3]
    frame = int(abs(run.trial.raw.time_s - step.strike_s).argmin())
    x, y = run.trial.raw.joint(near, "ankle")[frame]
    edit = NudgeLandmark(frame=frame, landmark=f"{near}_ankle", to_px=(x + 25.0, y))
    old = run.analysis.find("knee_flexion_at_contact", near).per_step
    new = bench.measure((edit,)).analysis.find("knee_flexion_at_contact", near).per_step
    assert abs(new[3] - old[3]) > 1
    assert [*new[:3], *new[4:]] == pytest.approx([*old[:3], *old[4:]], abs=1e-6)


@pytest.mark.parametrize("view", ["side", "rear"])
def test_swapped_sides_exchange_left_and_right(tmp_path, view):
    run = stored(tmp_path, view)
    made = Bench(tmp_path).measure((Relabel(what="sides"),)).analysis
    swap = {"left": "right", "right": "left", "both": "both"}
    old, new = values(run.analysis), values(made)
    assert {(i, swap[s]) for i, s in old} == set(new)
    for (i, s), value in old.items():
        if value is None:
            assert new[i, swap[s]] is None
        else:
            # strides are counted from the left foot, the other one now: not the same cycles
            assert new[i, swap[s]] == pytest.approx(value, rel=4e-3, abs=1e-3), (i, s)
    assert made.clip.mirrored is not run.analysis.clip.mirrored
    assert {made.clip.facing, run.analysis.clip.facing} in ({"left", "right"}, {"away"})


def test_another_person_can_be_measured(tmp_path):
    other, _ = running_pose(camera=Camera(view="side"), fps=60.0, duration_s=8.0, cadence_spm=150)
    seen = observed(other)
    run = stored(tmp_path, others=(OtherPerson(pose=other, channels=seen.channels),))
    bench = Bench(tmp_path)
    assert bench.n_people == 2
    cadence = bench.measure((ChoosePerson(person=1),)).analysis.find("cadence").value
    assert cadence == pytest.approx(150, abs=2)
    assert run.analysis.find("cadence").value != pytest.approx(150, abs=2)
    back = bench.measure((ChoosePerson(person=1), ChoosePerson(person=0))).analysis
    assert values(back) == pytest.approx(values(run.analysis))
    with pytest.raises(FormcheckError):
        bench.measure((ChoosePerson(person=2),))


def test_what_is_saved_says_what_was_edited(tmp_path):
    run = stored(tmp_path)
    bench, analysis, log = open_bench(tmp_path)
    step = run.trial.steps[2]
    log, made = bench.add(log, CountStep(side=step.side, time_s=step.strike_s))
    save_edited(tmp_path, log, made)
    on_disk = read_analysis(tmp_path)
    assert [e.what for e in on_disk.edits] == [log.active[0].what]
    assert on_disk.edits[0].before == "counted"
    assert values(on_disk) == values(made.analysis)
    assert read_edits(tmp_path, on_disk) == log
    # undone again: the first numbers, byte for byte
    log = log.undone()
    save_edited(tmp_path, log, bench.measure(edits_of(log)))
    assert values(read_analysis(tmp_path)) == values(analysis)
    assert read_analysis(tmp_path).edits == ()


def test_after_a_fresh_analysis_no_edit_counts_but_all_can_be_redone(tmp_path):
    run = stored(tmp_path)
    bench, _, log = open_bench(tmp_path)
    step = run.trial.steps[2]
    log, made = bench.add(log, CountStep(side=step.side, time_s=step.strike_s))
    save_edited(tmp_path, log, made)
    write_analysis(run.analysis, tmp_path)
    _, _, log = open_bench(tmp_path)
    assert not log.can_undo
    assert log.can_redo


def test_an_edit_is_answered_within_a_second(side):
    _, run, bench = side
    bench.measure(())
    step = run.trial.steps[4]
    start = time.perf_counter()
    bench.add(EditLog(), CountStep(side=step.side, time_s=step.strike_s))
    assert time.perf_counter() - start < 1.0


def test_an_edit_that_does_not_fit_changes_nothing(side):
    _, _, bench = side
    with pytest.raises(FormcheckError) as caught:
        bench.add(EditLog(), CountStep(side="left", time_s=500.0))
    assert caught.value.code == "EDIT_INVALID"

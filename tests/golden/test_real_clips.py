"""The real clips against their hand labels; they are not in the repository, so this may skip.

Nothing was fitted on them. Labels are 0-based decoded frames; times are compared on the true clock.
"""

import functools
import json
from pathlib import Path

import numpy as np
import pytest

from formcheck.errors import FormcheckError
from formcheck.pipeline import analyze_clip
from formcheck.settings import AnalyzeOptions
from formcheck.validation.score import match_events

CLIPS = Path(__file__).parents[3] / "shared" / "clips"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CLIPS.exists(), reason="the real clips are not on this machine"),
]
LETTER = {"left": "L", "right": "R"}
# the recogniser asks what this one shows: a slow jog without flight, small in the picture
SAID = {"run_corridor_rear_jc": {"protocol": "hallway_run"}}


@functools.cache
def labels():
    return json.loads((CLIPS / "labels.json").read_text())


@functools.cache
def run_of(name, **options):
    return analyze_clip(CLIPS / f"{name}.mp4", AnalyzeOptions(**options))


def strikes(run, side, kind="foot_strike"):
    return np.array([e.time_s for e in run.analysis.events if e.kind == kind and e.side == side])


def label_times(run, name, side, key="ic"):
    """Return the labelled times; a label between two frames lies between their times."""
    frames = np.array(labels()[name][key].get(LETTER[side], []), dtype=float)
    time_s = run.trial.clip.time_s
    return np.interp(frames, np.arange(time_s.size), time_s)


@pytest.mark.parametrize(
    ("name", "cadence_spm"),
    [("run_treadmill_side_left_zz", 168.5), ("run_corridor_rear_jc", 159.0)],
)
def test_cadence_agrees_with_the_hand_labels(name, cadence_spm):
    found = run_of(name, **SAID.get(name, {})).analysis.find("cadence")
    # the corridor's own label is only good to 3 steps/min; its strikes give the finer value below
    tolerance = 1.0 if labels()[name]["expected"]["cadence_u"] <= 1 else 3.0
    assert found.value == pytest.approx(cadence_spm, abs=tolerance)


@pytest.mark.parametrize(
    "name", ["run_treadmill_side_left_zz", "run_corridor_rear_jc", "jog_inplace_front_lsc"]
)
def test_every_labelled_strike_is_found_none_invented_and_within_a_frame(name):
    run = run_of(name, **SAID.get(name, {}))
    frame_s = 1 / run.trial.clip.fps
    errors = []
    for side in ("left", "right"):
        true_s, found_s = label_times(run, name, side), strikes(run, side)
        pairs = match_events(true_s, found_s, window_s=3 * frame_s)
        assert len(pairs) == true_s.size, f"{side}: {true_s.size - len(pairs)} labels not found"
        # labels cover a part of some clips; between their ends nothing may be invented
        inside = (found_s > true_s.min() - frame_s) & (found_s < true_s.max() + frame_s)
        assert inside.sum() == true_s.size
        errors += [float(found_s[j] - true_s[i]) for i, j in pairs]
    within = np.mean(np.abs(errors) <= frame_s + 1e-9)
    assert within >= 0.9, (
        f"{100 * within:.0f} % within a frame, bias {1000 * np.mean(errors):.0f} ms"
    )


def test_slow_motion_is_asked_about_not_believed():
    with pytest.raises(FormcheckError) as caught:
        run_of("run_treadmill_side_right_slowmo")
    assert caught.value.code == "SLOW_MOTION_UNKNOWN"
    assert "--capture-fps" in caught.value.hint


def test_hops_are_counted_on_the_right_leg():
    run = run_of("hop_singleleg_right_cam1_va")
    assert run.analysis.protocol.id == "hop_in_place"
    true_s = label_times(run, "hop_singleleg_right_cam1_va", "right")
    found_s = strikes(run, "right")
    assert len(match_events(true_s, found_s, window_s=0.13)) == true_s.size == found_s.size == 15
    assert strikes(run, "left").size == 0


def test_one_full_single_leg_squat_on_the_left():
    run = run_of("sls_front_left_tx2")
    assert run.analysis.protocol.id == "single_leg_squat"
    counted = [r for r in run.analysis.reps if r.counted]
    assert len(counted) == 1
    assert counted[0].side == "left"
    deepest = counted[0].deepest_s * run.trial.clip.fps
    assert deepest == pytest.approx(90, abs=5)
    assert all(r.reason for r in run.analysis.reps if not r.counted)


def test_two_legged_squats_are_counted_but_are_no_single_leg_squat():
    name = "neg_squat_twolegs_5fps_tfjs"
    run = run_of(name)
    assert run.analysis.protocol.id == "double_squat"
    assert sum(r.counted for r in run.analysis.reps) == 3
    with pytest.raises(FormcheckError) as caught:
        run_of(name, protocol="single_leg_squat")
    assert caught.value.code == "BOTH_FEET_DOWN"


def test_walking_is_told_from_running():
    with pytest.raises(FormcheckError) as caught:
        run_of("walk_side_room_wp")
    assert caught.value.code == "NOT_RUNNING"


@pytest.mark.parametrize(
    ("name", "view", "facing"),
    [
        ("run_treadmill_side_left_zz", "side", "left"),
        ("run_corridor_rear_jc", "rear", "away"),
        ("jog_inplace_front_lsc", "front", "toward"),
        ("sls_front_left_tx2", "front", "toward"),
    ],
)
def test_view_and_facing_are_seen(name, view, facing):
    scene = run_of(name, **SAID.get(name, {})).trial.scene
    assert (scene.view.value, scene.facing) == (view, facing)

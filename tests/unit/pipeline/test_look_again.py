"""Which pictures are looked at again, and what becomes of the second look."""

import dataclasses
import json

import numpy as np
import pytest

from formcheck.edits import Relabel
from formcheck.pipeline.interpret import interpret
from formcheck.pipeline.look_again import looked_again, moments_s
from formcheck.pipeline.measure import measure
from formcheck.pipeline.observe import context_of, observed_again
from formcheck.pipeline.remeasure import Bench
from formcheck.pixels import PassControl
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.store import save_landmarks
from formcheck.store.landmarks import load_landmarks
from tests.synthetic import Camera, running_pose, squat_pose
from tests.unit.pipeline.test_measure import observed

FRONT = AnalyzeOptions(protocol="single_leg_squat")


def squat(**how):
    pose, truth = squat_pose(**how)
    return observed(pose), truth


def found_in(seen, options=FRONT):
    return interpret(seen, options, Settings())


def second(pose, times_s, shift_px=0.0):
    """Return rows of the landmarks at some moments, the knees moved sideways."""
    rows = np.unique([int(np.argmin(np.abs(pose.time_s - t))) for t in times_s])
    xy = np.array(pose.xy_px[rows])
    xy[:, [25, 26], 0] += shift_px
    return dataclasses.replace(
        pose,
        time_s=pose.time_s[rows],
        xy_px=xy,
        world_m=pose.world_m[rows],
        confidence=pose.confidence[rows],
    )


def test_deepest_points_and_standing_are_looked_at():
    seen, truth = squat(reps=(60.0, 60.0))
    times = np.array(moments_s(found_in(seen).trial))
    for rep in truth.reps:
        assert (np.abs(times - rep.deepest_s) < 0.15).sum() == 3
    resting = [not any(r.start_s + 0.3 < t < r.end_s - 0.3 for r in truth.reps) for t in times]
    assert sum(resting) == 6


@pytest.mark.parametrize("view", ["side", "rear"])
def test_a_run_is_looked_at_once(view):
    pose, _ = running_pose(camera=Camera(view=view), fps=60.0, duration_s=6.0)
    seen = observed(pose)
    found = found_in(seen, AnalyzeOptions(protocol="treadmill_run"))
    assert moments_s(found.trial) == ()
    same = looked_again(seen, found, Settings(), PassControl())
    assert same == (seen, found)


def test_the_second_look_decides_and_outlives_the_file(tmp_path):
    seen, _ = squat(fppa_deg=4.0)
    times = moments_s(found_in(seen).trial)
    seen = dataclasses.replace(seen, second_look=second(seen.landmarks, times, shift_px=-8.0))

    def valgus(analysis):
        return next(
            m.value for m in analysis.measurements if m.id == "squat_valgus" and m.value is not None
        )

    once = valgus(measure(dataclasses.replace(seen, second_look=None), FRONT, Settings()).analysis)
    twice = valgus(measure(seen, FRONT, Settings()).analysis)
    assert abs(twice - once) > 3.0
    path = tmp_path / "landmarks.npz"
    save_landmarks(path, seen.clip, seen.landmarks, seen.channels, context_of(seen, FRONT))
    again = observed_again(load_landmarks(path))
    assert valgus(measure(again, FRONT, Settings()).analysis) == pytest.approx(twice, abs=1e-6)


def test_sides_named_the_other_way_turn_the_second_look_too(tmp_path):
    seen, _ = squat(fppa_deg=9.0, stance="left")
    times = moments_s(found_in(seen).trial)
    seen = dataclasses.replace(seen, second_look=second(seen.landmarks, times))
    path = tmp_path / "landmarks.npz"
    save_landmarks(path, seen.clip, seen.landmarks, seen.channels, context_of(seen, FRONT))
    bench = Bench(tmp_path)
    plain, turned = (
        {
            m.side: m.value
            for m in bench.measure(edits).analysis.measurements
            if m.id == "squat_valgus" and m.value is not None
        }
        for edits in ((), (Relabel(what="sides", to="swapped"),))
    )
    assert list(plain) == ["left"]
    assert list(turned) == ["right"]
    assert turned["right"] == pytest.approx(plain["left"], abs=0.2)


def test_a_file_without_a_second_look_is_read(tmp_path):
    seen, _ = squat()
    path = tmp_path / "landmarks.npz"
    save_landmarks(path, seen.clip, seen.landmarks, seen.channels, context_of(seen, FRONT))
    with np.load(path) as data:
        assert "second_look" not in json.loads(data["header"].tobytes())
    assert observed_again(load_landmarks(path)).second_look is None

"""Flights and landings."""

import numpy as np
import pytest

from formcheck.events import detect_hops
from tests.synthetic import Camera, hop_pose, squat_pose


def times(events, kind):
    return np.array([e.time_s for e in events if e.kind == kind])


@pytest.mark.parametrize("side", ["left", "right", "both"])
@pytest.mark.parametrize("view", ["front", "side"])
@pytest.mark.parametrize("fps", [30, 60])
def test_every_landing_is_counted_on_its_side_and_on_time(side, view, fps):
    pose, truth = hop_pose(side=side, camera=Camera(view=view), fps=fps, noise_px=1.5)
    found = detect_hops(pose, pose, truth.scene)
    assert len(found.reps) == len(truth.reps) == 8
    assert {r.side for r in found.reps} == {side}
    for kind in ("foot_strike", "toe_off"):
        e = times(found.events, kind) - times(truth.events, kind)
        assert abs(e.mean()) < 0.03
        assert e.std() < 0.015
    for r in found.reps:
        assert r.start_s < r.deepest_s < r.end_s


def test_flight_times_follow_the_truth():
    flights = []
    for tf in (0.20, 0.30, 0.40):
        pose, truth = hop_pose(flight_time_s=tf)
        flights.append(float(np.nanmedian(detect_hops(pose, pose, truth.scene).flight_s)))
    assert flights == pytest.approx([0.2, 0.3, 0.4], abs=0.04)
    assert np.diff(flights) == pytest.approx([0.1, 0.1], abs=0.015)


def test_a_single_jump_is_one_landing_that_ends_when_the_body_is_up_again():
    pose, truth = hop_pose(side="both", n=1, flight_time_s=0.4)
    reps = detect_hops(pose, pose, truth.scene).reps
    assert len(reps) == 1
    assert reps[0].start_s == pytest.approx(0.9, abs=0.03)
    assert 0.2 < reps[0].end_s - reps[0].start_s < 1.2


def test_a_squat_is_no_hop():
    pose, truth = squat_pose(noise_px=2)
    assert detect_hops(pose, pose, truth.scene).reps == ()


def test_a_floor_that_seems_to_rise_with_distance_does_no_harm():
    pose, truth = hop_pose(fps=60)
    drift = pose.xy_px.copy()
    drift[..., 1] -= 40 * pose.time_s[:, None]
    moved = pose.with_("drifting", xy_px=drift)
    found = detect_hops(moved, moved, truth.scene)
    assert len(found.reps) == 8

"""Foot strikes and toe-offs of synthetic runners."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.events import classify_activity, detect_running
from tests.synthetic import running_pose, standing_pose

VIEWS = ("side", "rear", "front")


def errors_ms(found, truth, kind, pose):
    """Errors of the true events that lie well inside the clip; NaN where one was missed."""
    out = []
    for side in ("left", "right"):
        mine = np.array([e.time_s for e in found.events if e.kind == kind and e.side == side])
        for t in truth.times(kind, side):
            if not 0.05 < t < pose.time_s[-1] - 0.1:
                continue
            near = mine[np.abs(mine - t) < 0.12]
            out.append(1000 * (near[0] - t) if near.size == 1 else np.nan)
    return np.array(out)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("strike", ["heel", "mid", "fore"])
@pytest.mark.parametrize("fps", [30, 60])
def test_every_contact_is_found_once_and_on_time(view, strike, fps):
    pose, truth = running_pose(view=view, strike=strike, fps=fps, noise_px=1.5)
    found = detect_running(pose, truth.scene)
    for kind in ("foot_strike", "toe_off"):
        e = errors_ms(found, truth, kind, pose)
        assert np.isfinite(e).all()
        assert abs(e.mean()) < 15
        assert e.std() < 6
    assert found.cadence_spm == pytest.approx(170, abs=1)
    assert found.flight


@pytest.mark.parametrize("view", VIEWS)
def test_strikes_alternate_and_steps_chain_up(view):
    pose, truth = running_pose(view=view, noise_px=2, jitter_s=0.006, seed=3)
    found = detect_running(pose, truth.scene)
    strikes = [e for e in found.events if e.kind == "foot_strike"]
    assert all(a.side != b.side for a, b in pairwise(strikes))
    for a, b in pairwise(found.steps):
        assert a.end_s == b.strike_s
        assert a.toe_off_s is None or a.strike_s < a.toe_off_s < a.strike_s + 0.4
    assert found.steps[-1].stride_end_s is None


def test_the_same_clip_at_lower_frame_rate_has_larger_errors_to_its_name():
    sds = []
    for fps in (240, 60, 30):
        pose, truth = running_pose(fps=fps, noise_px=2)
        found = detect_running(pose, truth.scene)
        sds.append(np.mean([e.sd_s for e in found.events]))
    assert sds[0] < sds[1] < sds[2]


@pytest.mark.parametrize("view", VIEWS)
def test_four_fifths_of_the_errors_lie_within_two_sd(view):
    inside = []
    for seed, tc in enumerate((0.22, 0.25, 0.28)):
        pose, truth = running_pose(
            view=view, contact_time_s=(tc, tc), noise_px=3, jitter_s=0.004, seed=seed
        )
        found = detect_running(pose, truth.scene)
        for kind in ("foot_strike", "toe_off"):
            e = errors_ms(found, truth, kind, pose)
            sd = 1000 * np.median([x.sd_s for x in found.events if x.kind == kind])
            inside += list(np.abs(e) < 2 * sd)
    assert np.mean(inside) > 0.8


@settings(max_examples=4, deadline=None)
@given(
    zoom=st.floats(0.3, 3),
    shift=st.floats(-500, 500),
    view=st.sampled_from(VIEWS),
)
def test_zoom_and_framing_change_nothing(zoom, shift, view):
    pose, truth = running_pose(view=view, duration_s=4, fps=30)
    moved = pose.with_("moved", xy_px=pose.xy_px * zoom + shift)
    a, b = (detect_running(p, truth.scene).events for p in (pose, moved))
    assert [e.side for e in a] == [e.side for e in b]
    assert [e.time_s for e in a] == pytest.approx([e.time_s for e in b], abs=1e-4)


def test_contact_time_asymmetry_is_seen_in_part_and_in_the_right_direction():
    pose, truth = running_pose(view="side", contact_time_s=(0.23, 0.27))
    contact = detect_running(pose, truth.scene).contact_time_s
    assert contact["right"] > contact["left"]


def test_a_foot_that_was_not_seen_is_left_out_not_invented():
    feet = [f"left_{j}" for j in ("ankle", "heel", "foot_index")]
    pose, truth = running_pose(view="rear", dropouts=[(2.0, 3.0, feet)])
    found = detect_running(pose, truth.scene)
    left = [e.time_s for e in found.events if e.side == "left"]
    assert not [t for t in left if 2.1 < t < 2.9]
    assert [e for e in found.events if e.side == "right" and 2.1 < e.time_s < 2.9]
    assert found.n_missing >= 1
    assert "not seen" in " ".join(found.notes)
    broken = [s for s in found.steps if s.side == "right" and 2.0 < s.strike_s < 2.8]
    assert any(s.end_s is None for s in broken)
    assert found.cadence_spm == pytest.approx(170, abs=1)


def test_a_run_without_flight_is_a_run_with_a_note():
    pose, truth = running_pose(
        view="rear",
        cadence_spm=155,
        contact_time_s=(0.45, 0.45),
        speed_mps=1.5,
        hip_rise_m=-0.012,
        knee_at_contact_deg=18,
        knee_peak_deg=35,
    )
    assert classify_activity(pose, truth.scene).kind == "running"
    found = detect_running(pose, truth.scene)
    assert not found.flight
    assert "no flight" in " ".join(found.notes)


def test_a_stop_in_the_middle_breaks_the_chain():
    pose, truth = running_pose(view="side", duration_s=4)
    n = pose.time_s.size
    pick = np.concatenate([np.arange(n), np.full(150, n - 1), np.arange(n)])
    stopped = pose.with_(
        "stopped",
        time_s=np.arange(pick.size) / 60,
        xy_px=pose.xy_px[pick],
        confidence=pose.confidence[pick],
        world_m=pose.world_m[pick],
    )
    found = detect_running(stopped, truth.scene)
    rest = [e for e in found.events if 4.4 < e.time_s < 6.1]
    assert not rest
    assert found.cadence_spm == pytest.approx(170, abs=3)


def test_lost_frames_are_no_lost_time():
    full, truth = running_pose(view="side", noise_px=1)
    keep = np.random.default_rng(1).random(full.time_s.size) > 0.3
    gappy = full.with_(
        "vfr", **{k: getattr(full, k)[keep] for k in ("time_s", "xy_px", "confidence", "world_m")}
    )
    found = detect_running(gappy, truth.scene)
    e = errors_ms(found, truth, "foot_strike", full)
    assert np.isfinite(e).all()
    assert abs(e.mean()) < 12


def test_nothing_to_find_gives_an_empty_answer_with_a_note():
    pose, truth = standing_pose()
    blank = pose.with_("blank", xy_px=np.full_like(pose.xy_px, np.nan))
    found = detect_running(blank, truth.scene)
    assert found.events == ()
    assert np.isnan(found.cadence_spm)
    assert found.notes

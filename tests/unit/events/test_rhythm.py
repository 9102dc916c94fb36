"""The step rhythm and the sides."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.events.rhythm import body_scale, find_rhythm
from formcheck.settings.events import RhythmSettings
from tests.synthetic import running_pose, standing_pose

RHYTHM = RhythmSettings()


@settings(max_examples=6, deadline=None)
@given(
    cadence=st.floats(140, 205),
    view=st.sampled_from(["side", "rear", "front"]),
    first=st.floats(0.05, 0.5),
)
def test_cadence_and_sides_are_found_from_every_view(cadence, view, first):
    tc = 0.68 * 60 / cadence
    pose, truth = running_pose(
        view=view,
        cadence_spm=cadence,
        contact_time_s=(tc, tc),
        first_contact_s=first,
        noise_px=2,
        fps=30,
        duration_s=5,
    )
    rhythm = find_rhythm(pose, truth.scene, RHYTHM)
    assert rhythm.cadence_spm == pytest.approx(cadence, rel=0.02)
    assert len(rhythm.chains) == 1
    chain = rhythm.chains[0]
    for ref, side in zip(chain.refs_s, chain.sides, strict=True):
        strikes = truth.times("foot_strike", side)
        assert np.abs(strikes + 0.04 - ref).min() < 0.06 or ref > pose.time_s[-1] - 0.1 or ref < 0.1


def test_the_same_run_at_half_speed_has_half_the_cadence():
    pose, truth = running_pose(duration_s=5)
    half = pose.with_("slowed", time_s=pose.time_s * 2)
    full = find_rhythm(pose, truth.scene, RHYTHM).cadence_spm
    assert find_rhythm(half, truth.scene, RHYTHM).cadence_spm == pytest.approx(full / 2, rel=0.02)


def test_a_mirrored_picture_swaps_the_sides():
    pose, truth = running_pose(view="rear")
    from formcheck.keypoints import SWAP

    swapped = pose.with_("swapped", xy_px=pose.xy_px[:, list(SWAP)])
    a = find_rhythm(pose, truth.scene, RHYTHM).chains[0]
    b = find_rhythm(swapped, truth.scene, RHYTHM).chains[0]
    assert a.refs_s == pytest.approx(b.refs_s, abs=1e-6)
    assert all(x != y for x, y in zip(a.sides, b.sides, strict=True))


def test_a_runner_who_shrinks_fourfold_is_followed():
    pose, truth = running_pose(
        view="rear",
        overground=True,
        distance_m=4.0,
        start_x_m=-1.0,
        speed_mps=2.4,
        duration_s=5,
        noise_px=1,
        fps=30,
    )
    scale = body_scale(pose)
    assert scale[0] / scale[-1] > 3
    rhythm = find_rhythm(pose, truth.scene, RHYTHM)
    assert rhythm.cadence_spm == pytest.approx(170, abs=4)
    refs = rhythm.chains[0].refs_s
    assert np.std(np.diff(refs)[1:-1]) < 0.03


def test_swapped_legs_for_a_few_frames_do_not_break_the_alternation():
    pose, truth = running_pose(swaps=[(1.0, 1.06), (2.3, 2.36), (3.1, 3.15)], noise_px=2)
    chains = find_rhythm(pose, truth.scene, RHYTHM).chains
    assert len(chains) == 1
    sides = chains[0].sides
    assert all(a != b for a, b in pairwise(sides))


def test_standing_and_empty_clips_have_no_rhythm():
    pose, truth = standing_pose(noise_px=1)
    assert find_rhythm(pose, truth.scene, RHYTHM).leg_swing < 0.02
    short = pose.with_(
        "cut", **{k: getattr(pose, k)[:4] for k in ("time_s", "xy_px", "confidence", "world_m")}
    )
    assert find_rhythm(short, truth.scene, RHYTHM).step_hz == 0
    unseen = pose.with_("unseen", xy_px=np.full_like(pose.xy_px, np.nan))
    assert find_rhythm(unseen, truth.scene, RHYTHM).leg_swing < 0.02

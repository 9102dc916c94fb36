"""Measured people on rendered bodies: angles stay, feet stand, contacts are the soles'."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from sample_videos.render import bodies, cli
from sample_videos.render.measured import catalogue
from sample_videos.render.measured.catalogue import FOLDER_VARIABLE, SOURCES, load_take
from sample_videos.render.measured.forces import force_gap
from sample_videos.render.measured.take import Span
from sample_videos.render.motion import footing
from sample_videos.render.motion.measured import CONTACT_M, Measured, MeasuredSpec
from sample_videos.render.skeleton import SIDES, Skeleton
from sample_videos.render.summary import summarise
from sample_videos.render.truth import bend_deg, sample
from sample_videos.render.validation import split_named
from sample_videos.render.validation_measured import measured_split

BODY = "score_m1"


@pytest.fixture(scope="module")
def skeleton():
    try:
        catalogue.folder()
    except catalogue.MotionMissingError as missing:
        pytest.skip(str(missing))
    if not bodies.body_path(BODY).exists():
        pytest.importorskip("anny", reason="the body is not in the cache and cannot be built")
    return Skeleton(BODY)


@pytest.fixture(scope="module")
def runner(skeleton):
    spec = MeasuredSpec(take="run_clinic_c", start_s=3.0, length_s=2.5)
    return Measured(skeleton, spec)


def test_the_splits_share_nobody(monkeypatch):
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)  # recipes need no files
    fit, score = measured_split("fit"), measured_split("score")
    assert min(len(fit), len(score)) >= 40
    for what in (
        lambda c: SOURCES[c.motion.take].person,
        lambda c: SOURCES[SOURCES[c.motion.take].upper or c.motion.take].person,
        lambda c: c.body,
        lambda c: c.motion.seed,
        lambda c: c.look.room,
        lambda c: c.name,
    ):
        assert not {what(c) for c in fit} & {what(c) for c in score}


def test_the_series_shows_each_view_and_movement():
    for split in ("fit", "score"):
        clips = measured_split(split)
        runs = [c for c in clips if c.protocol == "treadmill_run"]
        assert set(Counter(c.camera.view for c in runs)) == {"left", "right", "rear", "front"}
        assert {c.fps for c in runs} == {30.0, 60.0, 120.0}
        assert {c.protocol for c in clips} >= {"hallway_run", "walk", "double_squat", "hop_landing"}
        assert {c.motion.mirror for c in runs} == {False, True}
        assert not {c.name for c in clips} & {c.name for c in split_named(split)}


def test_a_clip_is_skipped_with_a_word_where_the_folder_is_missing(monkeypatch, tmp_path, caplog):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "nothing"))
    with caplog.at_level("INFO"):
        assert cli.run_jobs([(measured_split("fit")[0], tmp_path / "out")], 1) == 0
    assert f"skipped, no folder with measured motion: set {FOLDER_VARIABLE}" in caplog.text
    assert not (tmp_path / "out").exists()


def test_a_box_that_tips_over_its_edge_rolls_on_the_floor_without_slipping():
    corners = np.array([[-0.05, 0.0, -0.1], [0.15, 0.0, -0.1]])
    angle = np.concatenate([np.full(20, 0.3), np.linspace(0.3, -0.6, 200)])
    c, s, zero, one = np.cos(angle), np.sin(angle), np.zeros(220), np.ones(220)
    turn = np.stack([c, zero, -s, zero, one, zero, s, zero, c], 1).reshape(-1, 3, 3)
    rel = np.einsum("nij,kj->nki", turn, corners)
    place = footing.rolled(rel)[:, None] + rel
    assert place[..., 2].min(1) == pytest.approx(np.zeros(220), abs=1e-12)
    lowest = place[..., 2].argmin(1)
    for k in (0, 1):
        alone = (lowest == k) & (np.abs(place[:, 0, 2] - place[:, 1, 2]) > 0.02)
        assert np.ptp(place[alone, k, 0]) < 1e-4


def test_between_stances_a_foot_is_moved_smoothly_and_stays_off_the_floor():
    step_s = 1 / 400
    stances = [
        (0, 40, np.tile([0.01, 0, 0.004], (40, 1))),
        (160, 200, np.tile([-0.02, 0, 0], (40, 1))),
    ]
    move = footing.faded(220, step_s, stances)
    assert np.abs(np.diff(move[:, 0])).max() < 0.0006
    assert move[210] == pytest.approx([-0.02, 0, 0])
    spans = [Span("L", 0.0, 0.1), Span("L", 0.4, 0.5)]
    least = footing.least_height(np.arange(220) * step_s, spans)
    assert least[100] == footing.CLEAR_M
    assert np.isneginf(least[20])


def test_a_knee_keeps_the_measured_angle_before_the_feet_are_put_down(runner):
    for side in SIDES:
        raw = runner._ankle_as_measured(side)
        leg, thigh = runner.skeleton.legs[side], runner.take.turns["thigh" + side]
        shank = runner.take.turns["shank" + side]
        measured = np.degrees(np.arccos(np.clip((thigh[..., 2] * shank[..., 2]).sum(1), -1, 1)))
        hips = runner._hips(side)
        for i in range(100, len(raw) - 100, 50):
            knee = hips[i] - leg.thigh_m * thigh[i][:, 2]
            assert bend_deg(hips[i], knee, raw[i]) == pytest.approx(measured[i], abs=1e-6)


@pytest.mark.parametrize("take", ["run_3mps", "squat_lab"])
def test_the_posed_knee_stays_near_the_measured_one(skeleton, take):
    motion = Measured(skeleton, MeasuredSpec(take=take, start_s=1.0, length_s=2.5))
    source = load_take(take)
    errors = []
    for t in np.arange(0.2, 2.4, 0.02):
        x = sample(skeleton, motion, t)
        i = round((1.0 + t / motion.tempo) / source.step_s)
        for side in SIDES:
            a, b = (source.turns[k + side][i][:, 2] for k in ("thigh", "shank"))
            measured = np.degrees(np.arccos(np.clip(a @ b, -1, 1)))
            errors.append(x.deg["knee_flexion_" + side] - measured)
    assert abs(np.median(errors)) < 4
    assert np.percentile(np.abs(errors), 90) < 9


def test_a_standing_sole_neither_slips_nor_leaves_the_belt(runner):
    whole = [c for c in runner.contacts(0.1, 2.4) if c.ic_s > 0.1 and c.to_s < 2.4]
    assert len(whole) >= 5
    for c in whole:
        k = np.flatnonzero((runner.t_s > c.ic_s + 0.01) & (runner.t_s < c.to_s - 0.01))
        place = runner.ankle[c.side][k][:, None] + runner.rel[c.side][k]
        assert place[..., 2].min(1).max() < CONTACT_M
        assert place[..., 2].min() > -0.012
        low = place[..., 2].argmin(1)
        v = np.diff(place, axis=0)[np.arange(len(k) - 1), low[:-1], :2] / runner.step_s
        assert np.percentile(np.linalg.norm(v, axis=1), 95) < 0.12


def test_contacts_alternate_and_vary_as_the_persons_did(runner):
    rows = [c for c in runner.contacts(0.0, 2.4) if c.to_s < 2.4]
    assert all(a.side != b.side for a, b in pairwise(rows))
    steps = np.diff([c.ic_s for c in rows if c.ic_s > 0])
    assert 0.001 < steps.std() < 0.03


def test_the_truth_has_steps_and_a_flight_that_falls(skeleton, runner):
    truth = summarise(skeleton, runner, 0.0, 2.4)
    assert truth["summary"]["cadence_spm"] == pytest.approx(164.9 / runner.tempo, abs=3)
    assert 8 < truth["summary"]["knee_ic"]["L"]["mean"] < 30
    jump = Measured(skeleton, MeasuredSpec(take="jump_cmu13_b", start_s=0.1, length_s=2.7))
    left, landed = [c for c in jump.contacts(0, 2.7) if c.side == "L"][:2]
    t = np.arange(left.to_s + 0.03, landed.ic_s - 0.03, 0.01)
    z = [sample(skeleton, jump, x).m["midhip"][2] for x in t]
    assert 2 * np.polyfit(t, z, 2)[0] == pytest.approx(-9.81, abs=0.8)


def test_soles_touch_close_to_where_force_begins(skeleton):
    gap = force_gap("run_s02", BODY)
    assert len(gap.strike_ms) >= 20
    assert abs(gap.strike_ms.mean()) < 12
    assert abs(gap.toe_off_ms.mean()) < 15
    assert max(gap.strike_ms.std(), gap.toe_off_ms.std()) < 8

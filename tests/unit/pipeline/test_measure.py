"""From landmarks to the analysis, on synthetic people: no video, no model."""

import dataclasses

import numpy as np
import pytest

from formcheck.data import Channels
from formcheck.errors import FormcheckError
from formcheck.events import with_legs_exchanged
from formcheck.pipeline.measure import measure, settings_digest
from formcheck.pipeline.observe import Observed
from formcheck.pose.persons import Runner
from formcheck.settings import AnalyzeOptions, Settings
from tests.synthetic import (
    Camera,
    Spoil,
    clip_of,
    hop_pose,
    running_pose,
    squat_pose,
    standing_pose,
    walking_pose,
)

NOISE = Spoil(noise_px=1.0)


def observed(pose, **clip_facts):
    n = pose.time_s.size
    person = Runner(
        raw=pose, rows=np.arange(n), detection_rate=1.0, other_person_share=0.0, rejected_frames=0
    )
    clip = clip_of(pose, **clip_facts)
    if clip.slow_motion_factor != 1.0:
        pose = dataclasses.replace(pose, time_s=clip.time_s)
    return Observed(
        clip=clip,
        landmarks=pose,
        channels=Channels(time_s=pose.time_s),
        edges_px=np.empty((0, 5)),
        person=person,
        model="full",
        model_sha256="0" * 64,
    )


def analysis_of(pose, **options):
    return measure(observed(pose), AnalyzeOptions(**options), Settings()).analysis


@pytest.fixture(scope="module")
def side_run():
    return running_pose(camera=Camera(view="side"), spoil=NOISE, fps=60.0, duration_s=8.0)


def test_a_run_from_the_side_is_recognised_and_its_cadence_measured(side_run):
    pose, truth = side_run
    analysis = analysis_of(pose)
    assert analysis.protocol.id == "treadmill_run"
    assert (analysis.clip.view, analysis.clip.surface) == ("side", "treadmill")
    assert analysis.find("cadence").value == pytest.approx(truth.cadence_spm, abs=1.0)


def test_a_measure_is_never_given_from_a_view_that_cannot_carry_it(side_run):
    analysis = analysis_of(side_run[0])
    drop = analysis.find("pelvic_drop")
    assert drop.status == "unavailable"
    assert drop.value is None
    assert "film" in drop.reason.lower()


def test_every_value_carries_its_interval_and_nothing_uncertain_a_verdict(side_run):
    analysis = analysis_of(side_run[0])
    uncertain = {m.id for m in analysis.measurements if m.status == "uncertain"}
    for m in analysis.measurements:
        if m.value is not None:
            assert m.ci95[0] <= m.value <= m.ci95[1], m.id
    sure = {m.id for m in analysis.measurements if m.status == "ok"}
    for finding in analysis.findings:
        if finding.severity == "outside":
            assert not set(finding.measure_ids) & (uncertain - sure)


def test_the_belt_speed_gives_a_scale(side_run):
    pose, _ = side_run
    with_belt = analysis_of(pose, belt_speed_mps=2.8)
    assert with_belt.clip.m_per_px == pytest.approx(1 / 500, rel=0.06)
    assert with_belt.find("speed").value == pytest.approx(2.8)


def test_walking_is_refused_with_the_remedy():
    pose, _ = walking_pose(camera=Camera(view="side"), spoil=NOISE, fps=60.0, duration_s=8.0)
    with pytest.raises(FormcheckError) as caught:
        analysis_of(pose)
    assert caught.value.code == "NOT_RUNNING"
    assert caught.value.hint


def test_slow_motion_is_asked_about():
    pose, _ = running_pose(camera=Camera(view="side"), spoil=NOISE, fps=240.0, duration_s=4.0)
    stretched = dataclasses.replace(pose, time_s=pose.time_s * 8)
    with pytest.raises(FormcheckError) as caught:
        measure(observed(stretched), AnalyzeOptions(protocol="treadmill_run"), Settings())
    assert caught.value.code == "SLOW_MOTION_UNKNOWN"
    assert "240" in caught.value.hint


@pytest.mark.parametrize("stance", ["left", "right"])
def test_a_single_leg_squat_is_recognised_with_its_leg_and_count(stance):
    pose, truth = squat_pose(stance=stance, camera=Camera(view="front"), spoil=NOISE)
    analysis = analysis_of(pose)
    assert analysis.protocol.id == "single_leg_squat"
    assert [r.side for r in analysis.reps if r.counted] == [stance] * len(truth.reps)
    assert analysis.find("squat_valgus", stance).value is not None


def test_squats_on_two_legs_are_no_single_leg_squat():
    pose, _ = squat_pose(stance="both", camera=Camera(view="front"), spoil=NOISE)
    with pytest.raises(FormcheckError) as caught:
        analysis_of(pose, protocol="single_leg_squat")
    assert caught.value.code == "BOTH_FEET_DOWN"


def test_squats_named_as_on_two_legs_ask_for_no_leg_from_the_side():
    pose, truth = squat_pose(stance="both", camera=Camera(view="side"), spoil=NOISE)
    analysis = analysis_of(pose, protocol="double_squat")
    assert [r.side for r in analysis.reps if r.counted] == ["both"] * len(truth.reps)
    assert "leg" not in analysis.clip.ambiguous


def test_hops_are_counted_and_likelier_than_any_other_test():
    pose, _ = hop_pose(side="right", n=8, camera=Camera(view="front"), spoil=NOISE)
    analysis = analysis_of(pose, protocol="hop_in_place")
    assert analysis.recognition.protocol == "hop_in_place"
    assert {r.side for r in analysis.reps} == {"right"}


def test_standing_still_is_nothing_to_measure():
    pose, _ = standing_pose(spoil=NOISE)
    with pytest.raises(FormcheckError) as caught:
        analysis_of(pose)
    assert caught.value.code in ("PROTOCOL_UNSURE", "NOT_A_TEST")


def test_what_changes_only_the_output_does_not_change_the_digest():
    one = settings_digest(Settings(), AnalyzeOptions(frames=False, workers=2))
    assert one == settings_digest(Settings(), AnalyzeOptions())
    assert one != settings_digest(Settings(), AnalyzeOptions(height_cm=170))


def test_legs_that_the_model_mixed_up_are_asked_about_and_an_answer_settles_it():
    pose, _ = squat_pose(stance="right", camera=Camera(view="side"), spoil=NOISE, fps=30.0)
    half = pose.time_s < 0.5 * pose.time_s[-1]
    mixed = with_legs_exchanged(pose, half)
    asked = analysis_of(mixed, protocol="single_leg_squat", view="side")
    assert "leg" in asked.clip.ambiguous
    assert "LEG_UNSURE" in {f.code for f in asked.findings}
    sided = [m for m in asked.measurements if m.side != "both" and m.value is not None]
    assert sided
    assert all(m.status == "uncertain" for m in sided)
    said = analysis_of(mixed, protocol="single_leg_squat", view="side", leg="right")
    assert "leg" not in said.clip.ambiguous
    assert {r.side for r in said.reps if r.counted} == {"right"}
    clear = analysis_of(pose, protocol="single_leg_squat", view="side")
    assert "leg" not in clear.clip.ambiguous
    depth = [a.find("squat_depth", "right") for a in (said, clear)]
    assert depth[0].value == pytest.approx(depth[1].value, abs=0.5)

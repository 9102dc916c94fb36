"""The clip check promises what a result then gives, and strikes out nothing else."""

import pytest

from formcheck.keypoints import View
from formcheck.pipeline.check import _measurable
from formcheck.quality import finding
from formcheck.registry import MEASURES, PROTOCOLS
from formcheck.settings import AnalyzeOptions, UncertaintySettings
from formcheck.uncertainty import Blocks, evaluate_trial
from tests.synthetic import running_pose, squat_pose, trial_of

RUN = AnalyzeOptions(protocol="treadmill_run")


def said(trial, options=RUN, findings=()):
    rows = _measurable(options, (trial.clip, trial.scene), findings, UncertaintySettings())
    return {measure_id: (can, reason) for measure_id, _, can, reason in rows}


def run_from(view, fps=60):
    return trial_of(*running_pose(fps=fps, duration_s=6, view=view))


def test_thirty_pictures_a_second_are_uncertain_not_impossible():
    can, reason = said(run_from("side", fps=30))["knee_flexion_at_contact"]
    assert can
    assert "30 pictures a second are few" in reason
    assert said(run_from("side"))["knee_flexion_at_contact"] == (True, "")


def test_twenty_pictures_a_second_are_too_few():
    can, reason = said(run_from("side", fps=20))["landing_softness"]
    assert not can
    assert "too few" in reason


def test_nothing_is_promised_from_the_front_that_is_refused_there():
    told = said(run_from("front"))
    for measure_id in ("pelvic_drop", "trunk_rotation"):
        can, reason = told[measure_id]
        assert not can
        assert "view from the front cannot show this" in reason


@pytest.mark.parametrize("view", ["side", "rear", "front"])
@pytest.mark.parametrize("fps", [20, 30, 60])
def test_check_and_result_go_by_one_rule(view, fps):
    trial = run_from(view, fps)
    cut = finding("FEET_CUT_OFF", "stop", MEASURES.needing("feet"), share=40.0)
    hidden = finding("HIPS_HIDDEN", "watch", MEASURES.needing("pelvis"), share=40.0)
    for findings in ((), (cut,), (hidden,)):
        told = said(trial, findings=findings)
        for m in evaluate_trial(trial, tuple(told), blocks=Blocks.of(findings)):
            can, reason = told[m.id]
            if not can:
                assert (m.status, m.reason) == ("unavailable", reason)
            elif reason:
                assert m.status != "ok"


def test_a_squat_is_asked_only_for_what_a_squat_shows():
    trial = trial_of(*squat_pose(fps=30))
    told = said(trial, AnalyzeOptions(protocol="single_leg_squat"))
    assert told == {"squat_valgus": (True, "")}
    assert trial.scene.view == View.FRONT


def test_every_measure_that_no_view_shows_says_so_in_every_result():
    nowhere = [m for m in MEASURES.values() if not m.views]
    assert {m.id for m in nowhere} == {"pelvis_rotation", "trunk_pelvis_separation"}
    for view in ("side", "rear", "front"):
        for m in evaluate_trial(run_from(view), [m.id for m in nowhere]):
            assert (m.status, m.value) == ("unavailable", None)
            assert m.reason == MEASURES[m.id].not_given
    assert {m.id for m in nowhere} <= set(PROTOCOLS["treadmill_run"].measures)

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from formcheck.video import judge_cadence


def test_the_treadmill_clip_of_17_6_steps_a_minute_was_filmed_at_240():
    doubt = judge_cadence(17.6, 29.97)
    assert doubt.capture_fps == 240
    assert doubt.cadence_spm == pytest.approx(140.9, abs=0.1)
    assert "240" in doubt.message
    assert "18 steps a minute" in doubt.message


@given(st.floats(100, 260), st.floats(10, 240))
def test_cadences_that_people_run_at_raise_no_doubt(cadence_spm, file_fps):
    assert judge_cadence(cadence_spm, file_fps) is None


@given(st.floats(140, 200), st.sampled_from([60, 120, 240, 480, 960]), st.sampled_from([25, 30]))
def test_whatever_it_was_slowed_by_the_offer_makes_a_run(true_spm, capture_fps, file_fps):
    assume(true_spm * file_fps / capture_fps < 100)
    doubt = judge_cadence(true_spm * file_fps / capture_fps, file_fps)
    assert doubt.capture_fps is not None
    assert 135 <= doubt.cadence_spm <= 205


@pytest.mark.parametrize("capture_fps", [120, 240])
def test_the_usual_cadence_finds_its_rate(capture_fps):
    assert judge_cadence(168 * 30 / capture_fps, 30).capture_fps == capture_fps


def test_a_capture_rate_that_was_set_too_high_is_doubted_and_the_right_one_offered():
    doubt = judge_cadence(1360.0, 30.0, slow_motion_factor=8.0)
    assert doubt.capture_fps == 30
    assert doubt.cadence_spm == pytest.approx(170)
    assert "faster than anyone runs" in doubt.message


def test_where_no_rate_fits_it_only_asks():
    doubt = judge_cadence(2.0, 30.0)
    assert (doubt.capture_fps, doubt.cadence_spm) == (None, None)
    assert doubt.message.endswith("?")


@pytest.mark.parametrize("cadence_spm", [0.0, -3.0, float("nan"), float("inf")])
def test_no_steps_no_doubt(cadence_spm):
    assert judge_cadence(cadence_spm, 30.0) is None

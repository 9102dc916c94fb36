"""How the clues to one contact are joined."""

import pytest

from formcheck.events.zero import Clue, join
from formcheck.settings.contact import ZeroSettings

SETTINGS = ZeroSettings()
SD_S = {
    "middle": 0.0045, "strike": 0.012, "toe_off": 0.011, "usual": 0.03, "bounce": 0.025,
    "head_middle": 0.003, "head_contact": 0.006,
}  # fmt: skip
MODEL = {"sd_s": SD_S, "bias_s": dict.fromkeys(SD_S, 0.0), "rest_sd_s": 0.014}
MIDDLE_S, CONTACT_S = 0.1, 0.28


def clues(head_s=None, **own_sd_s):
    values = {
        "middle": MIDDLE_S,
        "strike": MIDDLE_S - CONTACT_S / 2,
        "toe_off": MIDDLE_S + CONTACT_S / 2,
        "usual": CONTACT_S,
    }
    if head_s is not None:
        values |= {"head_middle": MIDDLE_S, "head_contact": head_s}
    return {k: Clue(v, own_sd_s.get(k, 0.0)) for k, v in values.items()}


def test_clues_that_agree_give_their_common_answer_and_a_smaller_error():
    without, joined = (join(clues(h), MODEL, SETTINGS) for h in (None, CONTACT_S))
    for found in (without, joined):
        assert found.middle_s == pytest.approx(MIDDLE_S)
        assert found.contact_s == pytest.approx(CONTACT_S)
        assert found.stretch == 1.0
    assert without.spring == 0.0
    assert joined.spring > 0.9
    assert joined.toe_off_sd_s < 0.65 * without.toe_off_sd_s


def test_a_pulse_somewhat_off_draws_the_contact_towards_it():
    found = join(clues(CONTACT_S - 0.015), MODEL, SETTINGS)
    assert CONTACT_S - 0.0145 < found.contact_s < CONTACT_S - 0.008
    assert found.spring > 0.8


def test_a_foot_that_lingers_is_timed_by_the_foot_and_its_toe_off_is_less_sure():
    without = join(clues(), MODEL, SETTINGS)
    found = join(clues(CONTACT_S - 0.085), MODEL, SETTINGS)
    assert found.spring < 0.01
    assert found.contact_s == pytest.approx(CONTACT_S, abs=0.001)
    assert found.toe_off_sd_s > 0.04
    assert found.strike_sd_s == pytest.approx(without.strike_sd_s, rel=0.2)


def test_in_between_the_error_covers_both_answers():
    found = join(clues(CONTACT_S - 0.045), MODEL, SETTINGS)
    assert 0.1 < found.spring < 0.9
    assert found.toe_off_sd_s > join(clues(CONTACT_S), MODEL, SETTINGS).toe_off_sd_s * 1.5


def test_a_noisy_pulse_weighs_little():
    sure, unsure = (
        join(clues(CONTACT_S - 0.02, head_contact=sd), MODEL, SETTINGS).contact_s
        for sd in (0.0, 0.06)
    )
    assert unsure == pytest.approx(CONTACT_S, abs=0.003)
    assert sure < unsure


def test_what_the_model_does_not_know_and_what_was_not_seen_is_left_out():
    odd = clues() | {"bounce": Clue(float("nan")), "unheard_of": Clue(9.0)}
    assert join(odd, MODEL, SETTINGS) == join(clues(), MODEL, SETTINGS)

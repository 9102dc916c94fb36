import numpy as np
import pytest

from formcheck.settings import MeasureSettings
from formcheck.validation.score import ValueRow
from formcheck.validation.softness import ranking, true_softness
from formcheck.validation.truth import TrueContact, Truth

G = MeasureSettings().gravity_mps2


def truth(protocol, contacts, time_s=None, z=None):
    t = np.arange(0, 2, 0.02) if time_s is None else time_s
    return Truth(
        name="x",
        protocol=protocol,
        view="side",
        fps=50,
        split="fit",
        height_cm=170,
        belt_speed_mps=None,
        mirrored=False,
        contacts=tuple(contacts),
        time_s=t,
        deg={},
        midhip_z_m=np.full(t.size, 0.9) if z is None else z,
        leg_m={"left": 0.8, "right": 0.8},
        reps=(),
        summary={},
        camera={},
        spec={},
    )


def contact(side, strike, off, **values):
    return TrueContact(side=side, strike_s=strike, toe_off_s=off, values=values)


REFERENCE = {"knee_ic": 17.8, "foot_pitch_ic": 10.0, "ankle_ahead_ic": 0.24 * 0.8}


def run(flight_s, contact_s):
    first = contact("left", 0.1, 0.1 + contact_s, **REFERENCE)
    strike = 0.1 + contact_s + flight_s
    return truth(
        "treadmill_run", [first, contact("right", strike, strike + contact_s, **REFERENCE)]
    )


def test_the_reference_runner_has_index_50():
    found = true_softness(run(0.112, 0.112 / 0.413))
    assert set(found) == {"right"}  # the left one has no flight before it
    assert found["right"].index == pytest.approx(50, abs=0.1)
    assert found["right"].parts["touchdown_speed_mps"] == pytest.approx(0.112 * G / 2)


def test_longer_flight_is_harder():
    soft, hard = (true_softness(run(f, 0.25))["right"].index for f in (0.08, 0.14))
    assert hard < soft - 10


def test_touchdown_speed_of_a_landing_is_that_of_free_fall():
    t = np.arange(0, 2, 0.01)
    z = np.where(t < 1.001, 1.2 - 0.5 * G * (t - 0.7) ** 2, 0.75)  # falls from t = 0.7
    row = contact(
        "left", 1.0, 1.9, knee_ic=20.0, knee_peak=70.0, time_to_peak_ms=200.0, midhip_drop_m=0.2
    )
    found = true_softness(truth("hop_landing", [row], t, z))["left"]
    assert found.parts["touchdown_speed_mps"] == pytest.approx(0.3 * G, rel=1e-6)
    assert found.parts["hip_drop_pct_leg"] == pytest.approx(25.0)
    assert found.parts["knee_bend_deg"] == pytest.approx(50.0)


def test_a_squat_has_no_landing():
    assert true_softness(truth("single_leg_squat", [])) == {}


def row(true, estimate):
    return ValueRow(
        clip="a", measure_id="landing_softness", side="left", unit="", view="side", fps=60,
        model="full", truth=true, estimate=estimate,
    )  # fmt: skip


def test_ranking_counts_only_pairs_that_differ_clearly():
    # 30-50 right, 30-52 right, 50-52 too near, 70 was found too hard: wrong against 50 and 52
    found = ranking([row(30, 20.0), row(50, 45.0), row(52, 40.0), row(70, 35.0), row(10, None)])
    assert found.n_pairs == 5
    assert found.right_pct == pytest.approx(60)

import numpy as np
import pytest

from formcheck.fitted import load_fitted
from formcheck.fitted.leg_angles import ReadingSpec
from formcheck.kinematics.readings import apply
from formcheck.validation.fit.leg_angles import (
    SPECS,
    TARGETS,
    Clip,
    fit_leg_angles,
    fitted,
    left_out,
)

SPEC = ReadingSpec(
    kind="run", unit="deg", what="", signals=("thigh_deg", "shank_deg"), lags_s=(0.0,), ridge=1e-6
)


def clips(n=12, noise=0.0, shift=None):
    rng = np.random.default_rng(0)
    out = []
    for i in range(n):
        rows = rng.normal(0, 10, (5, 2))
        true = 3.0 + rows @ np.array([0.8, -1.2]) + rng.normal(0, noise, 5)
        if shift is not None and i == 0:
            true = true + shift
        out.append(Clip(name=str(i), person=f"p{i // 2}", rows=rows, true=true))
    return out


def test_a_linear_relation_is_found_again():
    learned = fitted(clips(), SPEC)
    assert learned.weights == pytest.approx((0.8, -1.2), abs=1e-4)
    assert learned.intercept == pytest.approx(3.0, abs=1e-3)
    rows = np.array([[5.0, 5.0]])
    assert apply(learned, rows) == pytest.approx([3.0 + 4.0 - 6.0], abs=1e-3)


def test_a_person_left_out_takes_no_part_in_the_own_reading():
    # the first clip is off by 9 degrees; its own person's other clip must not learn from it
    seen = left_out(clips(shift=9.0), SPEC)
    assert seen[0, 0] - seen[0, 1] == pytest.approx(-9.0, abs=1e-3)
    assert seen[1, 0] - seen[1, 1] == pytest.approx(0.0, abs=1e-3)


def test_the_penalty_draws_weights_to_nought():
    strong = fitted(clips(), SPEC.model_copy(update={"ridge": 1e9}))
    assert np.abs(strong.weights).max() < 1e-3


def test_without_enough_people_the_old_readings_stay():
    fitted = load_fitted()
    old = (fitted.leg_angles, fitted.left_out)
    table, left = fit_leg_angles([], old, fitted.leg_angles.header)
    assert table == old[0]
    assert left.people == old[1].people


def test_every_reading_has_a_true_value_to_learn_from_and_is_shipped():
    assert {name.split(".", 1)[1] for name in SPECS} <= set(TARGETS)
    assert set(load_fitted().leg_angles.readings) == set(SPECS)


def test_method_errors_are_fitted_with_readings_that_did_not_see_the_person():
    fitted_tables = load_fitted()
    name = "run.knee_flexion_at_contact"
    learned = [p for p, own in fitted_tables.left_out.people.items() if name in own]
    assert len(learned) >= 6
    tables = {p: fitted_tables.without(p).leg_angles.readings for p in learned}
    for own in tables.values():
        assert set(own) == set(fitted_tables.leg_angles.readings)
    assert len({own[name].weights for own in tables.values()}) > 1
    assert fitted_tables.without("nobody").leg_angles == fitted_tables.leg_angles

import json
from types import SimpleNamespace

import numpy as np
import pytest

from formcheck.kinematics.readings import apply
from formcheck.settings.readings import Readings, ReadingSpec, load_readings
from formcheck.validation.readings import (
    SPECS,
    TARGETS,
    WITHOUT,
    Clip,
    fit_readings,
    fitted,
    left_out,
    without_person,
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
    old = load_readings()
    assert fit_readings([], old).table == old


def test_every_reading_has_a_true_value_to_learn_from_and_is_shipped():
    assert {name.split(".", 1)[1] for name in SPECS} <= set(TARGETS)
    shipped: Readings = load_readings()
    assert set(shipped.readings) == set(SPECS)


def test_method_errors_are_fitted_with_readings_that_did_not_see_the_person():
    people = json.loads(WITHOUT.read_text("utf-8"))
    shipped = load_readings().readings
    learned = [p for p, table in people.items() if "run.knee_flexion_at_contact" in table]
    assert len(learned) >= 6
    for person in learned:
        table = without_person(SimpleNamespace(spec={"body": person})).readings
        assert set(table) == set(shipped)
    seen = {
        without_person(SimpleNamespace(spec={"body": p}))
        .readings["run.knee_flexion_at_contact"]
        .weights
        for p in learned
    }
    assert len(seen) > 1
    stranger = without_person(SimpleNamespace(spec={"body": "nobody"}))
    assert stranger.readings == shipped

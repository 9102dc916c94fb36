import numpy as np
import pytest

from formcheck.validation.ladder import Climb, budgets


def climb(errors, clip="a", measure="m"):
    return Climb(
        clip=clip, measure_id=measure, side="left", view="side", fps=60, errors=np.array(errors)
    )


def test_a_budget_splits_the_error_by_stage():
    found = [climb([1, 3, 3, 2, 4, 0.5]), climb([-1, 1, 1, 0, -2, -0.5], clip="b")]
    (b,) = budgets(found)
    assert b.n == 2
    np.testing.assert_allclose(b.bias, [0, 2, 0, -1, 0, -1])
    np.testing.assert_allclose(b.rms, [1, 2, 0, 1, 2, np.sqrt((3.5**2 + 1.5**2) / 2)])
    assert b.total_rmse[-1] == pytest.approx(0.5)


def test_stages_that_do_not_apply_are_left_out():
    nan = np.nan
    (b,) = budgets([climb([nan, nan, nan, 2.0, 2.5, 1.0])])
    assert np.isnan(b.rms[:3]).all()
    assert b.rms[3:].tolist() == pytest.approx([2.0, 0.5, 1.5])


def test_measures_are_kept_apart():
    assert [b.measure_id for b in budgets([climb([0] * 6), climb([1] * 6, measure="k")])] == [
        "m",
        "k",
    ]

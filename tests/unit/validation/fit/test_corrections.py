import numpy as np
import pytest

from formcheck.errors import FormcheckError
from formcheck.fitted import load_fitted
from formcheck.validation.fit.corrections import MIN_CLIPS, fit_corrections, left_out_sd
from formcheck.validation.run import fit_files


def test_left_out_spread_is_wider_than_the_fit_says():
    rows = np.random.default_rng(0).normal(5, 2, (12, 1))

    def fit(seen):
        return float(seen[:, 0].mean())

    left = left_out_sd(rows, fit, lambda row, value: float(row[0] - value))
    # the mean of the others lies farther off by n / (n - 1)
    assert left == pytest.approx(rows.std(ddof=1) * 12 / 11, rel=1e-6)


def test_without_enough_clips_the_old_numbers_stay():
    old = load_fitted().corrections
    assert fit_corrections([], old, old.header) == old


def test_shipped_corrections_say_where_they_come_from():
    for learned in load_fitted().corrections.learned().values():
        assert learned.n_clips >= MIN_CLIPS
        assert learned.date
        assert learned.left_out_sd > 0


def test_clips_that_are_scored_are_not_fitted(tmp_path):
    with pytest.raises(FormcheckError, match="no clip"):
        fit_files(tmp_path)

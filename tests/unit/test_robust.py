import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.robust import masked_median


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 9))
def test_each_row_has_the_median_numpy_gives(seed, n, m):
    rng = np.random.default_rng(seed)
    values, mask = rng.normal(size=(n, m)), rng.random((n, m)) < 0.6
    expected = [np.median(v[k]) if k.any() else np.nan for v, k in zip(values, mask, strict=True)]
    np.testing.assert_allclose(masked_median(values, mask), expected)


def test_no_columns_no_medians():
    assert np.isnan(masked_median(np.empty((3, 0)), np.empty((3, 0), dtype=bool))).all()


def test_what_is_not_marked_may_be_anything():
    values = np.array([[1.0, np.nan, 3.0, np.inf]])
    assert masked_median(values, np.array([[True, False, True, False]])) == pytest.approx(2.0)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.validation.score import (
    EventScore,
    ValueRow,
    match_events,
    score_values,
    summarise_events,
)


def row(truth, estimate, half=1.0, clip="a"):
    return ValueRow(
        clip=clip,
        measure_id="cadence",
        side="both",
        unit="deg",
        view="side",
        fps=60,
        model="full",
        truth=truth,
        estimate=estimate,
        lo=None if estimate is None else estimate - half,
        hi=None if estimate is None else estimate + half,
        status="ok" if estimate is not None else "unavailable",
    )


def test_a_constant_offset_is_bias_and_nothing_else():
    s = score_values([row(t, t + 2.0, half=1.0) for t in (1.0, 4.0, 9.0)])
    assert s.bias == pytest.approx(2)
    assert s.sd == pytest.approx(0, abs=1e-9)
    assert s.rmse == pytest.approx(2)
    assert s.slope == pytest.approx(1)
    assert s.coverage_pct == 0


def test_a_flat_line_has_slope_zero_whatever_its_error():
    s = score_values([row(t, 5.0) for t in (4.0, 5.0, 6.0)])
    assert s.slope == pytest.approx(0, abs=1e-9)
    assert s.r == 0
    assert s.coverage_pct == 100


def test_refusals_count_but_do_not_score():
    s = score_values([row(1, 1.5), row(2, 2.5), row(3, None), row(4, None)])
    assert s.refused_pct == 50
    assert s.n == 2
    assert s.bias == pytest.approx(0.5)


def test_no_values_give_nan_not_zero():
    s = score_values([row(1, None)])
    assert np.isnan([s.bias, s.rmse, s.slope, s.coverage_pct]).all()
    assert s.refused_pct == 100


@given(st.lists(st.floats(0, 30), min_size=1, max_size=20, unique=True), st.floats(-0.05, 0.05))
def test_matching_is_one_to_one_and_within_the_window(times, shift):
    true_s = np.sort(np.array(times))
    found_s = true_s + shift
    pairs = match_events(true_s, found_s, window_s=0.1)
    assert len({i for i, _ in pairs}) == len(pairs) == len({j for _, j in pairs})
    assert all(abs(found_s[j] - true_s[i]) <= 0.1 + 1e-12 for i, j in pairs)


def test_an_invented_event_lowers_precision_and_a_missed_one_recall():
    pairs = match_events(np.array([1.0, 2.0, 3.0]), np.array([1.01, 1.5, 3.02]))
    assert pairs == [(0, 0), (2, 2)]
    s = summarise_events(
        [EventScore(clip="a", kind="foot_strike", view="side", fps=60, n_true=3, n_found=3,
                    errors_s=(0.01, 0.02))]
    )  # fmt: skip
    assert s.recall_pct == pytest.approx(66.7, abs=0.1)
    assert s.precision_pct == pytest.approx(66.7, abs=0.1)
    assert s.bias_ms == pytest.approx(15)
    assert s.within_frame_pct == 50


def test_nothing_found_is_nan_error_with_zero_recall():
    s = summarise_events(
        [
            EventScore(
                clip="a", kind="toe_off", view="rear", fps=30, n_true=4, n_found=0, errors_s=()
            )
        ]
    )
    assert np.isnan(s.bias_ms)
    assert s.recall_pct == 0

from dataclasses import replace

import numpy as np
import pytest

from formcheck.fitted import load_fitted
from formcheck.fitted.method_errors import (
    TEST_CLIPS,
    MethodError,
    MethodErrors,
    fps_class,
)
from formcheck.uncertainty.fitting import (
    FitRow,
    ReportedValue,
    fit_method_errors,
    huber_mean,
    row_of,
)
from formcheck.uncertainty.spread import (
    borne_out,
    coverage_factor,
    method_dof,
    method_sd,
    step_prior,
)
from formcheck.uncertainty.statistics import half_width


def rows(n_clips, rng, *, bias=4.0, gain=1.0, sd=2.0, other=0.5, fps=60.0):
    """Clips of both sides whose estimate is (truth - bias) / gain plus noise."""
    out = []
    for c in range(n_clips):
        for side in ("left", "right"):
            truth = rng.uniform(0, 30)
            estimate = (truth - bias) / gain + rng.normal(0, sd) + rng.normal(0, other)
            out.append(
                FitRow(
                    measure="m",
                    view="side",
                    fps=fps,
                    clip=f"c{c}",
                    side=side,
                    estimate=estimate,
                    truth=truth,
                    other_sd=other,
                )
            )
    return out


def fit(data):
    return fit_method_errors(data, date="2026-11-22").find("m", "side", 60.0)


def test_a_constant_offset_is_found_and_no_slope_is_invented():
    entry = fit(rows(20, np.random.default_rng(0)))
    assert entry.bias == pytest.approx(4.0, abs=1.0)
    assert entry.gain == 1.0
    assert entry.n_clips == 20
    assert entry.source == "fitted on rendered fit set"


def test_a_shrunken_estimate_is_stretched_back():
    entry = fit(rows(30, np.random.default_rng(1), bias=0.0, gain=2.0, sd=0.5))
    assert entry.gain == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize("n_clips", [8, 12, 30])
def test_intervals_with_the_fitted_sd_hold_the_truth_of_new_clips(n_clips):
    rng = np.random.default_rng(n_clips)
    inside = total = 0
    for _ in range(40):
        entry = fit(rows(n_clips, rng))
        for row in rows(20, rng):
            value = entry.gain * row.estimate + entry.bias
            half = np.hypot(
                coverage_factor(entry.n_clips) * entry.sd, 1.96 * entry.gain * row.other_sd
            )
            inside += abs(value - row.truth) <= half
            total += 1
    assert inside / total > 0.93


def test_what_the_rest_explains_is_not_counted_twice():
    rng = np.random.default_rng(3)
    errors, clip = rng.normal(0, 2.0, 400), np.arange(400)
    half = np.full(400, np.sqrt(2.0))
    assert method_sd(errors, np.zeros(400), clip) == pytest.approx(2.0, abs=0.2)
    assert method_sd(errors, half, clip) == pytest.approx(np.sqrt(2.0), abs=0.25)


def test_the_method_keeps_a_share_of_the_error_however_much_the_rest_claims():
    errors = np.random.default_rng(4).normal(0, 2.0, 400)
    assert method_sd(errors, np.full(400, 9.0), np.arange(400)) == pytest.approx(0.6, abs=0.1)


def test_what_is_left_of_a_variance_is_as_uncertain_as_the_whole():
    clip, errors = np.arange(13), np.full(13, np.sqrt(8.0))
    # half of the variance is known: a quarter of the degrees of freedom stays
    assert method_dof(2.0, errors, np.full(13, 2.0), clip) == pytest.approx(3.0)
    assert method_dof(2.0, errors, np.zeros(13), clip) == pytest.approx(12.0)
    parts = {"method": 2.0, "roll": 2.0}
    dof = {"method": method_dof(2.0, errors, np.full(13, 2.0), clip)}
    assert half_width(parts, dof) == pytest.approx(coverage_factor(13) * np.sqrt(8))
    # the rest claims more than there is: it is believed
    assert method_dof(0.9, errors, np.full(13, 3.0), clip) == 12.0


@pytest.mark.parametrize("n", [12, 400])
def test_claims_that_are_not_borne_out_are_scaled_down_less_so_by_few_clips(n):
    errors, clip = np.full(n, 2.0), np.arange(n)
    share = borne_out(errors, np.full(n, 3.0), clip)
    exact = np.sqrt(1 - 0.3**2) * 2.0 / 3.0
    assert share == pytest.approx(exact * coverage_factor(n) / 1.96, rel=1e-3)
    assert borne_out(errors, np.full(n, 40.0), clip) == 0.5


@pytest.mark.parametrize("other", [0.0, 1.5])
def test_claims_that_leave_errors_unexplained_stay_as_they_are(other):
    assert borne_out(np.full(20, 2.0), np.full(20, other), np.arange(20)) == 1.0


def test_too_large_claims_give_intervals_that_hold_the_truth_and_are_narrower():
    rng = np.random.default_rng(8)
    inside = total = 0
    for _ in range(40):
        data = rows(16, rng, sd=0.3, other=1.0)
        claimed = [replace(r, other_sd=2.0) for r in data]
        entry = fit(claimed)
        assert entry.borne_out < 0.9
        for row in rows(20, rng, sd=0.3, other=1.0):
            value = entry.gain * row.estimate + entry.bias
            own, rest = entry.sd, entry.borne_out * entry.gain * 2.0
            half = half_width({"method": own, "roll": rest}, {"method": entry.dof})
            inside += abs(value - row.truth) <= half
            total += 1
            assert half < 1.96 * 2.0
    assert 0.93 < inside / total < 0.995


def test_long_tails_widen_the_method():
    errors = np.r_[np.full(85, 0.1), np.full(15, 5.0)]
    sd = method_sd(errors, np.zeros(100), np.arange(100))
    assert np.mean(np.abs(errors) <= coverage_factor(100) * sd) >= 0.9


def test_clips_count_once_however_many_values_they_have():
    errors = np.r_[np.full(10, 4.0), 1.0, 1.0, 1.0]
    clip = np.r_[np.zeros(10, int), 1, 2, 3]
    assert method_sd(errors, np.zeros(13), clip) == pytest.approx(np.sqrt((16 + 3) / 4), rel=0.05)


def test_step_prior_recovers_spread_and_worth():
    rng = np.random.default_rng(7)
    worth, usual = 8.0, 1.5
    groups = []
    for _ in range(600):
        sd = usual * np.sqrt(worth / rng.chisquare(worth))
        groups.append(rng.normal(0, sd, 6))
    sd, dof = step_prior(groups)
    assert sd == pytest.approx(usual, rel=0.06)
    assert dof == pytest.approx(worth, rel=0.35)
    assert step_prior([[1.0], [2.0]]) == (0.0, 0.0)


def test_a_failed_clip_does_not_pull_the_offset():
    assert huber_mean(np.array([1.0, 1.1, 0.9, 1.0, 1.05, 40.0])) == pytest.approx(1.0, abs=0.15)


def test_too_few_clips_keep_the_seed():
    seed = MethodError(measure="m", view="side", sd=4.0, source="published seed")
    learned = fit_method_errors(rows(3, np.random.default_rng(0)), date="2026-11-22")
    assert learned.entries == ()
    assert MethodErrors(entries=(seed,)).with_entries(learned.entries).entries == (seed,)


def test_difference_between_sides_has_its_own_spread():
    rng = np.random.default_rng(5)
    data = []
    for row in rows(20, rng, sd=0.0, other=0.0):
        # the clip's own error is common to both sides
        shift = np.random.default_rng(int(row.clip[1:])).normal(0, 3.0)
        data.append(
            FitRow(
                **{k: getattr(row, k) for k in row.__slots__} | {"estimate": row.estimate + shift}
            )
        )
    entry = fit(data)
    assert entry.sd > 1.5
    assert entry.sd_difference == pytest.approx(0.0, abs=1e-6)


def test_rates_and_views_fall_back_to_the_general_entry():
    table = MethodErrors(
        entries=(
            MethodError(measure="m", sd=3.0, source="published seed"),
            MethodError(measure="m", view="side", fps_class="60", sd=1.0, source="published seed"),
        )
    )
    assert table.find("m", "side", 59.94).sd == 1.0
    assert table.find("m", "side", 30.0).sd == 3.0
    assert table.find("m", "rear", 60.0).sd == 3.0
    assert table.find("other", "rear", 60.0) is None
    assert [fps_class(f) for f in (25, 29.97, 59.94, 120, 240)] == ["30", "30", "60", "120", "120"]


@pytest.mark.parametrize("borne", [1.0, 0.5])
def test_a_reported_value_turns_back_into_its_raw_row(borne):
    entry = MethodError(
        measure="m", bias=2.0, gain=1.25, sd=4.0, borne_out=borne, source="published seed"
    )
    table = MethodErrors(entries=(entry,))
    reported = ReportedValue(
        measure="m",
        view="side",
        fps=60,
        clip="c",
        side="left",
        value=1.25 * 10 + 2.0,
        truth=12.0,
        parts={"method": 4.0, "steps": 9.0 * borne, "roll": 3.0 * borne, "events": 4.0 * borne}
        | {"people": 7.0},
        steps=(1.25 * 9 + 2.0, 1.25 * 11 + 2.0),
    )
    row = row_of(reported, table)
    assert row.estimate == pytest.approx(10.0)
    assert row.other_sd == pytest.approx(5.0 / 1.25)
    assert row.steps == pytest.approx((9.0, 11.0))
    # half of an event's error is shared by all steps: 8 in all, of which sqrt(3) / 2 is random
    assert row.random_sd == pytest.approx(8.0 * np.sqrt(0.75 / 2) / 1.25)
    assert row.truth == 12.0


def test_a_seed_stands_in_only_where_no_fit_has_an_entry():
    fitted = load_fitted()
    lean = fitted.errors.find("trunk_lean_peak", "side", 30.0)
    assert lean.source == TEST_CLIPS
    assert lean in fitted.seeds.entries
    valgus = fitted.errors.find("squat_valgus", "front", 30.0)
    assert valgus in fitted.method_errors.entries
    # with the fitted entries gone, what was made by hand is there again
    bare = fitted.changed(method_errors=MethodErrors())
    seed = bare.errors.find("squat_valgus", "front", 30.0)
    assert seed in fitted.seeds.entries
    assert seed.n_clips == 0

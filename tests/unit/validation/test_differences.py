import numpy as np
import pytest

from formcheck.validation.fit.differences import (
    LEAST_PEOPLE,
    Pair,
    fit_differences,
    left_out,
    spread_of,
)


def pairs(rng, *, people=24, sd=2.0, rest=2.0, slope=1.0, view="rear"):
    truth = rng.normal(0.0, 4.0, people)
    return [
        Pair(
            measure="pelvic_drop",
            view=view,
            clip=f"c{k}",
            person=f"p{k}",
            truth=t,
            estimate=slope * t + rng.normal(0.0, sd),
            camera=0.0,
            rest=rest,
        )
        for k, t in enumerate(truth)
    ]


@pytest.mark.parametrize("rest", [0.5, 2.0, 8.0])
def test_people_left_out_are_held_as_often_as_said_whatever_the_parts_claim(rest):
    rng = np.random.default_rng(3)
    inside, half, error = [], [], []
    for _ in range(20):
        e, h = left_out(pairs(rng, rest=rest))
        inside += list(np.abs(e) <= h)
        half += list(h)
        error += list(e)
    assert 0.93 < np.mean(inside) < 0.99
    # no wider than it has to be
    assert np.median(half) < 1.35 * 1.96 * np.std(error)


def test_what_the_camera_claims_is_never_scaled_down():
    rng = np.random.default_rng(1)
    made = [
        p if k else Pair(**{f: getattr(p, f) for f in Pair.__slots__} | {"camera": 9.0})
        for k, p in enumerate(pairs(rng, sd=1.0))
    ]
    _, half = left_out(made)
    assert half[0] > 2 * 9.0
    assert half[1] < 9.0


def test_an_estimate_that_does_not_follow_the_truth_is_said_to():
    rng = np.random.default_rng(2)
    (every, rear) = fit_differences(pairs(rng, slope=0.0))
    assert (every.view, rear.view) == ("any", "rear")
    assert not rear.follows
    assert fit_differences(pairs(rng))[0].follows


def test_few_people_make_no_entry_of_their_own_but_count_together():
    rng = np.random.default_rng(4)
    few = pairs(rng, people=LEAST_PEOPLE - 2)
    assert fit_differences(few) == ()
    made = fit_differences([*few, *pairs(rng, people=LEAST_PEOPLE, view="side")])
    assert [e.view for e in made] == ["any", "side"]


def test_the_method_keeps_a_floor():
    rng = np.random.default_rng(5)
    sd, share = spread_of(pairs(rng, rest=10.0))
    assert sd >= 0.3 * 1.5
    assert share < 0.5

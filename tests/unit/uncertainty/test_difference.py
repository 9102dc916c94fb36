import pytest

from formcheck.fitted import load_fitted
from formcheck.fitted.differences import LEAST_DOF
from formcheck.uncertainty.difference import claimed_parts


def test_what_moves_the_sides_apart_counts_twice_and_what_moves_them_alike_cancels():
    side = {"roll": 1.0, "clip": 0.5, "steps": 3.0, "people": 9.0, "scale": 2.0}
    apart = claimed_parts(side, side | {"steps": 4.0}, opposite=True, scale_known=True)
    assert apart["roll"] == 2.0
    assert apart["clip"] == 1.0
    assert apart["steps"] == 5.0
    assert (apart["people"], apart["scale"]) == (0.0, 0.0)
    alike = claimed_parts(side, side, opposite=False, scale_known=False)
    assert alike["roll"] == 0.0
    assert alike["scale"] == pytest.approx(2.0 * 2**0.5)


def test_the_table_that_ships_is_of_people_left_out_and_never_of_few():
    table = load_fitted().differences
    assert table.header.split == "fit"
    for e in table.entries:
        assert e.dof >= LEAST_DOF
        assert e.n_people >= 6
        assert e.left_out_coverage >= 0.85
        assert 0 <= e.share <= 1


def test_a_view_without_people_of_its_own_takes_all_views_together():
    table = load_fitted().differences
    assert table.find("step_time", "front") == table.find("step_time", "any")
    assert table.find("hop_height", "side") is None

"""Contract of every registered protocol."""

import pytest

from formcheck.fitted import load_fitted
from formcheck.fitted.method_errors import TEST_CLIPS
from formcheck.registry import MEASURES, PROTOCOLS


def test_the_protocols_of_the_contract_exist():
    assert {"treadmill_run", "hallway_run", "single_leg_squat", "hop_landing"} <= set(PROTOCOLS)


@pytest.mark.parametrize("key", list(PROTOCOLS))
def test_protocol_is_whole(key):
    protocol = PROTOCOLS[key]
    assert protocol.id == key
    assert protocol.title
    assert protocol.purpose
    assert protocol.how_to_film
    assert all(line.endswith(".") for line in protocol.how_to_film)


@pytest.mark.parametrize("key", list(PROTOCOLS))
def test_protocol_measures_exist_and_one_of_its_views_can_show_each(key):
    protocol = PROTOCOLS[key]
    for measure_id in protocol.measures:
        assert measure_id in MEASURES
        spec = MEASURES[measure_id]
        assert spec.not_given or set(spec.views) & set(protocol.views), measure_id


def test_every_measure_is_part_of_some_protocol():
    used = {i for p in PROTOCOLS.values() for i in p.measures}
    assert used == set(MEASURES)


def test_method_errors_name_only_measures_that_exist():
    assert {e.measure for e in load_fitted().errors.entries} <= set(MEASURES)


def test_every_measure_has_a_method_error_with_its_provenance():
    table = load_fitted().errors
    for spec in MEASURES.values():
        for view in spec.views:
            entry = table.find(spec.id, view, 60.0)
            assert entry is not None, (spec.id, view)
            assert entry.source in ("published seed", "fitted on rendered fit set", TEST_CLIPS)
            assert entry.reference


@pytest.mark.parametrize("key", list(PROTOCOLS))
def test_a_reach_of_its_own_is_that_of_one_of_its_measures(key):
    protocol = PROTOCOLS[key]
    assert set(protocol.reach) <= set(protocol.measures)
    assert all(low < high for low, high in protocol.reach.values())

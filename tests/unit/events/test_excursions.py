import numpy as np

from formcheck.events.excursions import _whole


def test_a_repetition_whose_edge_is_its_deepest_point_keeps_it():
    shown = np.array([0.0, 0.2, 0.9, 1.0])
    for limit in (0, 3):
        assert min(limit, 3) <= _whole(shown, 3, 3, limit, linear=True) <= 3

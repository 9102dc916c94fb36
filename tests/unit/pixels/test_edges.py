import cv2
import numpy as np
import pytest

from formcheck.pixels.edges import straight_edges
from tests.unit.pixels.test_light import person


def picture():
    image = np.full((600, 400), 180, np.uint8)
    cv2.rectangle(image, (60, 100), (160, 500), 40, -1)
    return image


def test_the_sides_of_a_door_are_found_upright_and_level():
    lines = straight_edges(picture(), ())
    d = np.abs(lines[:, 2:] - lines[:, :2])
    assert len(lines) >= 4
    assert (d.min(axis=1) < 0.02 * d.max(axis=1)).all()
    assert d[:, 1].max() == pytest.approx(400, abs=10)


def test_edges_on_a_person_are_left_out():
    assert len(straight_edges(picture(), (person(40, 80, 180, 520),))) == 0


def test_a_blank_picture_has_no_edges():
    assert straight_edges(np.full((50, 50), 9, np.uint8), ()).shape == (0, 4)

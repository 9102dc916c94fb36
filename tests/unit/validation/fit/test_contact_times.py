"""What the event times are fitted on."""

from types import SimpleNamespace

import numpy as np

from formcheck.fitted import Header, load_fitted
from formcheck.validation.fit.contact_times import contacts_of, fit_contact_times
from formcheck.validation.truth import TrueContact


def test_contacts_cut_by_the_clips_ends_are_left_out():
    contacts = (
        TrueContact(side="left", strike_s=None, toe_off_s=0.1, values={}),
        TrueContact(side="right", strike_s=0.2, toe_off_s=0.45, values={}),
        TrueContact(side="left", strike_s=0.55, toe_off_s=0.8, values={}),
        TrueContact(side="right", strike_s=0.9, toe_off_s=None, values={}),
    )
    found = contacts_of(SimpleNamespace(contacts=contacts))
    np.testing.assert_array_equal(found["left"], [[0.55, 0.8]])
    np.testing.assert_array_equal(found["right"], [[0.2, 0.45]])


def test_the_shipped_calibration_saw_fit_clips_only_and_tells_how_it_does_on_others():
    for view in ("side", "frontal"):
        model = load_fitted().contact_times.views[view]
        assert all(name.startswith("fit_") for name in model["clips"])
        assert model["people"] >= 10
        assert model["left_out"]["strike"]["n"] >= 40
        assert set(model["bias_s"]) == set(model["sd_s"])


def test_without_enough_people_the_old_views_stay():
    old = load_fitted().contact_times
    assert fit_contact_times([], old, Header()).views == old.views

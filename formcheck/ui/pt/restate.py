"""Corrections of what the clip shows: the person, left and right, the view, the test."""

import streamlit as st

from formcheck.edits import ChoosePerson, Edit, Relabel
from formcheck.readiness.battery import ONE_LEG_TESTS
from formcheck.ui.pt.work import Opened
from formcheck.ui.text import LEGS, VIEWS, protocol_title, protocols_in_order


def show(opened: Opened) -> Edit | None:
    """Draw the part; return the correction asked for."""
    return _person(opened) or _sides() or _leg(opened) or _view(opened) or _test(opened)


def _person(opened: Opened) -> Edit | None:
    n = opened.bench.n_people
    if n < 2:
        st.caption("Only one person was seen for long enough to be measured.")
        return None
    chosen = [e.edit.person for e in opened.log.active if isinstance(e.edit, ChoosePerson)]
    now = chosen[-1] if chosen else 0
    with st.container(horizontal=True, vertical_alignment="bottom"):
        person = st.selectbox(
            "Who is measured?", range(n), index=now, key="pt_person", width=260,
            format_func=lambda k: f"Person {k + 1}" + (" (chosen by formcheck)" if k == 0 else ""),
        )  # fmt: skip
        if st.button("Measure this person", disabled=person == now, key="pt_person_set"):
            return ChoosePerson(person=person)
    return None


def _sides() -> Edit | None:
    st.caption(
        "A clip filmed in selfie mode shows the runner mirrored. Swapping names the legs anew and "
        "measures again."
    )
    if st.button("Swap left and right", key="pt_swap"):
        return Relabel(what="sides")
    return None


def _leg(opened: Opened) -> Edit | None:
    if opened.analysis.protocol.id not in ONE_LEG_TESTS:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        legs = [leg for leg in LEGS if leg != "auto"]
        to = st.selectbox(
            "Working leg", legs, format_func=LEGS.__getitem__, key="pt_leg", width=260
        )
        if st.button("Set the leg", key="pt_leg_set"):
            return Relabel(what="leg", to=to)
    return None


def _view(opened: Opened) -> Edit | None:
    now = opened.analysis.clip.view
    views = [v for v in VIEWS if v != "auto"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        to = st.selectbox(
            "View", views, index=views.index(now), format_func=VIEWS.__getitem__, key="pt_view",
            width=260,
        )  # fmt: skip
        if st.button("Set the view", disabled=to == now, key="pt_view_set"):
            return Relabel(what="view", to=to)
    return None


def _test(opened: Opened) -> Edit | None:
    now = opened.analysis.protocol.id
    tests = [p.id for p in protocols_in_order()]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        to = st.selectbox(
            "Test", tests, index=tests.index(now) if now in tests else 0,
            format_func=protocol_title, key="pt_test", width=260,
        )  # fmt: skip
        if st.button("Set the test", disabled=to == now, key="pt_test_set"):
            return Relabel(what="protocol", to=to)
    return None

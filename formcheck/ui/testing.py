"""The tests of the screen: how each is filmed, what it shows, and a clock for the timed one."""

import time
from datetime import datetime
from typing import Final

import streamlit as st

from formcheck.readiness import BATTERY, TIMED_TESTS, TimedTest
from formcheck.readiness.battery import IMPACT_TESTS, LOW_LOAD_TESTS, ONE_LEG_TESTS
from formcheck.readiness.journal import TimedEntry
from formcheck.registry import MEASURES, PROTOCOLS, Protocol
from formcheck.ui import feeling, journal, pages, state
from formcheck.ui.text import LEGS, plain

VIEW_WORDS: Final = {"side": "from the side", "rear": "from behind", "front": "from the front"}
NOT_YET: Final = "Answer the questions first: they tell which tests make sense now."
NONE_NOW: Final = (
    "With your answers, no test makes sense now: talk to somebody first. You can still read how "
    "each is done."
)
_STARTED: Final = "formcheck_walk_started"


def title_of(test_id: str) -> str:
    """Return a test's title, filmed or timed; a stage's id comes back in words."""
    if test_id in PROTOCOLS:
        return PROTOCOLS[test_id].title
    return TIMED_TESTS[test_id].title if test_id in TIMED_TESTS else test_id.replace("_", " ")


def show(at: datetime) -> None:
    """Draw the list of tests."""
    found = journal.outcome()
    if found is None:
        st.info(NOT_YET)
    elif not found.tests:
        st.warning(NONE_NOW)
    stopped = journal.standing_stop()
    if stopped is not None:
        st.warning(plain(stopped.words))
    now_tests = found.tests if found and stopped is None else ()
    entries = journal.load().symptoms
    done = {e.activity for e in entries if e.moment == "after"}
    for test_id in BATTERY:
        makes_sense = test_id in now_tests
        marks = [load_word(test_id)]
        marks += ["makes sense now"] if makes_sense else ["later"] if found else []
        marks += ["noted"] if test_id in done else []
        with st.expander(f"{plain(title_of(test_id))} ({', '.join(marks)})"):
            if test_id in TIMED_TESTS:
                _timed(TIMED_TESTS[test_id], at, offered=makes_sense)
            else:
                _filmed(PROTOCOLS[test_id], at, offered=makes_sense)


def load_word(test_id: str) -> str:
    """Return how heavy a test is, in words."""
    if test_id in IMPACT_TESTS:
        return "hops and jumps"
    return "light" if test_id in LOW_LOAD_TESTS else "strength"


def _filmed(protocol: Protocol, at: datetime, *, offered: bool) -> None:
    views = " or ".join(VIEW_WORDS[str(v)] for v in protocol.views)
    st.markdown(
        f"{plain(protocol.purpose)}  \n**How many:** {plain(protocol.target)}. **Film {views}.**"
    )
    st.markdown("\n".join(f"- {plain(item)}" for item in protocol.how_to_film))
    st.markdown(f"**What is looked at:** {plain('; '.join(protocol.quality))}.")
    titles = ", ".join(MEASURES[m].title for m in protocol.measures)
    st.caption(f"Numbers: {plain(titles)}. Each comes with its 95 % interval.")
    st.markdown("\n".join(f"- {plain(item)}" for item in protocol.limits))
    if offered:
        leg = _which_leg(protocol.id)
        if st.button("I have filmed it", key=f"film_{protocol.id}"):
            state.note_filmed(protocol.id, leg)
            state.choose_another()
            pages.go("check")
    feeling.ask(protocol.id, at, key=f"test_{protocol.id}")


def _which_leg(protocol_id: str) -> str:
    """Ask which leg does the test: seen from the side, a picture may not tell."""
    if protocol_id not in ONE_LEG_TESTS:
        return "auto"
    legs = {leg: words for leg, words in LEGS.items() if leg != "auto"}
    chosen = st.segmented_control(
        "Which leg works in this clip?",
        list(legs),
        format_func=legs.__getitem__,
        key=f"leg_{protocol_id}",
    )
    return chosen or "auto"


def _timed(test: TimedTest, at: datetime, *, offered: bool) -> None:
    st.markdown(plain(test.purpose))
    st.markdown("\n".join(f"{n}. {plain(s)}" for n, s in enumerate(test.steps, 1)))
    started = st.session_state.get(_STARTED)
    if started is None:
        if offered and st.button("Start the clock", type="primary", key="walk_start"):
            st.session_state[_STARTED] = time.time()
            st.rerun()
    else:
        _clock(started, test.minutes)
        if st.button("Stop the clock", type="primary", key="walk_stop"):
            seconds = time.time() - started
            st.session_state.pop(_STARTED)
            finished = seconds >= 60 * test.minutes
            entry = TimedEntry(at=at, test=test.id, seconds=seconds, finished=finished)
            journal.change(timed=(*journal.load().timed, entry))
            st.rerun()
    walks = journal.load().timed
    for walk in walks[-3:]:
        word = "the whole time" if walk.finished else "stopped before the end"
        st.markdown(f"{walk.at:%d %b %Y}: {walk.seconds / 60:.0f} minutes, {word}")
    feeling.ask(test.id, at, key=f"test_{test.id}")


@st.fragment(run_every="1s")
def _clock(started: float, minutes: float) -> None:
    """Show the time walked and the time left."""
    gone = time.time() - started
    left = max(0.0, 60 * minutes - gone)
    st.metric("Time walked", f"{int(gone // 60)}:{int(gone % 60):02d}")
    st.progress(min(1.0, gone / (60 * minutes)), f"{int(left // 60)}:{int(left % 60):02d} left")

"""The screen: questions in order, and what the answers lead to."""

from datetime import datetime
from typing import Final, Literal, get_args

import streamlit as st

from formcheck.readiness import QUESTIONS, Answers, Outcome, Question, evaluate
from formcheck.readiness.journal import ScreenEntry
from formcheck.readiness.questions import PAUSE, TALK, URGENT, Delivery
from formcheck.ui import journal
from formcheck.ui.chips import Mark, chip
from formcheck.ui.testing import title_of
from formcheck.ui.text import esc, plain

Given = Literal["Yes", "No"]
DELIVERIES: Final[dict[Delivery, str]] = {
    "vaginal": "Vaginal",
    "assisted": "Vaginal, with forceps or suction",
    "caesarean": "Caesarean",
    "unknown": "I'd rather not say",
}
GROUPS: Final = (
    ("urgent", "First: signs that need a doctor now", URGENT),
    ("pause", "Symptoms", PAUSE),
    ("talk", "What matters too", TALK),
)
MARKS: Final[dict[str, tuple[Mark, str]]] = {
    "urgent": ("outside", "Care first"),
    "pause": ("watch", "Pause, and see somebody"),
    "unknown": ("info", "Not all answered"),
    "wait": ("info", "Early days"),
    "talk": ("info", "Talk it over"),
    "try_tests": ("info", "Tests can be tried"),
}


def show(at: datetime) -> None:
    """Draw the questions and what they lead to."""
    before = journal.load().screens
    last = before[-1].answers if before else None
    left, right = st.columns(2)
    weeks = left.number_input(
        "Weeks since the birth",
        min_value=0,
        max_value=2000,
        value=None if last is None else int(last.weeks_since_birth),
        step=1,
        key="screen_weeks",
        help="12 weeks is a cautious default before running; timing is individual.",
    )
    kinds = get_args(Delivery)
    delivery: Delivery = right.selectbox(
        "How was your baby born?",
        kinds,
        index=kinds.index(last.delivery if last else "unknown"),
        format_func=DELIVERIES.__getitem__,
        key="screen_delivery",
    )
    given = {q.id: _given(q, last) for q in QUESTIONS}
    for key, title, questions in GROUPS:
        _group(key, title, questions, given)
    if weeks is None:
        st.info("Please fill in the weeks since the birth.")
        return
    answers = Answers(
        weeks_since_birth=float(weeks),
        delivery=delivery,
        yes=tuple(i for i, v in given.items() if v == "Yes"),
        no=tuple(i for i, v in given.items() if v == "No"),
    )
    if answers != last and (answers.yes or answers.no):
        _keep(answers, at)
        st.rerun()  # the banner above shows what they lead to
    if answers.yes or answers.no:
        result(evaluate(answers))


def _given(question: Question, last: Answers | None) -> Given | None:
    if last is None:
        return None
    if question.id in last.yes:
        return "Yes"
    return "No" if question.id in last.no else None


def _group(
    key: str, title: str, questions: tuple[Question, ...], given: dict[str, Given | None]
) -> None:
    """Ask a group; ``given`` is changed to what the widgets say."""
    st.header(title)
    # nobody is clicked past the signs that need a doctor now: each of them is read
    if key != "urgent" and st.button("No to all of these", key=f"screen_none_{key}"):
        for q in questions:
            st.session_state[f"screen_{q.id}"] = "No"
    options: tuple[Given, ...] = ("Yes", "No")
    half = (len(questions) + 1) // 2
    left, right = st.columns(2)
    for n, q in enumerate(questions):
        if given[q.id] is not None:  # an earlier answer, unless the widget already holds one
            st.session_state.setdefault(f"screen_{q.id}", given[q.id])
        given[q.id] = (left if n < half else right).radio(
            q.text,
            options,
            index=None,
            horizontal=True,
            key=f"screen_{q.id}",
        )


def _keep(answers: Answers, at: datetime) -> None:
    """Put the answers into the journal: one sheet a day."""
    screens = journal.load().screens
    if screens and screens[-1].at.astimezone(at.tzinfo).date() == at.date():
        screens = screens[:-1]
    journal.change(screens=(*screens, ScreenEntry(at=at, answers=answers)))


def result(outcome: Outcome) -> None:
    """Show what the answers lead to."""
    st.header("What this leads to")
    mark, word = MARKS[outcome.level]
    visits = "".join(
        f"<p><b>Talk to {esc(v.see)}</b> about: {esc('; '.join(v.about))}.</p>"
        for v in outcome.visits
    )
    st.html(
        f'<div class="fc-card">{chip(mark, word)}<h2>{esc(outcome.headline)}</h2>{visits}</div>'
    )
    if outcome.unanswered:
        with st.expander(f"Still to be answered: {len(outcome.unanswered)}"):
            st.markdown("\n".join(f"- {plain(q)}" for q in outcome.unanswered))
    if outcome.tests and journal.standing_stop() is None:
        st.markdown("**Tests that make sense now, lightest first**")
        names = [title_of(t) for t in outcome.tests]
        st.markdown("\n".join(f"{n}. {plain(name)}" for n, name in enumerate(names, 1)))
    st.markdown("\n\n".join(plain(n) for n in outcome.notes))

"""The few questions before a run, and the banner that stays while an answer asks for care.

Optional, never in the way, never stored on disk. Ticking nothing says nothing: there is no "all
clear".
"""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from formcheck.errors import FormcheckError
from formcheck.readiness import QUESTIONS, Answers, evaluate
from formcheck.readiness.outcome import CAUTIOUS_WEEKS
from formcheck.ui import journal, state
from formcheck.ui.chips import icon
from formcheck.ui.state import SymptomNotes
from formcheck.ui.text import esc


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One box of the short form and the questions of the full screen that it stands for."""

    id: str
    label: str
    questions: tuple[str, ...]


TICKS: Final[tuple[Tick, ...]] = (
    Tick(
        id="leak",
        label="Leaking urine or stool, or rushing to the toilet",
        questions=("leak_urine", "leak_stool"),
    ),
    Tick(id="heavy", label="Heaviness, pressure, dragging or a bulge", questions=("heaviness",)),
    Tick(id="pain", label="Pelvic or low-back pain", questions=("back_pain",)),
    Tick(
        id="bleed",
        label="Bleeding after exercise, or beyond 8 weeks (not a period)",
        questions=("bleeding",),
    ),
    Tick(id="run_pain", label="Pain while running", questions=("girdle_pain",)),
)
URGENT: Final = Tick(
    id="urgent",
    label=(
        "Chest pain, fainting, short of breath at rest, one swollen or painful calf, heavy or "
        "returning bright bleeding, fever or infection, severe headache or a change in sight, "
        "or thoughts of harming yourself"
    ),
    questions=tuple(q.id for q in QUESTIONS if q.group == "urgent"),
)
ALSO: Final = (
    "You can still look at your clip here; a clip can't tell whether running is right now."
)
EARLY: Final = (
    "Less than 12 weeks since the birth: plan running and impact with your clinician. "
    "12 weeks is a cautious default; timing is individual."
)


def questions() -> None:
    """Show the short form; every change is kept at once."""
    notes = state.symptoms()
    st.markdown(
        "Optional, and only for you: the answers are not saved to disk. "
        "Skip it if it doesn't apply."
    )
    weeks = st.number_input(
        "Weeks since giving birth (leave empty if it doesn't apply)",
        min_value=0,
        max_value=2000,
        value=None if notes.weeks is None else int(notes.weeks),
        step=1,
        key="symptom_weeks",
    )
    st.markdown("**In the last week, did you notice any of these?**")
    ticked = [t.id for t in TICKS if _tick(t, notes)]
    st.markdown("**Any of these right now?**")
    ticked += [URGENT.id] if _tick(URGENT, notes) else []
    new = SymptomNotes(weeks=None if weeks is None else float(weeks), ticked=tuple(ticked))
    if new != notes:
        notes.weeks, notes.ticked = new.weeks, new.ticked
        st.rerun()


def _tick(tick: Tick, notes: SymptomNotes) -> bool:
    return st.checkbox(tick.label, value=tick.id in notes.ticked, key=f"symptom_{tick.id}")


def message(notes: SymptomNotes) -> tuple[bool, str, str] | None:
    """Return what the banner says: (urgent, headline, the rest); None for no banner.

    The headline and whom to see come from the full postpartum screen, for the same symptoms.
    """
    ids = [q for t in (*TICKS, URGENT) if t.id in notes.ticked for q in t.questions]
    early = notes.weeks is not None and notes.weeks < CAUTIOUS_WEEKS
    if not ids:
        return (False, EARLY, ALSO) if early else None
    weeks = CAUTIOUS_WEEKS if notes.weeks is None else notes.weeks
    outcome = evaluate(Answers(weeks_since_birth=weeks, yes=tuple(ids)))
    told = f"You noted: {'; '.join(_noted(notes))}."
    parts = [told, EARLY if early else "", ALSO]
    return outcome.level == "urgent", outcome.headline, " ".join(p for p in parts if p)


def _noted(notes: SymptomNotes) -> list[str]:
    words = [t.label[0].lower() + t.label[1:] for t in TICKS if t.id in notes.ticked]
    return [*words, "a sign that needs medical care now"] if URGENT.id in notes.ticked else words


def _from_journal() -> tuple[bool, str, str] | None:
    """Return what the full screen or the symptom log asks for, if they ask for a stop."""
    try:
        stop, found = journal.standing_stop(), journal.outcome()
    except FormcheckError:  # the page that needs the log says what is wrong with it
        return None
    if stop is not None:
        return stop.urgent, "You noted a symptom.", stop.words
    if found is not None and found.level in ("urgent", "pause"):
        return found.level == "urgent", found.headline, ALSO
    return None


def banner() -> None:
    """Show the banner on this page while an answer asks for it."""
    told = message(state.symptoms()) or _from_journal()
    if told is None:
        return
    urgent, headline, rest = told
    mark = icon("outside" if urgent else "watch", 22)
    st.html(
        f'<div class="fc-banner{" urgent" if urgent else ""}" role="note" aria-label="Symptoms">'
        f"{mark}<div><b>{esc(headline)}</b><br>{esc(rest)}</div></div>"
    )

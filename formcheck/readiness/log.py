"""The symptom log: what was felt after a test or a stage, and the next morning.

Plain records and pure functions; :mod:`formcheck.readiness.journal` keeps them. A symptom always
names whom to see; its absence is never called anything but "none noted".
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from formcheck.readiness.questions import DOCTOR_NOW, PELVIC

Moment = Literal["after", "next_morning", "any_time"]

SYMPTOMS: Final[dict[str, str]] = {
    "leaking": "Leaking urine, stool or wind",
    "heaviness": "Heaviness, dragging or a bulge",
    "pelvic_pain": "Pelvic, pubic or low-back pain",
    "leg_pain": "Pain in a hip, leg or foot",
    "scar_pain": "Pain at a scar",
    "doming": "A belly that domes",
    "bleeding": "Bleeding that is no period",
    "urgent": (
        "Chest pain, fainting, short of breath at rest, a swollen calf, heavy bleeding, fever, "
        "severe headache, or thoughts of harming yourself"
    ),
}
"""What is asked, by id. Any of them ends the test or stage."""

MORNING_FROM: Final = time(4)
"""From this hour on it counts as the next morning."""
MORNING_DAYS: Final = 3
"""After this many days a morning that was not answered is no longer asked for."""


class SymptomEntry(BaseModel):
    """What somebody noted once.

    Attributes
    ----------
    at : datetime
        When it was noted, with its time zone.
    moment : {"after", "next_morning", "any_time"}
        Right after the activity, on the morning after it, or at any other time.
    activity : str
        Id of the test or of the plan's stage; empty for neither.
    symptoms : tuple of str
        Keys of :data:`SYMPTOMS`; empty where none was noted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: AwareDatetime
    moment: Moment
    activity: str = ""
    symptoms: tuple[Literal[
        "leaking", "heaviness", "pelvic_pain", "leg_pain", "scar_pain", "doming", "bleeding",
        "urgent",
    ], ...] = ()  # fmt: skip
    note: str = Field("", max_length=500)


class Reaction(BaseModel):
    """What an entry leads to."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    stop: bool
    urgent: bool = False
    see: tuple[str, ...] = ()
    words: str


NONE_NOTED: Final = (
    "None noted. Answer again tomorrow morning: some symptoms come with a delay. No symptom today "
    "says nothing about running; it only means that the next test can be tried."
)
NONE_NEXT_MORNING: Final = (
    "None noted this morning. You can try the next test or go on with your plan, one change at a "
    "time."
)
STOP: Final = (
    "Stop here, and leave out running and the next tests until you have talked to {see} about: "
    "{about}. Walking that brings nothing on is fine."
)
STOP_NOW: Final = "Please get medical care now: {see}. Running and tests can wait."


def react(entry: SymptomEntry) -> Reaction:
    """Return what an entry leads to: any symptom stops, and names whom to see.

    Parameters
    ----------
    entry : SymptomEntry

    Returns
    -------
    Reaction
    """
    if "urgent" in entry.symptoms:
        words = STOP_NOW.format(see=DOCTOR_NOW)
        return Reaction(stop=True, urgent=True, see=(DOCTOR_NOW,), words=words)
    if entry.symptoms:
        about = ", ".join(_lower(SYMPTOMS[s]) for s in entry.symptoms)
        return Reaction(stop=True, see=(PELVIC,), words=STOP.format(see=PELVIC, about=about))
    words = NONE_NEXT_MORNING if entry.moment == "next_morning" else NONE_NOTED
    return Reaction(stop=False, words=words)


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


class Due(BaseModel):
    """A morning question that is still to be answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    activity: str
    day: date


def due(entries: Iterable[SymptomEntry], now: datetime) -> tuple[Due, ...]:
    """Return the activities whose next-morning question is to be asked now, oldest first.

    Parameters
    ----------
    entries : iterable of SymptomEntry
    now : datetime
        With its time zone; days are those of this zone.

    Returns
    -------
    tuple of Due
        One per activity and day; none before :data:`MORNING_FROM`, none for the present day.
    """
    zone = now.tzinfo
    listed = sorted(entries, key=lambda e: e.at)
    out: dict[tuple[str, date], Due] = {}
    for entry in listed:
        day = entry.at.astimezone(zone).date()
        first = datetime.combine(day + timedelta(days=1), MORNING_FROM, tzinfo=zone)
        last = first + timedelta(days=MORNING_DAYS)
        if entry.moment != "after" or not first <= now < last:
            continue
        if not _answered(listed, entry.activity, first):
            out[entry.activity, day] = Due(activity=entry.activity, day=day)
    return tuple(out.values())


def _answered(entries: Sequence[SymptomEntry], activity: str, since: datetime) -> bool:
    return any(
        e.moment == "next_morning" and e.activity == activity and e.at >= since for e in entries
    )


def open_stop(entries: Iterable[SymptomEntry], seen_at: datetime | None = None) -> Reaction | None:
    """Return the stop that still stands: a noted symptom that nobody has talked over since.

    Parameters
    ----------
    entries : iterable of SymptomEntry
    seen_at : datetime, optional
        When the person said to have talked about their symptoms with a professional.

    Returns
    -------
    Reaction or None
        The most pressing one.
    """
    standing = [react(e) for e in entries if e.symptoms and (seen_at is None or e.at > seen_at)]
    urgent = [r for r in standing if r.urgent]
    return next(reversed(urgent or standing), None)

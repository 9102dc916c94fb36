"""The questions of the screen, in the order asked.

Basis: Goom, Donnelly and Brockwell 2019 (expert opinion) for the symptoms that pause running;
general red flags for the urgent ones; Christopher et al. 2024 and Deering et al. 2024 (consensus)
for what is talked over. A "yes" never scores points: it names whom to see and what about.
"""

from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Group = Literal["urgent", "pause", "talk"]
Delivery = Literal["vaginal", "assisted", "caesarean", "unknown"]

DOCTOR_NOW: Final = "a doctor or emergency services, now"
PELVIC: Final = "a pelvic-health physiotherapist or your doctor"
DOCTOR: Final = "your doctor"
MIDWIFE: Final = "your midwife or doctor"
MENTAL: Final = "your doctor, midwife or health visitor"


class Question(BaseModel):
    """One yes/no question.

    Attributes
    ----------
    group : {"urgent", "pause", "talk"}
        What a "yes" leads to: care at once, a pause from running and a visit, or a conversation.
    text : str
        The question.
    topic : str
        The same as a subject to raise: "Talk to your doctor about ...".
    see : str
        Whom to see after a "yes".
    holds_impact : bool
        A "yes" leaves tests with hops and jumps for after that conversation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    group: Group
    text: str
    topic: str
    see: str
    holds_impact: bool = False


def _q(group: Group, question_id: str, text: str, topic: str, see: str) -> Question:
    return Question(id=question_id, group=group, text=text, topic=topic, see=see)


def _hold(question_id: str, text: str, topic: str, see: str) -> Question:
    return Question(
        id=question_id, group="talk", text=text, topic=topic, see=see, holds_impact=True
    )


URGENT: Final[tuple[Question, ...]] = (
    _q("urgent", "chest_pain", "Do you have chest pain?", "chest pain", DOCTOR_NOW),
    _q("urgent", "fainting", "Have you fainted, or do you feel you might?", "fainting", DOCTOR_NOW),
    _q(
        "urgent",
        "breathless_at_rest",
        "Are you short of breath while resting?",
        "being short of breath at rest",
        DOCTOR_NOW,
    ),
    _q(
        "urgent", "calf", "Is one calf swollen or painful?", "a swollen or painful calf", DOCTOR_NOW
    ),
    _q(
        "urgent",
        "heavy_bleeding",
        "Do you have heavy bleeding, or has bright bleeding come back?",
        "heavy or returning bright bleeding",
        DOCTOR_NOW,
    ),
    _q(
        "urgent",
        "infection",
        "Do you have a fever, or a hot, red or weeping wound or breast?",
        "fever, or a hot, red or weeping wound or breast",
        DOCTOR_NOW,
    ),
    _q(
        "urgent",
        "headache",
        "Do you have a severe headache or a change in your sight?",
        "a severe headache or a change in sight",
        DOCTOR_NOW,
    ),
    _q(
        "urgent",
        "self_harm",
        "Do you have thoughts of harming yourself?",
        "thoughts of harming yourself",
        DOCTOR_NOW,
    ),
)
"""Red flags, asked first: a yes goes before everything else."""

PAUSE: Final[tuple[Question, ...]] = (
    _q("pause", "leak_urine", "Do you leak urine?", "leaking urine", PELVIC),
    _q(
        "pause",
        "leak_stool",
        "Do you leak stool or wind, or rush to the toilet in a way you can't hold?",
        "leaking stool or wind, or rushing to the toilet",
        PELVIC,
    ),
    _q(
        "pause",
        "heaviness",
        "Do you feel heaviness, pressure, dragging or a bulge in the vagina?",
        "heaviness, pressure, dragging or a bulge",
        PELVIC,
    ),
    _q(
        "pause",
        "prolapse",
        "Were you told that you have a prolapse of grade 2 or more?",
        "a prolapse of grade 2 or more",
        PELVIC,
    ),
    _q(
        "pause",
        "abdominal_gap",
        "Does your belly dome, or is there a gap of more than 2 cm (about two fingers)?",
        "a gap in the belly muscles of more than 2 cm, or doming",
        PELVIC,
    ),
    _q(
        "pause",
        "girdle_pain",
        "Do you have pain at the back of the pelvis, at the pubic bone, or down the back of a leg?",
        "sacroiliac, pubic or sciatic pain",
        PELVIC,
    ),
    _q(
        "pause",
        "back_pain",
        "Do you have pelvic or low-back pain?",
        "pelvic or low-back pain",
        PELVIC,
    ),
    _q(
        "pause",
        "intercourse_bowel",
        "Do you have pain with intercourse, or difficulty emptying your bowel?",
        "pain with intercourse, or trouble emptying the bowel",
        PELVIC,
    ),
    _q(
        "pause",
        "bleeding",
        "Do you bleed after exercise, or still bleed beyond 8 weeks (not a period)?",
        "bleeding after exercise or beyond 8 weeks",
        PELVIC,
    ),
)
"""Symptoms that stop running and tests until somebody has looked."""

TALK: Final[tuple[Question, ...]] = (
    _q("talk", "scar_pain", "Does a caesarean or perineal scar hurt?", "scar pain", PELVIC),
    _hold(
        "no_core_rehab",
        "Is work on your deep core and pelvic floor still to be done?",
        "deep-core and pelvic-floor rehabilitation",
        PELVIC,
    ),
    _hold(
        "no_strength_work",
        "Have you done less than a month of strength work (legs, hips, trunk)?",
        "a month of strength work before running",
        PELVIC,
    ),
    _hold(
        "low_prolapse",
        "Were you told that you have a prolapse of grade 1, or one without a grade?",
        "a prolapse of grade 1 or without a grade",
        PELVIC,
    ),
    _q(
        "talk",
        "breastfeeding",
        "Is breastfeeding or breast comfort a worry when you move?",
        "breastfeeding and breast support when you move",
        MIDWIFE,
    ),
    _q("talk", "sleep", "Are you very short of sleep?", "sleep and how much load fits", MIDWIFE),
    _hold(
        "low_energy",
        "Are you low on energy, eating little, or missing periods you expected?",
        "low energy, eating and periods",
        DOCTOR,
    ),
    _q("talk", "mood", "Has your mood been low or anxious on most days?", "your mood", MENTAL),
    _q(
        "talk",
        "fear_of_movement",
        "Are you afraid that moving will harm you?",
        "being afraid of movement",
        PELVIC,
    ),
    _hold(
        "bone_stress",
        "Have you had a stress fracture or bone-stress injury?",
        "an earlier bone-stress injury",
        DOCTOR,
    ),
    _q(
        "talk",
        "high_bmi",
        "Is your body-mass index 30 or more?",
        "load on the pelvic floor and joints",
        MIDWIFE,
    ),
)
"""What matters and is routed to somebody, not scored."""

QUESTIONS: Final = (*URGENT, *PAUSE, *TALK)
QUESTION_IDS: Final = tuple(q.id for q in QUESTIONS)
DELIVERY_TOPICS: Final[dict[Delivery, str]] = {
    "vaginal": "",
    "assisted": "your assisted birth, and how the pelvic floor has healed",
    "caesarean": "your caesarean birth, and how the scar and belly have healed",
    "unknown": "",
}
"""What a kind of birth adds to the next conversation; it stops nothing by itself."""


class Answers(BaseModel):
    """What was answered; a question left out is unknown, not a no.

    Attributes
    ----------
    weeks_since_birth : float
    delivery : {"vaginal", "assisted", "caesarean", "unknown"}
    yes : tuple of str
        Ids answered yes.
    no : tuple of str
        Ids answered no.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    weeks_since_birth: Annotated[float, Field(ge=0, le=2000)]
    delivery: Delivery = "unknown"
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_and_distinct(self) -> Self:
        unknown = [i for i in (*self.yes, *self.no) if i not in QUESTION_IDS]
        both = set(self.yes) & set(self.no)
        if unknown or both:
            msg = f"unknown questions {unknown}, answered both ways {sorted(both)}"
            raise ValueError(msg)
        return self

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Ids of questions without an answer."""
        return tuple(i for i in QUESTION_IDS if i not in self.yes and i not in self.no)

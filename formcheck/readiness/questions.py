"""The questions of the screen, in the order asked.

Basis: Goom, Donnelly and Brockwell 2019 (expert opinion) for the symptoms that pause running;
general red flags for the urgent ones; Christopher et al. 2024 and Deering et al. 2024 (consensus)
for what is talked over. A "yes" never scores points: it names whom to see.
"""

from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Group = Literal["urgent", "pause", "talk"]

DOCTOR_NOW: Final = "a doctor or emergency services, now"
PELVIC: Final = "a pelvic-health physiotherapist or your doctor"
MIDWIFE: Final = "your midwife or doctor"
MENTAL: Final = "your doctor, midwife or health visitor"


class Question(BaseModel):
    """One yes/no question.

    Attributes
    ----------
    group : {"urgent", "pause", "talk"}
        What a "yes" leads to: care at once, a pause from running and a visit, or a conversation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    group: Group
    text: str
    see: str


def _q(group: Group, question_id: str, text: str, see: str) -> Question:
    return Question(id=question_id, group=group, text=text, see=see)


QUESTIONS: Final[tuple[Question, ...]] = (
    _q("urgent", "chest_pain", "Do you have chest pain?", DOCTOR_NOW),
    _q("urgent", "fainting", "Have you fainted, or do you feel you might?", DOCTOR_NOW),
    _q("urgent", "breathless_at_rest", "Are you short of breath while resting?", DOCTOR_NOW),
    _q("urgent", "calf", "Is one calf swollen or painful?", DOCTOR_NOW),
    _q(
        "urgent",
        "heavy_bleeding",
        "Do you have heavy bleeding, or has bright bleeding come back?",
        DOCTOR_NOW,
    ),
    _q(
        "urgent",
        "infection",
        "Do you have a fever, or a hot, red or weeping wound or breast?",
        DOCTOR_NOW,
    ),
    _q(
        "urgent", "headache", "Do you have a severe headache or a change in your sight?", DOCTOR_NOW
    ),
    _q("urgent", "self_harm", "Do you have thoughts of harming yourself?", DOCTOR_NOW),
    _q("pause", "leak_urine", "Do you leak urine?", PELVIC),
    _q(
        "pause",
        "leak_stool",
        "Do you leak stool or wind, or rush to the toilet in a way you can't hold?",
        PELVIC,
    ),
    _q(
        "pause",
        "heaviness",
        "Do you feel heaviness, pressure, dragging or a bulge in the vagina?",
        PELVIC,
    ),
    _q("pause", "prolapse", "Were you told that you have a prolapse of grade 2 or more?", PELVIC),
    _q(
        "pause",
        "abdominal_gap",
        "Does your belly dome, or is there a gap of more than 2 cm (about two fingers)?",
        PELVIC,
    ),
    _q(
        "pause",
        "girdle_pain",
        "Do you have pain at the back of the pelvis, the pubic bone, or down a leg?",
        PELVIC,
    ),
    _q("pause", "back_pain", "Do you have pelvic or low-back pain?", PELVIC),
    _q(
        "pause",
        "intercourse_bowel",
        "Do you have pain with intercourse, or difficulty emptying your bowel?",
        PELVIC,
    ),
    _q(
        "pause",
        "bleeding",
        "Do you bleed after exercise, or still bleed beyond 8 weeks (not a period)?",
        PELVIC,
    ),
    _q("talk", "scar_pain", "Does a caesarean or perineal scar hurt?", PELVIC),
    _q(
        "talk",
        "no_core_rehab",
        "Have you not yet done a month of deep-core, pelvic-floor and strength work?",
        PELVIC,
    ),
    _q(
        "talk",
        "breastfeeding",
        "Is breastfeeding or breast comfort a worry when you move?",
        MIDWIFE,
    ),
    _q("talk", "sleep", "Are you very short of sleep?", MIDWIFE),
    _q(
        "talk",
        "low_energy",
        "Are you low on energy, eating little, or missing periods you expected?",
        MIDWIFE,
    ),
    _q("talk", "mood", "Has your mood been low or anxious on most days?", MENTAL),
    _q("talk", "fear_of_movement", "Are you afraid that moving will harm you?", PELVIC),
    _q("talk", "bone_stress", "Have you had a stress fracture or bone-stress injury?", MIDWIFE),
    _q("talk", "high_bmi", "Is your body-mass index 30 or more?", MIDWIFE),
)
QUESTION_IDS: Final = tuple(q.id for q in QUESTIONS)


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
    delivery: Literal["vaginal", "assisted", "caesarean", "unknown"] = "unknown"
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

"""The stages of the plan, in order, each with what grows and how it is checked.

Order of the stages: the clinical practice that this project was asked to support. Rules of growth:
Deering et al. 2024 (consensus): change one parameter at a time, at most 10 % a week, stop and walk
when pelvic symptoms appear. The starting doses and goals are choices of this project, kept small;
a professional can change each of them.
"""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

MAX_RISE: Final = 0.10
"""Largest growth of one parameter in a week (87.1 % agreed, Deering et al. 2024 [S 85])."""

SOURCES: Final[tuple[str, ...]] = (
    "Deering et al. 2024, consensus [S 85]: change one parameter at a time (98.8 % agreed), at "
    "most 10 % a week (87.1 %), stop and walk when pelvic symptoms appear (86.9 %), no "
    "pre-packaged couch-to-5k (96.4 %).",
    "Christopher et al. 2024, consensus of 95 professionals [S 84]: at least 3 weeks of rest, then "
    "individual and graded.",
    "Goom, Donnelly and Brockwell 2019, expert opinion [S 86]: not before 3 months, nor while "
    "pelvic-floor symptoms persist; load and strength tests first.",
    "Order of the stages: clinical practice; doses: choices of this project, not of a study.",
)
GENERAL: Final = (
    "General guidance, not a treatment and no permission to run. Your own clinician's plan comes "
    "first; a symptom ends the session, whatever the plan says."
)
STOP_AND_WALK: Final = (
    "If you leak, feel heaviness or pain, or bleed: stop, walk home gently, note it here, and talk "
    "to a pelvic-health physiotherapist or your doctor before the next session."
)


class Parameter(BaseModel):
    """One thing that grows.

    Attributes
    ----------
    start, goal : float
        First value, and the value at which the stage's check is due.
    step : float
        Values are rounded down to this.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    label: str
    unit: Literal["minutes", "seconds", "repetitions"]
    start: float = Field(gt=0)
    goal: float = Field(gt=0)
    step: float = Field(gt=0)


class Check(BaseModel):
    """What is done before the next stage: a filmed test, a timed one, or a question.

    Attributes
    ----------
    tests : tuple of str
        Ids of tests; empty for a question.
    question : str
        Answered with yes or no; yes lets the next stage be tried.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    tests: tuple[str, ...] = ()
    question: str


class Stage(BaseModel):
    """One stage of the plan.

    Attributes
    ----------
    parameters : tuple of Parameter
        Raised one after the other, in this order.
    impact : bool
        Both feet leave the ground: only where nothing of the screen holds impact back.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    title: str
    how: tuple[str, ...]
    sessions_a_week: int
    parameters: tuple[Parameter, ...]
    check: Check
    impact: bool = False


def _p(
    parameter_id: str,
    label: str,
    unit: Literal["minutes", "seconds", "repetitions"],
    span: tuple[float, float],
    step: float,
) -> Parameter:
    return Parameter(
        id=parameter_id, label=label, unit=unit, start=span[0], goal=span[1], step=step
    )


STAGES: Final[tuple[Stage, ...]] = (
    Stage(
        id="breathing_core",
        title="Breathing and deep core",
        how=(
            "Lie or sit. Breathe in wide to the sides of the ribs; as you breathe out, lift the "
            "pelvic floor and draw the lower belly in gently; let go fully.",
            "Later: the same while you lift one heel, then one foot.",
        ),
        sessions_a_week=5,
        parameters=(_p("breathing_min", "Breathing and core a session", "minutes", (5, 8), 0.5),),
        check=Check(
            question=(
                "Can you breathe out, lift the pelvic floor and let it go again without holding "
                "your breath, and without the belly doming?"
            )
        ),
    ),
    Stage(
        id="crawling",
        title="Crawling",
        how=(
            "On hands and knees: rock to and fro, lift one hand, then opposite hand and knee.",
            "Then crawl slowly, forward and back, breathing all the time.",
        ),
        sessions_a_week=4,
        parameters=(_p("crawl_s", "Crawling a session", "seconds", (60, 120), 5),),
        check=Check(
            tests=("hip_hinge", "double_squat"),
            question="Did crawling, and the hip hinge and squat you filmed, bring nothing on?",
        ),
    ),
    Stage(
        id="hill_walking",
        title="Hill walking",
        how=(
            "Walk on the level first, then choose a way with a gentle hill, then a longer one.",
            "You can still talk in whole sentences.",
        ),
        sessions_a_week=4,
        parameters=(_p("walk_min", "Walking a session", "minutes", (20, 30), 1),),
        check=Check(
            tests=("walk_30_min", "single_leg_balance"),
            question=(
                "Did you walk for 30 minutes, and on the next morning there was nothing to note?"
            ),
        ),
    ),
    Stage(
        id="single_leg_strength",
        title="Lunges and single-leg strength",
        how=(
            "Lunges, single-leg squats to a chair, single-leg bridges, calf raises, side-lying leg "
            "raises; slowly, both sides.",
            "Breathe out on the way up. At least a month of this before running.",
        ),
        sessions_a_week=3,
        parameters=(_p("reps_a_side", "Repetitions of each, a side", "repetitions", (10, 20), 1),),
        check=Check(
            tests=(
                "lunge",
                "single_leg_squat",
                "calf_raise",
                "single_leg_bridge",
                "side_lying_abduction",
                "single_leg_sit_to_stand",
                "single_leg_running_man",
            ),
            question=(
                "Have you done this for at least a month, filmed the strength tests on both legs, "
                "and noted nothing on the mornings after?"
            ),
        ),
    ),
    Stage(
        id="walk_run",
        title="Walk and run in turns",
        how=(
            "Walk 5 minutes first. Then run easily for the time below, walk 2 minutes, and repeat "
            "until the session's running time is done; walk 5 minutes at the end.",
            "Level ground or treadmill, every other day at most.",
        ),
        sessions_a_week=3,
        parameters=(
            _p("run_total_min", "Running in a session, in all", "minutes", (5, 15), 0.5),
            _p("run_bout_s", "Running at a time", "seconds", (60, 300), 5),
        ),
        check=Check(
            tests=("jog_on_spot", "hop_in_place", "treadmill_run"),
            question=(
                "Did you film jogging on the spot, hops and a run, and was there nothing to note "
                "after them or on the next morning?"
            ),
        ),
        impact=True,
    ),
    Stage(
        id="easy_run",
        title="Easy running without a break",
        how=(
            "Run easily, at a pace at which you can talk; walk whenever you like.",
            "Longer first; faster or hillier only when the time has stayed the same for a week.",
        ),
        sessions_a_week=3,
        parameters=(_p("run_min", "Running in a session", "minutes", (10, 30), 0.5),),
        check=Check(
            tests=("treadmill_run", "hallway_run"),
            question="Did you film a run, and was there nothing to note on the next morning?",
        ),
        impact=True,
    ),
)
STAGE_IDS: Final = tuple(s.id for s in STAGES)


def stage_of(stage_id: str) -> Stage:
    """Return a stage by its id.

    Raises
    ------
    KeyError
        If there is none.
    """
    return STAGES[STAGE_IDS.index(stage_id)] if stage_id in STAGE_IDS else _missing(stage_id)


def _missing(stage_id: str) -> Stage:
    msg = f"no stage {stage_id!r}; there are: {', '.join(STAGE_IDS)}"
    raise KeyError(msg)

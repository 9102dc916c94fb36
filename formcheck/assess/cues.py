"""What to try: one cue and one drill per finding, with the evidence and the change to expect.

Only what a study behind it, or a trade-off that is said, supports. No measure has a cue for the
middle, and none where no study tells which way is better.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One thing to think of and one exercise.

    Attributes
    ----------
    cue : str
        One thing to think of.
    drill : str
        One exercise.
    expect : str
        The size of change that a study saw or that a clip can show, and when to film again.
    source : str
        S-numbers in measures.md and evidence.md.
    """

    cue: str
    drill: str
    expect: str
    source: str


_STEPS_CUE: Final = (
    "If you like, take slightly quicker, shorter steps: about 5 in 100 more per minute, same speed."
)
_STEPS_DRILL: Final = "Run 30 seconds to a metronome at that pace, walk 30 seconds; 6 times."
_MIRROR_CUE: Final = "Keep your waistband level and your knees a little apart."
_STEP_DOWN: Final = "Step down slowly from a low box in front of a mirror, 2 x 8 on each leg."
_KNEE_LINE: Final = Cue(
    cue="Point your kneecap over your second toe and sit back.",
    drill=_STEP_DOWN,
    expect="Film again in 2 to 4 weeks, squatting as deep; a change beyond 9 degrees is real.",
    source="S 50, S 120",
)
_RUN_TALL: Final = Cue(
    cue="Run tall, with your breastbone over the middle of the belt.",
    drill="Side plank, 3 x 20 seconds on each side.",
    expect="No trial tells how much this changes; film again in 2 to 4 weeks and see.",
    source="measures.md 1.1 and 1.2",
)
_TALL_CHEST: Final = Cue(
    cue="Try a tall chest: the hips work a little less, the knees a little more.",
    drill="Run 30 seconds tall, 30 seconds as you like; 6 times.",
    expect="Film again in 2 to 4 weeks; it is a trade-off, not a correction.",
    source="S 115",
)
_LEAN_A_LITTLE: Final = Cue(
    cue="Try leaning a little more from the ankles: the knees work a little less, the hips more.",
    drill="Run 30 seconds leaning a little, 30 seconds as you like; 6 times.",
    expect=(
        "In a study 7 degrees more lowered the load on the kneecap by 6 percent. Film again in 2 "
        "to 4 weeks."
    ),
    source="S 115",
)

CUES: Final[Mapping[str, Cue]] = {
    "pelvic_drop:high": Cue(
        cue=_STEPS_CUE,
        drill=_STEP_DOWN,
        expect=(
            "In a study 10 percent more steps lowered the drop by about 3 degrees; film again in 2 "
            "to 4 weeks, 3 degrees is what a clip can show."
        ),
        source="S 111, S 2",
    ),
    "pelvic_drop:asymmetry": Cue(
        cue=_MIRROR_CUE,
        drill=_STEP_DOWN,
        expect="Film again in 2 to 4 weeks; 3 degrees is what a clip can show.",
        source="S 50, S 2",
    ),
    "cadence:low": Cue(
        cue=_STEPS_CUE,
        drill=_STEPS_DRILL,
        expect=(
            "For every 5 strides a minute more, the foot lands about 6 percent nearer under the "
            "hip. Film again in 2 to 4 weeks."
        ),
        source="S 63, S 129",
    ),
    "knee_flexion_at_contact:low": Cue(
        cue=_STEPS_CUE,
        drill=_STEPS_DRILL,
        expect=(
            "In a study 10 percent more steps bent the knee 2 degrees more at landing. Film again "
            "in 2 to 4 weeks."
        ),
        source="S 45",
    ),
    "vertical_oscillation:high": Cue(
        cue=_STEPS_CUE,
        drill=_STEPS_DRILL,
        expect="In a study quicker steps made the bounce smaller. Film again in 2 to 4 weeks.",
        source="S 45, S 145",
    ),
    "trunk_side_lean:high": _RUN_TALL,
    "trunk_side_lean:asymmetry": _RUN_TALL,
    "trunk_side_lean_peak:high": _RUN_TALL,
    "trunk_side_lean_peak:asymmetry": _RUN_TALL,
    "trunk_forward_lean:high": _TALL_CHEST,
    "trunk_forward_lean:low": _LEAN_A_LITTLE,
    "trunk_forward_lean_peak:high": _TALL_CHEST,
    "trunk_forward_lean_peak:low": _LEAN_A_LITTLE,
    "step_width_pct_leg:low": Cue(
        cue="Run on either side of a line, no wider than your hips.",
        drill="Run 30 seconds along a line, 30 seconds as you like; 6 times.",
        expect="Shown in studies of the movement only. Film again in 2 to 4 weeks.",
        source="S 117, S 126",
    ),
    "squat_valgus:high": _KNEE_LINE,
    "squat_valgus:asymmetry": _KNEE_LINE,
    "knee_line:asymmetry": _KNEE_LINE,
}
"""By measure and direction; ``asymmetry`` where left and right differ."""

"""One table for all words about the movement: what is seen, one cue, one drill, and their source.

Runner copy: second person, present tense, short words, about what the video shows. ``clinical``
says the same to a physiotherapist. Placeholders: {side} {other} {value} {half} {low} {high} {more}
{difference} {signed} {inward}. The words for the clip itself are in :mod:`formcheck.quality.texts`;
both make :data:`TEXT_TABLE`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from formcheck.quality.texts import QUALITY_TEXTS, Copy
from formcheck.registry import MEASURES


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementText:
    """Words for one finding about the movement.

    Attributes
    ----------
    runner, clinical : str
        The finding.
    cue : str
        One thing to think of while running; empty where no cue has evidence.
    drill : str
        One exercise.
    source : str
        S-number in measures.md for cue or drill.
    """

    runner: str
    clinical: str
    cue: str = ""
    drill: str = ""
    source: str = ""


_KNEE_CONTACT = (
    "Knee flexion at initial contact, {side}: {value} +/- {half} deg; {low}-{high} in S 45."
)
_KNEE_PEAK = "Peak knee flexion in stance, {side}: {value} +/- {half} deg; {low}-{high} in S 45."
_STEPS_CUE = "Take slightly quicker, shorter steps: about 5 in 100 more per minute, same speed."
_STEPS_DRILL = "Run 30 seconds to a metronome at that pace, walk 30 seconds; 6 times."
_MIRROR_CUE = "Keep your waistband level and your knees a little apart."
_STEP_DOWN = "Step down slowly from a low box in front of a mirror, 2 x 8 on each leg."
_SQUAT_CUE = "Point your kneecap over your second toe and sit back."

MOVEMENT_TEXTS: Final[Mapping[str, MovementText]] = {
    "pelvic_drop:value": MovementText(
        runner=(
            "When your {side} foot is down, the {other} side of your pelvis drops about {value} "
            "degrees (give or take {half})."
        ),
        clinical="Peak contralateral pelvic drop, {side} stance: {value} +/- {half} deg.",
    ),
    "pelvic_drop:asymmetry": MovementText(
        runner=(
            "Your pelvis drops about {difference} degrees more when your {more} foot is down than "
            "on the other side. Small differences are normal."
        ),
        clinical="Pelvic drop right minus left: {signed} +/- {half} deg (usual: within 3).",
        cue=_MIRROR_CUE,
        drill=_STEP_DOWN,
        source="S 50",
    ),
    "trunk_rotation:value": MovementText(
        runner=(
            "Your shoulders turn about {value} degrees in all with each stride (give or take "
            "{half})."
        ),
        clinical="Shoulder line, peak-to-peak axial rotation per stride: {value} +/- {half} deg.",
    ),
    "knee_flexion_at_contact:value": MovementText(
        runner="You land with your {side} knee bent about {value} degrees (give or take {half}).",
        clinical="Knee flexion at initial contact, {side}: {value} +/- {half} deg.",
    ),
    "knee_flexion_at_contact:low": MovementText(
        runner=(
            "You land with your {side} knee bent about {value} degrees (give or take {half}). In "
            "one study most runners landed with {low} to {high}."
        ),
        clinical=_KNEE_CONTACT,
        cue=_STEPS_CUE,
        drill=_STEPS_DRILL,
        source="S 45, S 51",
    ),
    "knee_flexion_at_contact:high": MovementText(
        runner=(
            "You land with your {side} knee bent about {value} degrees (give or take {half}), more "
            "than the {low} to {high} of one study."
        ),
        clinical=_KNEE_CONTACT,
    ),
    "peak_knee_flexion_stance:value": MovementText(
        runner=(
            "While your {side} foot is down, your knee bends to about {value} degrees (give or "
            "take {half})."
        ),
        clinical="Peak knee flexion in stance, {side}: {value} +/- {half} deg.",
    ),
    "peak_knee_flexion_stance:high": MovementText(
        runner=(
            "While your {side} foot is down, your knee bends to about {value} degrees (give or "
            "take {half}). In one study most runners stayed between {low} and {high}."
        ),
        clinical=_KNEE_PEAK,
        cue=_STEPS_CUE,
        drill=_STEPS_DRILL,
        source="S 45",
    ),
    "peak_knee_flexion_stance:low": MovementText(
        runner=(
            "While your {side} foot is down, your knee bends to about {value} degrees (give or "
            "take {half}). In one study most runners reached {low} to {high}."
        ),
        clinical=_KNEE_PEAK,
        cue="Land with a soft knee and quiet feet.",
        drill="Jog 30 seconds as quietly as you can, then 30 seconds as you like; 4 times.",
        source="S 56, S 59",
    ),
    "squat_valgus:value": MovementText(
        runner=(
            "At the bottom of the squat your {side} knee is about {value} degrees {inward} of the "
            "line from hip to ankle (give or take {half})."
        ),
        clinical="2D knee line (FPPA), {side}, deepest point: {signed} +/- {half} deg.",
    ),
    "squat_valgus:asymmetry": MovementText(
        runner=(
            "At the bottom of the squat your {more} knee goes about {difference} degrees further "
            "inward than the other one. Small differences are normal."
        ),
        clinical="2D knee line (FPPA) right minus left: {signed} +/- {half} deg (usual: within 3).",
        cue=_SQUAT_CUE,
        drill=_STEP_DOWN,
        source="S 50",
    ),
    "landing_softness:value": MovementText(
        runner=(
            "Landing softness on the {side} is about {value} of 100 (give or take {half}); 50 is a "
            "typical landing. It describes how you land in this clip, nothing more."
        ),
        clinical=(
            "Landing softness index, {side}: {value} +/- {half} (50 = reference). An estimate "
            "from timing and posture; compare within one person only."
        ),
    ),
    "cadence:value": MovementText(
        runner="You take about {value} steps a minute (give or take {half}).",
        clinical="Cadence {value} +/- {half} steps/min.",
    ),
    "trunk_side_lean:asymmetry": MovementText(
        runner=(
            "Your upper body leans about {difference} degrees more toward your {more} leg than to "
            "the other side. Small differences are normal."
        ),
        clinical="Lateral trunk lean right minus left: {signed} +/- {half} deg (usual: within 3).",
        cue="Run tall, with your breastbone over the middle of the belt.",
        drill="Side plank, 3 x 20 seconds on each side.",
        source="measures.md 1.1 and 1.2",
    ),
    "rep_count:value": MovementText(
        runner="You did {value} complete {repetitions}{on_leg}.",
        clinical="{value} complete {repetitions}, {side}.",
    ),
    "hold_time:value": MovementText(
        runner="You stood on your {side} leg for about {value} seconds.",
        clinical="Longest hold, {side}: {value} s.",
    ),
    "hop_height:value": MovementText(
        runner="Your hops on the {side} are about {value} cm high (give or take {half}).",
        clinical="Hop height from flight time, {side}: {value} +/- {half} cm.",
    ),
    "trunk_lean_peak:value": MovementText(
        runner=(
            "In each repetition your upper body leans forward by up to about {value} degrees (give "
            "or take {half})."
        ),
        clinical="Forward trunk lean, largest, {side}: {value} +/- {half} deg.",
    ),
    "trunk_to_shank:value": MovementText(
        runner=(
            "At the deepest point your upper body leans about {value} degrees further forward than "
            "your shin (give or take {half}); 0 is side by side."
        ),
        clinical="Trunk minus shank inclination at depth: {signed} +/- {half} deg.",
    ),
    "knee_line:value": MovementText(
        runner=(
            "At the deepest point your {side} knee is about {value} degrees {inward} of the line "
            "from hip to ankle (give or take {half})."
        ),
        clinical="2D knee line (FPPA), {side}, deepest point: {signed} +/- {half} deg.",
    ),
    "knee_line:asymmetry": MovementText(
        runner=(
            "At the deepest point your {more} knee goes about {difference} degrees further inward "
            "than the other one. Small differences are normal."
        ),
        clinical="2D knee line (FPPA) right minus left: {signed} +/- {half} deg (usual: within 3).",
        cue=_SQUAT_CUE,
        drill=_STEP_DOWN,
        source="S 50",
    ),
    "thigh_swing:value": MovementText(
        runner=(
            "Standing on your {side} leg, the other thigh swings through about {value} degrees "
            "(give or take {half})."
        ),
        clinical="Free thigh swing, {side} stance: {value} +/- {half} deg.",
    ),
    "hip_rise:value": MovementText(
        runner="With your {side} foot down, your trunk rises by about {value} degrees (give or "
        "take {half}).",
        clinical="Single-leg bridge, {side}: trunk rise {value} +/- {half} deg.",
    ),
    "leg_raise:value": MovementText(
        runner="You raise your {side} leg by about {value} degrees (give or take {half}).",
        clinical="Side-lying leg raise, {side}: {value} +/- {half} deg.",
    ),
    "rep_fade:value": MovementText(
        runner=(
            "Your last three repetitions{on_leg} go about {value} percent as far as the first "
            "three (give or take {half})."
        ),
        clinical="Last three against first three repetitions, {side}: {value} +/- {half} %.",
    ),
    "touch_downs:value": MovementText(
        runner="While you stood on your {side} leg, the other foot came down {value} times.",
        clinical="Touch-downs, {side} stance: {value}.",
    ),
    "squat_depth:value": MovementText(
        runner=(
            "Your {knee_bends} to about {value} degrees at the deepest point (give or take {half})."
        ),
        clinical="Knee flexion at the deepest point, {side}: {value} +/- {half} deg.",
    ),
}

HEADLINES: Final[Mapping[str, str]] = {
    "nothing_measured": "This clip could not be measured. {why}",
    "only_rough": "This clip gives rough values only, shown without a verdict. {why}",
    "nothing_stands_out": (
        "Nothing stands out in this clip: {measured} measured, {withheld} not measured."
    ),
    "symptoms": (
        "How you feel comes first: with leaking, heaviness, pain or bleeding, stop and see a "
        "pelvic-health physiotherapist or your doctor."
    ),
    "limits": (
        "Estimates from one camera. They describe movement in this clip and say nothing about "
        "health."
    ),
}

CHANGE_TEXTS: Final[Mapping[str, str]] = {
    "changed": "changed, by more than the measurement error",
    "maybe": "may have changed; film once more to be sure",
    "no clear change": "no clear change: the difference is inside the measurement error",
    "can't compare": "can't compare",
    "other_view": "filmed from another view ({a} and {b})",
    "other_surface": "one is on a treadmill, the other over ground",
    "other_rate": "filmed at different frame rates ({a} and {b} per second)",
    "other_speed": "the speeds differ ({a} and {b} m/s)",
    "other_source": "read from stickers in one of the two clips only",
    "not_sure": "one of the two values is uncertain",
    "not_measured": "not measured in one of the two clips",
}

TEXT_TABLE: Final[Mapping[str, Copy]] = {
    **QUALITY_TEXTS,
    **{
        key: Copy(t.runner, t.clinical, " ".join(p for p in (t.cue, t.drill) if p))
        for key, t in MOVEMENT_TEXTS.items()
    },
    **{f"headline:{key}": Copy(text, text) for key, text in HEADLINES.items()},
    **{f"change:{key}": Copy(text, text) for key, text in CHANGE_TEXTS.items()},
}


def title_of(measure_id: str) -> str:
    """Return the plain title of a measure, or its id if it is not known."""
    return MEASURES[measure_id].title if measure_id in MEASURES else measure_id


def shown(value: float, unit: str) -> str:
    """Round as far as the measurement carries: whole degrees, times to 5 ms, cadence to 1.

    Parameters
    ----------
    value : float
    unit : str

    Returns
    -------
    str
    """
    if unit == "ms":
        return f"{5 * round(value / 5):.0f}"
    if unit in ("s", "m/s"):
        return f"{value:.1f}"
    return f"{value:.0f}" if abs(value) >= 0.5 else "0"


def shown_half(low: float, high: float, unit: str) -> str:
    """Write half the width of an interval, never less than one rounding step."""
    step = {"ms": 5.0, "s": 0.1, "m/s": 0.1}.get(unit, 1.0)
    return shown(max((high - low) / 2, step), unit)

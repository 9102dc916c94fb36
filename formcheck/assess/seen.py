"""What is seen of each measure, in words for a runner and for a physiotherapist.

Placeholders: {side} {other} {value} {half} {more} {difference} {signed} {inward} {toward}
{forward} {apart} {on_leg} {knee_bends} {repetitions}.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class MovementText:
    """Words for what is seen, to a runner and to a physiotherapist."""

    runner: str
    clinical: str


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
            "on the other side."
        ),
        clinical="Pelvic drop right minus left: {signed} +/- {half} deg.",
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
    "peak_knee_flexion_stance:value": MovementText(
        runner=(
            "While your {side} foot is down, your knee bends to about {value} degrees (give or "
            "take {half})."
        ),
        clinical="Peak knee flexion in stance, {side}: {value} +/- {half} deg.",
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
            "inward than the other one."
        ),
        clinical="2D knee line (FPPA) right minus left: {signed} +/- {half} deg.",
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
            "the other side."
        ),
        clinical="Lateral trunk lean right minus left: {signed} +/- {half} deg.",
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
            "than the other one."
        ),
        clinical="2D knee line (FPPA) right minus left: {signed} +/- {half} deg.",
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
    "trunk_side_lean:value": MovementText(
        runner=(
            "While your {side} foot is down, your upper body leans about {value} degrees {toward} "
            "that leg (give or take {half})."
        ),
        clinical="Lateral trunk lean, mean of {side} stance: {signed} +/- {half} deg.",
    ),
    "trunk_side_lean_peak:value": MovementText(
        runner=(
            "While your {side} foot is down, your upper body leans by up to about {value} degrees "
            "{toward} that leg (give or take {half})."
        ),
        clinical="Lateral trunk lean, peak of {side} stance: {signed} +/- {half} deg.",
    ),
    "trunk_forward_lean:value": MovementText(
        runner="You lean {forward} by about {value} degrees as you run (give or take {half}).",
        clinical="Forward trunk lean, mean of the stride: {signed} +/- {half} deg.",
    ),
    "trunk_forward_lean_peak:value": MovementText(
        runner=(
            "While a foot is down, you lean {forward} by up to about {value} degrees (give or take "
            "{half})."
        ),
        clinical="Forward trunk lean, peak of stance: {signed} +/- {half} deg.",
    ),
    "knee_excursion:value": MovementText(
        runner=(
            "From landing to its deepest bend your {side} knee gives by about {value} degrees "
            "(give or take {half})."
        ),
        clinical="Knee flexion excursion in stance, {side}: {value} +/- {half} deg.",
    ),
    "contact_time:value": MovementText(
        runner=(
            "Your {side} foot stays down for about {value} thousandths of a second (give or take "
            "{half})."
        ),
        clinical="Contact time, {side}: {value} +/- {half} ms.",
    ),
    "flight_time:value": MovementText(
        runner=(
            "After your {side} foot leaves the ground you are in the air for about {value} "
            "thousandths of a second (give or take {half})."
        ),
        clinical="Flight time after {side} stance: {value} +/- {half} ms.",
    ),
    "duty_factor:value": MovementText(
        runner=(
            "Your {side} foot is down for about {value} percent of each stride (give or take "
            "{half})."
        ),
        clinical="Duty factor, {side}: {value} +/- {half} %.",
    ),
    "vertical_oscillation:value": MovementText(
        runner="Your hips go up and down by about {value} cm (give or take {half}).",
        clinical="Vertical oscillation of the mid-hip: {value} +/- {half} cm.",
    ),
    "step_width_pct_leg:value": MovementText(
        runner=(
            "Your feet land about {value} percent of your leg's length {apart} (give or take "
            "{half})."
        ),
        clinical="Step width: {signed} +/- {half} % of leg length.",
    ),
    "squat_depth:value": MovementText(
        runner=(
            "Your {knee_bends} to about {value} degrees at the deepest point (give or take {half})."
        ),
        clinical="Knee flexion at the deepest point, {side}: {value} +/- {half} deg.",
    ),
}

ANY_DIFFERENCE: Final = MovementText(
    runner="{title}: about {difference}{unit} more on the {more} side (give or take {half}).",
    clinical="{title}, right minus left: {signed} +/- {half}{short_unit}.",
)
"""For measures whose difference has no words of its own."""

"""Hip hinge."""

from formcheck.keypoints import View
from formcheck.protocols._words import COUNTING, SIDE, WHOLE
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "hip_hinge",
    Protocol(
        id="hip_hinge",
        title="Hip hinge",
        views=(View.SIDE,),
        detector="hinge",
        measures=("trunk_lean_peak", "trunk_to_shank", "squat_depth", "rep_count", "rep_time"),
        how_to_film=(
            SIDE,
            (
                "Feet hip-wide, knees soft. Send the hips back and lean forward with a long back,"
                " then stand up; five times, slowly."
            ),
            WHOLE,
        ),
        purpose="Whether the hips fold with little help from the knees, as in lifting a child.",
        target="5",
        quality=(
            "how far the trunk leans",
            "trunk against shin",
            "how much the knees bend with it",
        ),
        limits=("A phone sees where shoulders and hips are, not how the back is curved.", COUNTING),
        reach={"squat_depth": (-8.0, 90.0)},  # knees that hardly bend are the aim here
    ),
)

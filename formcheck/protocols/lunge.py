"""Lunge."""

from formcheck.keypoints import View
from formcheck.protocols._words import COUNTING, WHICH_LEG, WHOLE
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "lunge",
    Protocol(
        id="lunge",
        title="Lunge, 5 on each leg",
        views=(View.SIDE, View.FRONT),
        detector="lunge",
        measures=("squat_depth", "trunk_lean_peak", "knee_line", "rep_count", "rep_time"),
        how_to_film=(
            (
                "Phone upright on something at hip height, about 3 m away, from the side of the "
                "front leg (or from the front)."
            ),
            (
                "Stand with one foot a long step ahead. Sink straight down and come up, five "
                "times; then change legs."
            ),
            WHOLE,
        ),
        purpose="Strength and steadiness of one leg in front of the other.",
        target="5 on each leg",
        quality=(
            "bend of the front knee and lean of the trunk (side)",
            "where the front knee goes (front)",
        ),
        limits=(
            "The back leg is hidden in part; only the front leg is measured.",
            "Film lunges on the spot: with steps to and fro the feet move and nothing is counted.",
            WHICH_LEG,
            COUNTING,
        ),
    ),
)

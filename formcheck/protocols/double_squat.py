"""Squat on both legs."""

from formcheck.keypoints import View
from formcheck.protocols._words import COUNTING, SIDE_OR_FRONT
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "double_squat",
    Protocol(
        id="double_squat",
        title="Squat on both legs",
        views=(View.SIDE, View.FRONT),
        detector="squat",
        measures=(
            "squat_depth",
            "trunk_lean_peak",
            "trunk_to_shank",
            "knee_line",
            "hip_shift",
            "rep_count",
            "rep_time",
        ),
        how_to_film=(
            SIDE_OR_FRONT,
            "Feet hip-wide, five slow squats from standing to standing.",
            "Whole body in the picture, toes pointing at the phone in a front view.",
        ),
        purpose="How the body folds with two legs, before the single-leg squat.",
        target="5, from the side and from the front",
        quality=(
            "how deep, and trunk against shin (side)",
            "where the knees go, and whether the hips shift (front)",
        ),
        limits=(
            "One view shows half of it: film both.",
            "From the front, depth is a rough guess.",
            COUNTING,
        ),
    ),
)

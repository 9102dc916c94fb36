"""Squat on both legs."""

from formcheck.keypoints import View
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "double_squat",
    Protocol(
        id="double_squat",
        title="Squat on both legs",
        views=(View.SIDE, View.FRONT),
        detector="squat",
        measures=("rep_count", "rep_time", "squat_depth"),
        how_to_film=(
            "Phone upright on something at hip height, about 3 m away, from the side or the front.",
            "Feet hip-wide, five slow squats from standing to standing.",
            "Whole body in the picture.",
        ),
        purpose="Count, tempo and depth, before the single-leg squat.",
    ),
)

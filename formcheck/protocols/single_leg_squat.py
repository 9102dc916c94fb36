"""Single-leg squat."""

from formcheck.keypoints import View
from formcheck.protocols._words import COUNTING
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "single_leg_squat",
    Protocol(
        id="single_leg_squat",
        title="Single-leg squat, 10 on each leg",
        views=(View.FRONT,),
        detector="squat",
        measures=(
            "squat_valgus",
            "squat_depth",
            "trunk_side_lean",
            "rep_count",
            "rep_time",
            "rep_fade",
        ),
        how_to_film=(
            "Phone straight in front at knee height, about 3 m away, upright on something.",
            "Stand on one leg, toes pointing at the phone; a strip of tape helps to stay square.",
            (
                "Bend to about 60 degrees and come up again, slowly, up to 10 times; then the "
                "other leg."
            ),
            "Whole body in the picture, fitted clothes, bright light.",
        ),
        purpose="Where the knee and trunk go when one leg carries you.",
        target="10 on each leg",
        quality=(
            "where the knee goes",
            "how far the trunk leans",
            "how deep, and whether that fades",
        ),
        limits=(
            "The pelvis does not show in a squat: its drop is measured in running only.",
            "From the front, depth is a rough guess.",
            "A foot turned by 10 degrees reads as 12 degrees of knee line.",
            COUNTING,
        ),
    ),
)

"""Single-leg squat."""

from formcheck.keypoints import View
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "single_leg_squat",
    Protocol(
        id="single_leg_squat",
        title="Single-leg squat",
        views=(View.FRONT,),
        detector="squat",
        measures=(
            "squat_valgus",
            "squat_depth",
            "pelvic_drop",
            "trunk_side_lean",
            "rep_count",
            "rep_time",
        ),
        how_to_film=(
            "Phone straight in front at knee height, about 3 m away, upright on something.",
            "Stand on one leg, toes pointing at the phone; a strip of tape helps to stay square.",
            "Bend to about 60 degrees and come up again, 3 to 5 times, slowly; then the other leg.",
            "Whole body in the picture, fitted clothes, bright light.",
        ),
        purpose="Where the knee, pelvis and trunk go when one leg carries you.",
    ),
)

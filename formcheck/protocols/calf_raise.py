"""Calf raises."""

from formcheck.keypoints import View
from formcheck.protocols._words import COUNTING, STRENGTH, WHICH_LEG
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "calf_raise",
    Protocol(
        id="calf_raise",
        title="Single-leg calf raise, up to 20",
        views=(View.SIDE,),
        detector="lift",
        measures=("rep_count", "rep_time", "heel_rise_height", "rep_fade"),
        how_to_film=(
            "Phone upright on something at knee height, 2 to 3 m away, exactly from the side.",
            (
                "Stand on the leg nearer the phone; rise as high as you can and come down, up to "
                "20 times."
            ),
            "Feet and head stay in the picture; a light touch on the wall is fine.",
        ),
        purpose=STRENGTH,
        target="20 on each leg",
        quality=("how many", "how the height fades from the first to the last"),
        limits=(
            "A raise counts from 70 percent of the first three on.",
            "Height is told against your own first raises, not in cm.",
            WHICH_LEG,
            COUNTING,
        ),
    ),
)

"""Calf raises."""

from formcheck.keypoints import View
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "calf_raise",
    Protocol(
        id="calf_raise",
        title="Single-leg calf raise, up to 20",
        views=(View.SIDE,),
        detector="lift",
        measures=("rep_count", "rep_time", "heel_rise_height"),
        how_to_film=(
            "Phone upright on something at knee height, 2 to 3 m away, exactly from the side.",
            "Stand on the leg nearer the phone; rise as high as you can and come down, up to 20 "
            "times.",
            "Feet and head stay in the picture; a light touch on the wall is fine.",
        ),
        purpose="A strength test of the return-to-running screen: count, and how the height fades.",
    ),
)

"""Single-leg running man."""

from formcheck.keypoints import View
from formcheck.protocols._words import COUNTING, SIDE, WHICH_LEG, WHOLE
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "single_leg_running_man",
    Protocol(
        id="single_leg_running_man",
        title="Single-leg running man, 10 on each leg",
        views=(View.SIDE,),
        detector="running_man",
        measures=("rep_count", "thigh_swing", "trunk_lean_peak", "rep_time", "rep_fade"),
        how_to_film=(
            SIDE,
            (
                "Stand on one leg with the other knee up in front. Swing that leg back as you "
                "lean forward, then up again, up to 10 times; then the other leg."
            ),
            "Arms go as in running. If the foot touches the floor, go on.",
            WHOLE,
        ),
        purpose="A load test of the return-to-running screen: the swing of running, on one leg.",
        target="10 on each leg",
        quality=("how far the free leg swings, and whether that fades", "how far the trunk leans"),
        limits=(
            "The knee line does not show from the side.",
            WHICH_LEG,
            COUNTING,
        ),
    ),
)

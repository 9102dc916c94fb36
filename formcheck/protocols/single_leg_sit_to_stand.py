"""Single-leg sit-to-stand."""

from formcheck.keypoints import View
from formcheck.protocols._words import COUNTING, SIDE_OR_FRONT
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "single_leg_sit_to_stand",
    Protocol(
        id="single_leg_sit_to_stand",
        title="Single-leg sit-to-stand, up to 20",
        views=(View.SIDE, View.FRONT),
        detector="rise",
        measures=("rep_count", "rep_time", "trunk_lean_peak", "knee_line", "rep_fade"),
        how_to_film=(
            SIDE_OR_FRONT,
            (
                "Sit on a chair of knee height, the foot nearer the phone on the floor, the other"
                " leg out in front. Stand up on one leg and sit down, up to 20 times; then the "
                "other leg."
            ),
            "Arms crossed; say so to your physio if you needed a hand.",
            "Whole body in the picture.",
        ),
        purpose="A strength test of the return-to-running screen: count, tempo, and how it fades.",
        target="20 on each leg",
        quality=(
            "how many, and how fast",
            "how far the trunk leans on the way up (side)",
            "where the knee goes (front)",
        ),
        limits=(
            "Whether a hand helped does not show: note it yourself.",
            (
                "From the side, the leg nearer the phone is taken to be the one that works, with "
                "doubt: say which leg it is, or you are asked for it."
            ),
            COUNTING,
        ),
    ),
)

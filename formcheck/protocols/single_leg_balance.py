"""Standing on one leg."""

from formcheck.keypoints import View
from formcheck.protocols._words import FRONT
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "single_leg_balance",
    Protocol(
        id="single_leg_balance",
        title="Stand on one leg, 10 seconds each",
        views=(View.FRONT, View.REAR),
        detector="hold",
        measures=("hold_time", "touch_downs", "sway"),
        how_to_film=(
            FRONT,
            "Start on both feet, lift one foot for ten seconds, put it down; then the other.",
            "If the foot touches the floor, lift it again at once and go on.",
            (
                "Whole body in the picture. Give your standing height, so that sway can be told "
                "in cm."
            ),
        ),
        purpose="A load test of the return-to-running screen: time on one leg, and sway.",
        target="10 seconds on each leg",
        quality=(
            "how long the longest hold lasts",
            "how often the foot touches down",
            "how far the hips wander sideways",
        ),
        limits=(
            "A foot that hangs less than about 7 cm over the floor looks as if it were down.",
            "Sway is sideways only, and needs your height as a scale.",
        ),
    ),
)

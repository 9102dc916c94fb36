"""Standing on one leg."""

from formcheck.keypoints import View
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "single_leg_balance",
    Protocol(
        id="single_leg_balance",
        title="Stand on one leg, 10 seconds each",
        views=(View.FRONT, View.REAR),
        detector="hold",
        measures=("hold_time", "sway"),
        how_to_film=(
            "Phone upright on something at hip height, about 3 m away, straight in front.",
            "Start on both feet, lift one foot for ten seconds, put it down; then the other.",
            "Whole body in the picture.",
        ),
        purpose="A load test of the return-to-running screen: time on one leg, and sway.",
    ),
)

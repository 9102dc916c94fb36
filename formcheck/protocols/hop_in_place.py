"""Hopping in place on one leg."""

from formcheck.keypoints import View
from formcheck.protocols._words import SIDE_OR_FRONT, WHICH_LEG
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "hop_in_place",
    Protocol(
        id="hop_in_place",
        title="Hop in place, 10 on each leg",
        views=(View.SIDE, View.FRONT),
        detector="hop",
        measures=(
            "rep_count",
            "hop_height",
            "hop_contact_time",
            "landing_softness",
            "peak_knee_flexion_stance",
            "knee_line",
        ),
        how_to_film=(
            SIDE_OR_FRONT,
            "Hop ten times on one leg on the spot, then film the other leg.",
            "Feet and head stay in the picture; 60 frames per second or more.",
        ),
        purpose="A load test of the return-to-running screen: count, height and rhythm.",
        target="10 on each leg",
        quality=(
            "how many, how high, how long on the ground",
            "bend of the knee at landing (side)",
            "where the knee goes (front)",
        ),
        limits=(
            "A landing is counted, not a take-off: the first push from standing is none.",
            WHICH_LEG,
            "Height comes from the time in the air.",
        ),
    ),
)

"""Hopping in place on one leg."""

from formcheck.keypoints import View
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
        ),
        how_to_film=(
            "Phone upright on something at hip height, about 3 m away, from the side or the front.",
            "Hop ten times on one leg on the spot, then film the other leg.",
            "Feet and head stay in the picture; 60 frames per second or more.",
        ),
        purpose="A load test of the return-to-running screen: count, height and rhythm.",
    ),
)

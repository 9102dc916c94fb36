"""Forward bounds."""

from formcheck.keypoints import View
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "forward_bounds",
    Protocol(
        id="forward_bounds",
        title="Forward bounds, 10",
        views=(View.SIDE,),
        detector="bound",
        measures=(
            "rep_count",
            "knee_flexion_at_contact",
            "peak_knee_flexion_stance",
            "landing_softness",
        ),
        how_to_film=(
            "Phone sideways on something at hip height, 5 m away or more, exactly from the side.",
            (
                "Bound forward from one foot to the other, ten times in several passes if the "
                "room is short."
            ),
            "Feet and head stay in the picture; 60 frames per second or more.",
        ),
        purpose="A load test of the return-to-running screen: leaps, landing after landing.",
        target="10",
        quality=(
            "how many landings with a flight before them",
            "bend of the knee at landing and after it",
        ),
        limits=(
            "A pass through the picture holds 3 to 5 bounds: film several clips and add them up.",
            (
                "Only landings that are seen from contact to the lowest point are counted; where "
                "half of you is outside the picture, some are missed."
            ),
        ),
    ),
)

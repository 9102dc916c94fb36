"""Hops, drop landings and jump landings."""

from formcheck.keypoints import View
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "hop_landing",
    Protocol(
        id="hop_landing",
        title="Hop or jump landing",
        views=(View.SIDE, View.FRONT),
        detector="landing",
        measures=(
            "landing_softness",
            "knee_flexion_at_contact",
            "peak_knee_flexion_stance",
            "hop_height",
            "hop_contact_time",
            "rep_count",
        ),
        how_to_film=(
            "Phone upright on something at hip height, about 3 m away, exactly from the side.",
            "60 frames per second or more, feet and head in the picture also at the top.",
            "Jump or hop, land, and stand still for two seconds; three times or more.",
            "Give your standing height, so that speeds and lengths have a scale.",
        ),
        purpose="How the legs take up a landing: how far, how long, how evenly.",
    ),
)

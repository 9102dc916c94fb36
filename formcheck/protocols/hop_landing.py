"""Hops, drop landings and jump landings."""

from formcheck.keypoints import View
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "hop_landing",
    Protocol(
        id="hop_landing",
        title="Hop, drop or jump landing",
        views=(View.SIDE, View.FRONT),
        detector="landing",
        measures=(
            "landing_softness",
            "knee_flexion_at_contact",
            "peak_knee_flexion_stance",
            "trunk_lean_at_landing",
            "foot_inclination_at_contact",
            "knee_line",
            "feet_apart",
            "hop_height",
            "hop_contact_time",
            "rep_count",
        ),
        how_to_film=(
            (
                "Phone upright on something at hip height, about 3 m away, exactly from the side;"
                " a second clip from the front."
            ),
            "60 frames per second or more, feet and head in the picture also at the top.",
            (
                "Jump, hop or step off a low stair, land, and stand still for two seconds; three "
                "times or more."
            ),
            "Give your standing height, so that speeds and lengths have a scale.",
        ),
        purpose="How the legs take up a landing: how far, how long, how evenly.",
        target="3 or more, from the side and from the front",
        quality=(
            "bend of knee and trunk at landing, toes or heel first (side)",
            "knee line and distance of the feet (front)",
            "softness (side)",
        ),
        limits=(
            (
                "A landing score (LESS) is not added up: automated scoring errs by more than a "
                "point, and some of its items are unreliable even between experts."
            ),
            "Feet that land one after the other within a frame look as if they landed together.",
        ),
    ),
)

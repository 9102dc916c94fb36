"""Jogging on the spot."""

from formcheck.keypoints import View
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "jog_on_spot",
    Protocol(
        id="jog_on_spot",
        title="Jog on the spot, 1 minute",
        views=(View.FRONT, View.SIDE, View.REAR),
        detector="run",
        measures=(
            "cadence",
            "step_time",
            "landing_softness",
            "trunk_side_lean",
            "contact_time",
            "flight_time",
            "vertical_oscillation",
        ),
        how_to_film=(
            (
                "Phone upright on something at hip height, about 3 m away, from the front or the "
                "side."
            ),
            "Jog on the spot for one minute; whole body in the picture.",
            "60 frames per second if you can.",
        ),
        purpose="A load test of the return-to-running screen: rhythm, left and right.",
        target="1 minute",
        quality=(
            "steps per minute, left and right",
            "softness of the landing (side)",
            "bounce, with your height as a scale",
        ),
        limits=(
            "Softness is read from the side only.",
            "At 30 frames per second contact and flight times are rough.",
        ),
    ),
)

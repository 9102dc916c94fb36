"""Running along a hallway or path."""

from formcheck.keypoints import View
from formcheck.protocols._running import RUN_MEASURES
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "hallway_run",
    Protocol(
        id="hallway_run",
        title="Hallway run",
        views=(View.REAR, View.SIDE, View.FRONT),
        detector="run",
        measures=RUN_MEASURES,
        how_to_film=(
            "Lean the phone upright on something at hip height; do not hold or turn it.",
            "From behind: run straight away from the phone. From the side: run past it, at least "
            "3 m away.",
            "60 frames per second or more, bright light.",
            "Run several passes: a side view holds only 2 to 4 steps each time.",
            "Give your standing height, so that lengths can be turned into centimetres.",
        ),
        purpose="How you run over ground, where no treadmill is at hand.",
    ),
)

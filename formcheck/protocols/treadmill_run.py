"""Running on a treadmill."""

from formcheck.keypoints import View
from formcheck.protocols._running import RUN_MEASURES
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "treadmill_run",
    Protocol(
        id="treadmill_run",
        title="Treadmill run",
        views=(View.REAR, View.SIDE, View.FRONT),
        detector="run",
        measures=RUN_MEASURES,
        how_to_film=(
            "Lean the phone upright on something at hip height, about 3 m away; do not hold it.",
            "One clip from straight behind, one from each side; whole body in the picture.",
            "60 frames per second or more, bright light, window behind the phone.",
            "Fitted clothes; shoes that stand out from the belt.",
            "Best for pelvic drop: two round stickers of a colour that stands out, 2.5 to 3 cm, "
            "on the waistband over the two dimples of the lower back, the shirt above them.",
            "Run easily for a few minutes first, then film 15 to 20 seconds at a steady speed.",
            "Note the belt speed: it gives the picture a scale.",
        ),
        purpose="Running at a steady speed: pelvis and trunk from behind, landing from the side.",
    ),
)

"""Side-lying leg raise."""

from formcheck.keypoints import View
from formcheck.protocols._words import COUNTING, LYING_PICTURE, STRENGTH
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "side_lying_abduction",
    Protocol(
        id="side_lying_abduction",
        title="Side-lying leg raise, up to 20",
        views=(View.FRONT,),
        detector="abduct",
        measures=("rep_count", "leg_raise", "rep_fade", "rep_time"),
        how_to_film=(
            "Turn the phone sideways, low over the floor, about 3 m away, facing you.",
            (
                "Lie on your side, body in line, the lower knee bent. Raise the upper leg "
                "straight up and put it down, up to 20 times; then the other side."
            ),
            LYING_PICTURE,
        ),
        purpose=STRENGTH,
        target="20 on each leg",
        quality=("how many", "how high the leg comes, and whether that fades"),
        limits=(
            (
                "Pose models saw few lying bodies. Two rendered clips were counted exactly "
                "(docs/tests.md); no real one was at hand."
            ),
            COUNTING,
        ),
    ),
)

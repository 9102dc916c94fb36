"""Single-leg bridge."""

from formcheck.keypoints import View
from formcheck.protocols._words import COUNTING, LYING_PICTURE, STRENGTH, WHICH_LEG
from formcheck.registry import PROTOCOLS, Protocol

PROTOCOLS.add(
    "single_leg_bridge",
    Protocol(
        id="single_leg_bridge",
        title="Single-leg bridge, up to 20",
        views=(View.SIDE,),
        detector="bridge",
        measures=("rep_count", "hip_rise", "rep_fade", "rep_time"),
        how_to_film=(
            "Turn the phone sideways, low over the floor, about 3 m away, from the side.",
            (
                "Lie on your back, the foot nearer the phone on the floor, the other leg "
                "straight. Lift the hips and put them down, up to 20 times; then the other leg."
            ),
            LYING_PICTURE,
        ),
        purpose=STRENGTH,
        target="20 on each leg",
        quality=("how many", "how high the hips come, and whether that fades"),
        limits=(
            (
                "Pose models saw few lying bodies. Two rendered clips were counted exactly "
                "(docs/tests.md); no real one was at hand."
            ),
            WHICH_LEG,
            COUNTING,
        ),
    ),
)

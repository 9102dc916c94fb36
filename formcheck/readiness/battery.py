"""The order of the tests: lightest first, and what is asked after each of them.

The loads follow Goom et al. 2019 (walking, load and impact tests, strength tests); the order within
a load, and which tests suit the first 12 weeks, are choices of this project. Every id is a protocol
that reads a clip, or a timed test that is guided and logged.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedTest:
    """A test with a clock and no camera.

    Attributes
    ----------
    minutes : float
        How long it takes.
    steps : tuple of str
        What to do, in order.
    """

    id: str
    title: str
    minutes: float
    steps: tuple[str, ...]
    purpose: str


TIMED_TESTS: Final[dict[str, TimedTest]] = {
    "walk_30_min": TimedTest(
        id="walk_30_min",
        title="Walk for 30 minutes",
        minutes=30.0,
        steps=(
            "Wear what you would run in, and start the clock.",
            "Walk at a pace at which you can talk in whole sentences, on level ground.",
            "Stop the clock at once if you leak, feel heaviness or pain, or bleed.",
            "After 30 minutes, stop the clock and answer the questions.",
            "Answer them again the next morning.",
        ),
        purpose="A load test of the return-to-running screen: time, and how you feel after it.",
    ),
}
"""Timer only: a phone camera adds nothing to a walk of half an hour."""

LOW_LOAD_TESTS: Final = (
    "walk_30_min",
    "single_leg_balance",
    "double_squat",
    "hip_hinge",
    "calf_raise",
    "single_leg_bridge",
    "side_lying_abduction",
)
STRENGTH_TESTS: Final = (
    "lunge",
    "single_leg_squat",
    "single_leg_sit_to_stand",
    "single_leg_running_man",
)
IMPACT_TESTS: Final = ("jog_on_spot", "hop_landing", "hop_in_place", "forward_bounds")
BATTERY: Final = (*LOW_LOAD_TESTS, *STRENGTH_TESTS, *IMPACT_TESTS)
"""Every test of the screen, in the order offered."""
ONE_LEG_TESTS: Final = (
    "single_leg_balance",
    "calf_raise",
    "single_leg_bridge",
    "side_lying_abduction",
    *STRENGTH_TESTS,
    "hop_in_place",
)
"""Tests of one leg at a time: from the side, which leg it is may have to be said."""

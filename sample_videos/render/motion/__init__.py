"""Motions of the rigged body: continuous functions of time.

A motion's ``pose(t_s)`` gives the place of the mid-hip and a rotation per bone group; the skeleton
turns that into joint centres. The truth is read off those joints, never off the parameters below.
"""

from collections.abc import Callable
from typing import Any

from sample_videos.render.motion.base import Contact, Motion, MotionSpec
from sample_videos.render.motion.chain import Chain, ChainSpec
from sample_videos.render.motion.drill import Drill, DrillSpec
from sample_videos.render.motion.force import ForceShape
from sample_videos.render.motion.hop import Hopping, HopSpec
from sample_videos.render.motion.jump import JumpLanding, JumpSpec
from sample_videos.render.motion.lying import Bridge, SideLyingAbduction
from sample_videos.render.motion.measured import Measured, MeasuredSpec
from sample_videos.render.motion.running import Running, RunSpec
from sample_videos.render.motion.squat import ScheduledSquat, SingleLegSquat, SquatSpec
from sample_videos.render.motion.standing import (
    Balance,
    CalfRaise,
    DoubleSquat,
    HipHinge,
    Lunge,
    RunningMan,
    SitToStand,
)
from sample_videos.render.motion.walking import Walking, WalkSpec
from sample_videos.render.skeleton import Skeleton

SPEC_TYPES: dict[str, type[MotionSpec]] = {
    "run": RunSpec,
    "walk": WalkSpec,
    "sls": SquatSpec,
    "jump": JumpSpec,
    "hop": HopSpec,
    "drill": DrillSpec,
    "chain": ChainSpec,
    "measured": MeasuredSpec,
}
DRILLS: dict[str, type[Drill]] = {
    "double_squat": DoubleSquat,
    "hip_hinge": HipHinge,
    "lunge": Lunge,
    "single_leg_running_man": RunningMan,
    "calf_raise": CalfRaise,
    "single_leg_sit_to_stand": SitToStand,
    "single_leg_balance": Balance,
    "single_leg_squat": ScheduledSquat,
    "single_leg_bridge": Bridge,
    "side_lying_abduction": SideLyingAbduction,
}


BUILDERS: dict[str, Callable[[Skeleton, Any], Motion]] = {
    "run": Running,
    "walk": Walking,
    "sls": SingleLegSquat,
    "jump": JumpLanding,
    "hop": Hopping,
    "measured": Measured,
    "drill": lambda skeleton, spec: DRILLS[spec.test](skeleton, spec),
    "chain": lambda skeleton, spec: Chain(
        [make_motion(skeleton, part) for part in spec.parts], spec.begins_s
    ),
}


def make_motion(skeleton: Skeleton, spec: MotionSpec) -> Motion:
    """Build the motion that a specification asks for."""
    if type(spec) is not SPEC_TYPES.get(spec.kind):
        message = f"expected a motion specification, got {type(spec).__name__}"
        raise TypeError(message)
    return BUILDERS[spec.kind](skeleton, spec)


__all__ = [
    "DRILLS",
    "SPEC_TYPES",
    "Chain",
    "ChainSpec",
    "Contact",
    "Drill",
    "DrillSpec",
    "ForceShape",
    "HopSpec",
    "JumpSpec",
    "Measured",
    "MeasuredSpec",
    "Motion",
    "MotionSpec",
    "RunSpec",
    "SquatSpec",
    "WalkSpec",
    "make_motion",
]

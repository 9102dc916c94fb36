"""Motions of the rigged body: continuous functions of time.

A motion's ``pose(t_s)`` gives the place of the mid-hip and a rotation per bone group; the skeleton
turns that into joint centres. The truth is read off those joints, never off the parameters below.
"""

from sample_videos.render.motion.base import Contact, Motion, MotionSpec
from sample_videos.render.motion.hop import Hopping, HopSpec
from sample_videos.render.motion.jump import JumpLanding, JumpSpec
from sample_videos.render.motion.running import Running, RunSpec
from sample_videos.render.motion.squat import SingleLegSquat, SquatSpec
from sample_videos.render.motion.walking import Walking, WalkSpec
from sample_videos.render.skeleton import Skeleton

SPEC_TYPES: dict[str, type[MotionSpec]] = {
    "run": RunSpec,
    "walk": WalkSpec,
    "sls": SquatSpec,
    "jump": JumpSpec,
    "hop": HopSpec,
}


def make_motion(skeleton: Skeleton, spec: MotionSpec) -> Motion:
    """Build the motion that a specification asks for."""
    if isinstance(spec, WalkSpec):
        return Walking(skeleton, spec)
    if isinstance(spec, RunSpec):
        return Running(skeleton, spec)
    if isinstance(spec, SquatSpec):
        return SingleLegSquat(skeleton, spec)
    if isinstance(spec, JumpSpec):
        return JumpLanding(skeleton, spec)
    if isinstance(spec, HopSpec):
        return Hopping(skeleton, spec)
    message = f"expected a motion specification, got {type(spec).__name__}"
    raise TypeError(message)


__all__ = [
    "SPEC_TYPES",
    "Contact",
    "HopSpec",
    "JumpSpec",
    "Motion",
    "MotionSpec",
    "RunSpec",
    "SquatSpec",
    "WalkSpec",
    "make_motion",
]

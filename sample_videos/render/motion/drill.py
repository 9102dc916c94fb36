"""Movement tests on a schedule: repetitions of any share of the full movement, with a pause.

A :class:`Drill` knows how to pose the body for a share ``d`` of the movement (0 at rest, 1 full);
the :class:`Schedule` says when and how far. The truth is read off the posed body.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sample_videos.render.meshes import FloatArray
from sample_videos.render.motion.base import Contact, MotionSpec
from sample_videos.render.rotations import DEG
from sample_videos.render.skeleton import SIDES, Pose, Skeleton

FULL_SHARE = 0.8
"""A repetition of at least this share of the movement is a whole one."""


@dataclass(frozen=True)
class DrillSpec(MotionSpec):
    """Wishes for a movement test.

    Parameters
    ----------
    test : str
        Which movement: a key of ``drills.DRILLS``.
    side : {'L', 'R', 'both'}
        The working leg.
    full : float
        Size of the full movement in its own unit (degrees of knee, trunk, thigh or foot).
    shares : tuple of float
        One per repetition, of the full movement.
    rep_s, start_s : float
        Duration of a repetition, start of the first.
    pause_after : int
        Number of repetitions before the pause.
    pause_s : float
        Length of the pause.
    lean_deg, drop_deg, inward_deg, shift_m : float
        At the full movement: trunk over the standing leg, other side of the pelvis lower, turn of
        the knee inward about the hip-ankle line, sideways shift to the left.
    wobble_m : float
        Unsteadiness of the hips.
    """

    kind: ClassVar[str] = "drill"
    test: str = "double_squat"
    side: str = "both"
    full: float = 80.0
    shares: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)
    rep_s: float = 2.4
    start_s: float = 0.8
    pause_after: int = 0
    pause_s: float = 0.0
    lean_deg: float = 0.0
    drop_deg: float = 0.0
    inward_deg: float = 0.0
    shift_m: float = 0.0
    wobble_m: float = 0.004


@dataclass(frozen=True)
class Schedule:
    """When each repetition begins and ends, and how far it goes."""

    starts_s: tuple[float, ...]
    rep_s: float
    shares: tuple[float, ...]

    @classmethod
    def of(cls, spec: DrillSpec) -> "Schedule":
        """Lay the repetitions out in time."""
        n = len(spec.shares)
        pauses = [
            spec.pause_s if spec.pause_after and k >= spec.pause_after else 0 for k in range(n)
        ]
        starts = tuple(spec.start_s + k * spec.rep_s + pauses[k] for k in range(n))
        return cls(starts, spec.rep_s, spec.shares)

    def share(self, t_s: float) -> float:
        """Share of the full movement at a moment: a raised cosine per repetition."""
        for start, share in zip(self.starts_s, self.shares, strict=True):
            if start <= t_s < start + self.rep_s:
                return float(share * (0.5 - 0.5 * np.cos(2 * np.pi * (t_s - start) / self.rep_s)))
        return 0.0


class Drill:
    """A movement test on a schedule.

    Parameters
    ----------
    skeleton : Skeleton
        Whose body.
    spec : DrillSpec
        What is wished.
    """

    kind = "drill"

    def __init__(self, skeleton: Skeleton, spec: DrillSpec) -> None:
        self.skeleton, self.spec = skeleton, spec
        self.schedule = Schedule.of(spec)
        self._phases = np.random.default_rng(spec.seed).uniform(0, 6.28, 4)
        self.prepare()

    def prepare(self) -> None:
        """Work out what does not change with time."""

    def pose_at(self, d: float, t_s: float) -> Pose:
        """Pose for a share of the movement."""
        raise NotImplementedError

    def pose(self, t_s: float) -> Pose:
        """Pose at a moment."""
        return self.pose_at(self.schedule.share(t_s), t_s)

    def wobble(self, t_s: float) -> FloatArray:
        """Small sideways and forward wandering of the hips, metres."""
        w, a = 2 * np.pi * t_s, self._phases
        x = 0.6 * np.sin(0.5 * w + a[0]) + 0.3 * np.sin(1.3 * w + a[1])
        y = 0.7 * np.sin(0.4 * w + a[2]) + 0.4 * np.sin(1.1 * w + a[3])
        return self.spec.wobble_m * np.array([x, y, 0.0])

    def contacts(self, start_s: float, end_s: float) -> list[Contact]:
        """Feet on the ground: the working ones, all the time."""
        sides = SIDES if self.spec.side == "both" else (self.spec.side,)
        return [Contact(s, start_s, end_s) for s in sides]

    def ground_x_m(self, t_s: float) -> float:  # noqa: ARG002
        """Solid ground."""
        return 0.0

    def travel_x_m(self, t_s: float) -> float:  # noqa: ARG002
        """On the spot."""
        return 0.0

    def spans(self) -> list[tuple[str, float, float, float]]:
        """Side, start, end and share of every repetition."""
        s = self.schedule
        return [
            (self.spec.side, a, a + s.rep_s, share)
            for a, share in zip(s.starts_s, s.shares, strict=True)
        ]


def standing_arms(lean: float = 0.0) -> tuple[float, float, float, float]:
    """Flexion, abduction, elbow and inward turn of hanging arms on a trunk that leans."""
    return (lean + 6 * DEG, 12 * DEG, 14 * DEG, 8 * DEG)

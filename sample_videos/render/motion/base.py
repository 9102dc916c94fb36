"""What every motion offers."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from sample_videos.render.skeleton import Pose

#: Stand-ins for "before the clip" and "after the clip" in contact times.
BEFORE_S, AFTER_S = -1000.0, 1000.0


@dataclass(frozen=True)
class MotionSpec:
    """Base of all motion specifications; ``seed`` fixes the variability."""

    kind: ClassVar[str] = ""
    seed: int = 0


@dataclass(frozen=True)
class Contact:
    """One foot on the ground: [ic_s, to_s)."""

    side: str
    ic_s: float
    to_s: float


class Motion(Protocol):
    """A motion of the whole body."""

    kind: str

    def pose(self, t_s: float) -> Pose:
        """Pose at a moment."""
        ...

    def contacts(self, start_s: float, end_s: float) -> list[Contact]:
        """Ground contacts that overlap [start_s, end_s), in order of their start."""
        ...

    def ground_x_m(self, t_s: float) -> float:
        """How far the belt has run at a moment (0 for solid ground)."""
        ...

    def travel_x_m(self, t_s: float) -> float:
        """How far the person has got at a moment (0 on the spot)."""
        ...

"""One motion after the other: walking into the picture, a test, a pause, more of it."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy.spatial.transform import Rotation, Slerp

from sample_videos.render.motion.base import AFTER_S, BEFORE_S, Contact, Motion, MotionSpec
from sample_videos.render.rotations import smooth
from sample_videos.render.skeleton import Pose

BLEND_S = 0.5
"""The change from one motion to the next takes this long."""


@dataclass(frozen=True)
class ChainSpec(MotionSpec):
    """Wishes for motions in a row.

    Parameters
    ----------
    parts : tuple of MotionSpec
        Each has a clock of its own, which begins with the part.
    begins_s : tuple of float
        When each part begins; the first at 0.
    """

    kind: ClassVar[str] = "chain"
    parts: tuple[MotionSpec, ...] = ()
    begins_s: tuple[float, ...] = (0.0,)


class Chain:
    """Motions in a row, each blended into the next at its beginning.

    Parameters
    ----------
    motions : list of Motion
        Already built, each on its own clock.
    begins_s : tuple of float
        When each begins.
    """

    def __init__(self, motions: list[Motion], begins_s: tuple[float, ...]) -> None:
        self.motions, self.begins_s = motions, begins_s
        self.kind = motions[-1].kind  # what the clip is about; the rest leads to it

    def part(self, t_s: float) -> int:
        """Index of the motion at a moment."""
        return max(0, int(np.searchsorted(self.begins_s, t_s, side="right")) - 1)

    def pose(self, t_s: float) -> Pose:
        """Pose at a moment, blended from the last motion's at the beginning of a part."""
        k = self.part(t_s)
        now = self.motions[k].pose(t_s - self.begins_s[k])
        u = (t_s - self.begins_s[k]) / BLEND_S
        if k == 0 or u >= 1:
            return now
        before = self.motions[k - 1].pose(t_s - self.begins_s[k - 1])
        return blended(before, now, smooth(u))

    def contacts(self, start_s: float, end_s: float) -> list[Contact]:
        """Ground contacts of the parts that the clip is about, each while its part lasts."""
        out = []
        for k, motion in enumerate(self.motions):
            if motion.kind != self.kind:
                continue
            a = self.begins_s[k] if k else BEFORE_S
            b = self.begins_s[k + 1] if k + 1 < len(self.motions) else AFTER_S
            t0 = self.begins_s[k]
            for c in motion.contacts(max(start_s, a) - t0, min(end_s, b) - t0):
                lo, hi = max(c.ic_s + t0, a), min(c.to_s + t0, b)
                if hi > lo and hi > start_s and lo < end_s:
                    out.append(Contact(c.side, lo, hi))
        return sorted(out, key=lambda c: c.ic_s)

    def ground_x_m(self, t_s: float) -> float:  # noqa: ARG002
        """Solid ground."""
        return 0.0

    def travel_x_m(self, t_s: float) -> float:
        """As the motion at that moment."""
        k = self.part(t_s)
        return self.motions[k].travel_x_m(t_s - self.begins_s[k])


def blended(a: Pose, b: Pose, share: float) -> Pose:
    """Pose between two others: every bone group on the shortest turn."""
    rotations = {}
    for name, after in b.rotations.items():
        pair = Rotation.from_matrix(np.stack([a.rotations[name], after]))
        rotations[name] = Slerp([0, 1], pair)(share).as_matrix()
    return Pose(a.midhip + (b.midhip - a.midhip) * share, rotations, b.curl)

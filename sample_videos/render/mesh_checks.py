"""Checks of a motion against the skinned shoes: the mesh against the contact times.

Slower than ``checks`` and needs the bodies; the numbers are for reading, not for a pass mark.
"""

from dataclasses import dataclass

import numpy as np

from sample_videos.render.clip import Stage
from sample_videos.render.meshes import FloatArray
from sample_videos.render.skeleton import SIDES
from sample_videos.render.tailoring import Part

TOUCH_M, LEAVE_M = 0.003, 0.008
SEARCH_S = 0.025


@dataclass(frozen=True)
class MeshReport:
    """What the soles of the mesh do.

    Parameters
    ----------
    touch_error_ms, leave_error_ms : ndarray
        Mesh minus truth, per contact.
    stance_low_mm : tuple of float
        Lowest and highest place of the lowest sole vertex in stance.
    swing_low_mm : float
        Lowest sole vertex in the middle of swings.
    slip_mps : float
        95th percentile of the speed of the lowest vertices against the ground.
    """

    touch_error_ms: FloatArray
    leave_error_ms: FloatArray
    stance_low_mm: tuple[float, float]
    swing_low_mm: float
    slip_mps: float


class Soles:
    """The shoes of a posed person."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        b = stage.skeleton.data
        shoe = b["part"] == Part.SHOE
        self._parts = {}
        for side in SIDES:
            pick = shoe & ((b["v"][:, 1] > 0) == (side == "L"))
            self._parts[side] = tuple(b[k][pick] for k in ("v", "wi", "ww"))

    def vertices(self, side: str, t_s: float) -> FloatArray:
        """Shoe vertices in the room, shape (N, 3)."""
        v, index, share = self._parts[side]
        _, bones = self.stage.skeleton.fk(self.stage.motion.pose(t_s))
        m = np.einsum("nk,nkij->nij", share, bones[index])
        out: FloatArray = np.einsum("nij,nj->ni", m[:, :, :3], v) + m[:, :, 3]
        return out

    def low_m(self, side: str, t_s: float) -> float:
        """Height of the lowest vertex."""
        return float(self.vertices(side, t_s)[:, 2].min())

    def slip_mps(self, side: str, t_s: float) -> float:
        """Speed of the lowest vertices against belt or floor."""
        h, motion = 5e-4, self.stage.motion
        a, b = self.vertices(side, t_s - h), self.vertices(side, t_s + h)
        k = (a[:, 2] + b[:, 2]).argsort()[:6]
        ground = motion.ground_x_m(t_s + h) - motion.ground_x_m(t_s - h)
        return float(np.median(b[k, 0] - a[k, 0] + ground) / (2 * h))


def mesh_report(stage: Stage, n_contacts: int = 8) -> MeshReport:
    """Compare the first whole contacts of a clip with the soles of the mesh."""
    soles, end_s = Soles(stage), stage.spec.duration_s
    whole = [c for c in stage.motion.contacts(0.3, end_s) if c.ic_s > 0 and c.to_s < end_s]
    grid = np.arange(-SEARCH_S, SEARCH_S + 1e-9, 0.001)
    touch, leave, low, swing, slip = [], [], [], [], []
    for c in whole[:n_contacts]:
        z = np.array([soles.low_m(c.side, c.ic_s + x) for x in grid])
        touch.append(1000 * grid[np.argmax(z < TOUCH_M)])
        z = np.array([soles.low_m(c.side, c.to_s + x) for x in grid])
        leave.append(1000 * grid[np.argmax(z > LEAVE_M)])
        inside = np.linspace(c.ic_s + 0.02, c.to_s - 0.02, 15)
        low += [1000 * soles.low_m(c.side, t) for t in inside]
        slip += [abs(soles.slip_mps(c.side, t)) for t in inside]
        step_s = c.to_s - c.ic_s
        swing += [1000 * soles.low_m(c.side, c.to_s + u * step_s) for u in (0.4, 0.6, 0.8, 1.0)]
    return MeshReport(
        np.array(touch),
        np.array(leave),
        (min(low), max(low)),
        min(swing),
        float(np.percentile(slip, 95)),
    )

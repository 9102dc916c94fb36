"""Contacts by the force under the feet, against those of the posed body's soles."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sample_videos.render.measured.catalogue import SOURCES, folder
from sample_videos.render.measured.opensim import read_table
from sample_videos.render.measured.take import Span
from sample_videos.render.meshes import FloatArray
from sample_videos.render.motion.measured import Measured, MeasuredSpec
from sample_videos.render.skeleton import Skeleton

THRESHOLD_N, FINE_S, SAME_S = 50.0, 0.001, 0.12
#: Columns of vertical force (right, left), which differ between the files.
COLUMNS = (("ground_force_1_vy", "ground_force_2_vy"), ("ground_force_vy", "1_ground_force_vy"))
#: Movements with force files and the part of them to look at: start and length in seconds.
WITH_FORCE = {
    "run_s02": (0.1, 9.2),
    "run_2mps_whole": (0.05, 2.1),
    "run_3mps_whole": (0.05, 1.9),
}


@dataclass(frozen=True)
class Gap:
    """Posed contact minus contact by force, in milliseconds, one entry per stance."""

    strike_ms: FloatArray
    toe_off_ms: FloatArray


def force_spans(take: str) -> list[Span]:
    """Stances by force of a movement, on the movement's clock."""
    path = folder() / SOURCES[take].files[0]
    start_s = float(read_table(path)[0]["time"][0])
    c, _ = read_table(path.with_name(path.name.replace("_ik", "_grf")))
    right, left = next(pair for pair in COLUMNS if pair[0] in c)
    t = np.arange(c["time"][0], c["time"][-1], FINE_S)
    out = []
    for side, name in (("R", right), ("L", left)):
        on = (np.interp(t, c["time"], c[name]) > THRESHOLD_N).astype(int)
        edges = np.flatnonzero(np.diff(on))
        for a, b in pairwise(edges):
            if on[a + 1]:
                out.append(Span(side, float(t[a + 1]) - start_s, float(t[b + 1]) - start_s))
    return out


def force_gap(take: str, body: str) -> Gap:
    """Compare the two kinds of contact of a movement on a body.

    Parameters
    ----------
    take : str
        A key of ``WITH_FORCE``.
    body : str
        A key of ``bodies.BODIES``.
    """
    start_s, length_s = WITH_FORCE[take]
    motion = Measured(Skeleton(body), MeasuredSpec(take=take, start_s=start_s, length_s=length_s))
    strikes, offs = [], []
    for c in motion.contacts(0.0, length_s):
        ic_s, to_s = (start_s + t / motion.tempo for t in (c.ic_s, c.to_s))
        for x in force_spans(take):
            if x.side == c.side and max(abs(ic_s - x.ic_s), abs(to_s - x.to_s)) < SAME_S:
                strikes.append(1000 * (ic_s - x.ic_s))
                offs.append(1000 * (to_s - x.to_s))
    return Gap(np.array(strikes), np.array(offs))

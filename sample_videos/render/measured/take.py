"""A measured movement: where the mid-hip was and how each segment was turned, frame by frame."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.signal import butter, sosfiltfilt
from scipy.spatial.transform import Rotation

from sample_videos.render.meshes import FloatArray
from sample_videos.render.rotations import about_z

SEGMENTS = (
    "pelvis", "thorax", "head", "thighL", "thighR", "shankL", "shankR", "footL", "footR",
    "uaL", "uaR", "faL", "faR",
)  # fmt: skip
_MIRROR = np.diag([1.0, -1.0, 1.0])
SEAM_S = 0.16
"""Over this long after a seam the difference between two pieces is let out."""


@dataclass(frozen=True)
class Span:
    """One foot on the ground as the source shows it: [ic_s, to_s)."""

    side: str
    ic_s: float
    to_s: float


@dataclass(frozen=True)
class Take:
    """A measured movement in the renderer's world: X forward, Y left, Z up, metres, ground at rest.

    Parameters
    ----------
    t_s : ndarray, shape (N,)
        Times, evenly spaced, from 0.
    midhip : ndarray, shape (N, 3)
        Middle of the hip joint centres; whoever ran on a belt travels here.
    turns : dict of str to ndarray, shape (N, 3, 3)
        Rotation of each of ``SEGMENTS`` from upright standing, arms hanging, feet straight ahead.
    soles : dict of str to ndarray, shape (N, P, 3)
        Points under each foot.
    leg_m : float
        Hip to ankle of the stretched leg.
    spans : tuple of Span
        Feet on the ground.
    speed_mps : float
        Over the ground, or the belt's.
    """

    t_s: FloatArray
    midhip: FloatArray
    turns: dict[str, FloatArray]
    soles: dict[str, FloatArray]
    leg_m: float
    spans: tuple[Span, ...] = ()
    speed_mps: float = 0.0

    @property
    def step_s(self) -> float:
        """Time between two frames."""
        return float(self.t_s[1] - self.t_s[0])

    def travelling(self, velocity: FloatArray) -> "Take":
        """Add a velocity (3 numbers, m/s) to everything: from the belt's room to the belt."""
        way = self.t_s[:, None] * velocity
        soles = {s: p + way[:, None] for s, p in self.soles.items()}
        return replace(self, midhip=self.midhip + way, soles=soles)

    def turned(self, yaw: float) -> "Take":
        """Turn everything about the vertical by ``yaw`` radians."""
        m = about_z(yaw)
        return replace(
            self,
            midhip=self.midhip @ m.T,
            turns={k: m @ r for k, r in self.turns.items()},
            soles={s: p @ m.T for s, p in self.soles.items()},
        )

    def mirrored(self) -> "Take":
        """Exchange left and right."""
        other = {"L": "R", "R": "L"}

        def swap(name: str) -> str:
            return name[:-1] + other[name[-1]] if name[-1] in other else name

        return replace(
            self,
            midhip=self.midhip @ _MIRROR,
            turns={swap(k): _MIRROR @ r @ _MIRROR for k, r in self.turns.items()},
            soles={other[s]: p @ _MIRROR for s, p in self.soles.items()},
            spans=tuple(Span(other[x.side], x.ic_s, x.to_s) for x in self.spans),
        )

    def resampled(self, rate_hz: float, cutoff_hz: float) -> "Take":
        """Smooth without delay and give back at another rate."""
        fs = 1 / self.step_s
        t = np.arange(0.0, self.t_s[-1] + 1e-9, 1 / rate_hz)
        sos = butter(2, min(cutoff_hz, 0.45 * fs) / (fs / 2), output="sos")

        def new(x: FloatArray) -> FloatArray:
            pad = min(len(x) - 2, int(0.5 * fs))
            out: FloatArray = CubicSpline(self.t_s, sosfiltfilt(sos, x, axis=0, padlen=pad))(t)
            return out

        turns = {}
        for k, r in self.turns.items():
            q = new(_unwrapped(Rotation.from_matrix(r).as_quat()))
            turns[k] = Rotation.from_quat(q).as_matrix()
        soles = {s: new(p) for s, p in self.soles.items()}
        return replace(self, t_s=t, midhip=new(self.midhip), turns=turns, soles=soles)

    def cut(self, start_s: float, end_s: float) -> "Take":
        """Keep the frames of [start_s, end_s]; the clock begins anew."""
        a, b = round(start_s / self.step_s), round(end_s / self.step_s) + 1
        spans = [
            Span(x.side, max(x.ic_s, start_s) - start_s, min(x.to_s, end_s) - start_s)
            for x in self.spans
            if x.to_s > start_s and x.ic_s < end_s
        ]
        return replace(
            self,
            t_s=self.t_s[a:b] - self.t_s[a],
            midhip=self.midhip[a:b],
            turns={k: r[a:b] for k, r in self.turns.items()},
            soles={s: p[a:b] for s, p in self.soles.items()},
            spans=tuple(spans),
        )


def _unwrapped(q: FloatArray) -> FloatArray:
    """Quaternions (N, 4) with the signs that make them run smoothly."""
    flip = np.sign((q[1:] * q[:-1]).sum(1))
    out: FloatArray = q * np.concatenate([[1.0], np.cumprod(np.where(flip == 0, 1, flip))])[:, None]
    return out


def joined(pieces: list[Take]) -> Take:
    """Put strides of one person in a row; each begins where the last one ended.

    What differs at a seam is let out over ``SEAM_S``, so that no frame of it is repeated.
    """
    step_s = pieces[0].step_s
    midhip, turns = [pieces[0].midhip], {k: [r] for k, r in pieces[0].turns.items()}
    spans, begin_s = list(pieces[0].spans), float(pieces[0].t_s[-1])
    for piece in pieces[1:]:
        rest = _let_out(piece.t_s)[1:]
        gap = midhip[-1][-1] - piece.midhip[0]
        level = np.array([1.0, 1.0, 0.0])
        midhip.append(piece.midhip[1:] + gap * np.where(level > 0, 1.0, rest[:, None]))
        for k, rows in turns.items():
            turn = Rotation.from_matrix(rows[-1][-1] @ piece.turns[k][0].T).as_rotvec()
            back = Rotation.from_rotvec(rest[:, None] * turn).as_matrix()
            rows.append(back @ piece.turns[k][1:])
        spans += [Span(x.side, x.ic_s + begin_s, x.to_s + begin_s) for x in piece.spans]
        begin_s += float(piece.t_s[-1])
    way = np.concatenate(midhip)
    return replace(
        pieces[0],
        t_s=np.arange(len(way)) * step_s,
        midhip=way,
        turns={k: np.concatenate(rows) for k, rows in turns.items()},
        soles={},
        spans=merged(spans, 1.5 * step_s),
    )


def _let_out(t_s: FloatArray) -> FloatArray:
    u = np.clip((t_s - t_s[0]) / SEAM_S, 0, 1)
    out: FloatArray = 1 - u * u * u * (10 - 15 * u + 6 * u * u)
    return out


def merged(spans: list[Span], gap_s: float) -> tuple[Span, ...]:
    """Spans of a foot that a seam cut in two, in one."""
    out: list[Span] = []
    for side in "LR":
        row: list[Span] = []
        for x in sorted((x for x in spans if x.side == side), key=lambda x: x.ic_s):
            if row and x.ic_s - row[-1].to_s < gap_s:
                row[-1] = Span(side, row[-1].ic_s, max(x.to_s, row[-1].to_s))
            else:
                row.append(x)
        out += row
    return tuple(sorted(out, key=lambda x: x.ic_s))

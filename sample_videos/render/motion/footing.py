"""Feet of a measured motion on the floor of the renderer.

Another body's legs take the measured feet into the air and through the floor, by a centimetre or
two. While a foot stands, its shoe therefore rolls over the lowest points of its own sole, without
slipping or sinking; the way it is turned stays as measured. Between two stances what was changed
fades from the one's to the other's.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d
from scipy.spatial import ConvexHull
from scipy.spatial.transform import Rotation

from sample_videos.render.measured.take import Span
from sample_videos.render.meshes import FloatArray
from sample_videos.render.rotations import DEG
from sample_videos.render.skeleton import SIDES, Skeleton
from sample_videos.render.tailoring import Part

SOLE_TOP_M = 0.045
"""Vertices of the shoe lower than this are its sole, with its turned-up tip."""
SOFT_M = 0.002
"""The sole rolls over all points about as low as this above the lowest."""
LIFT_MPS, CLEAR_M = 0.4, 0.010
"""A foot leaves and meets the floor at least this fast, and clears it by this much between."""
BEND_S, UNBEND_S, MOST_BENT = 0.04, 0.06, 38 * DEG
"""Toes lie flat this long after landing, and stretch this fast after leaving."""
SINK_S = 0.045
"""A loaded sole sinks in within this time, and comes back within this before leaving."""


@dataclass(frozen=True)
class Sole:
    """Points under one shoe at rest, seen from the ankle, and how much of each the toes carry."""

    points: FloatArray
    toes: FloatArray
    toe_joint: FloatArray

    @classmethod
    def of(cls, skeleton: Skeleton, side: str) -> "Sole":
        """Pick the outline of the sole of a body's shoe."""
        b, ankle = skeleton.data, skeleton.joint("foot." + side)
        own = (b["part"] == Part.SHOE) & ((b["v"][:, 1] > 0) == (side == "L"))
        own &= b["v"][:, 2] < SOLE_TOP_M
        outline = np.flatnonzero(own)[ConvexHull(b["v"][own]).vertices]  # only these touch down
        toes = np.array([label.startswith("toe") for label in skeleton.labels])
        share = (b["ww"][outline] * toes[b["wi"][outline]]).sum(1)
        joint = skeleton.joint(f"toe2-1.{side}") - ankle
        return cls(b["v"][outline].astype(float) - ankle, share, joint)

    def placed(self, foot: FloatArray, toe: FloatArray) -> FloatArray:
        """Points (N, K, 3) seen from the ankle for rotations (N, 3, 3) of foot and toes."""
        stiff = np.einsum("nij,kj->nki", foot, self.points)
        bent = np.einsum("nij,kj->nki", toe, self.points - self.toe_joint)
        bent += (foot @ self.toe_joint)[:, None]
        out: FloatArray = stiff + self.toes[:, None] * (bent - stiff)
        return out


def inside(t_s: FloatArray, span: Span) -> tuple[int, int]:
    """First and last-but-one index of a stance on the grid, at least two frames."""
    a = int(np.searchsorted(t_s, span.ic_s))
    b = int(np.searchsorted(t_s, span.to_s, side="right"))
    return min(a, len(t_s) - 2), max(min(b, len(t_s)), min(a, len(t_s) - 2) + 2)


def toe_bend(t_s: FloatArray, spans: list[Span], pitch: FloatArray) -> FloatArray:
    """How far the toes are bent up, radians: flat on the floor in stance, straight in swing."""
    share = np.zeros(len(t_s))
    for x in spans:
        rise = np.clip((t_s - x.ic_s) / BEND_S, 0, 1)
        fade = np.exp(-((np.maximum(t_s - x.to_s, 0) / UNBEND_S) ** 2))
        share = np.maximum(share, rise * rise * (3 - 2 * rise) * fade)
    out: FloatArray = share * MOST_BENT * np.tanh(np.maximum(-pitch, 0) / MOST_BENT)
    return out


def flattened(t_s: FloatArray, spans: list[Span], turn: FloatArray, zone_rad: float) -> FloatArray:
    """Lay the loaded foot flat where it is tilted by less than a zone, and tilt it less beyond.

    Parameters
    ----------
    turn : ndarray, shape (N, 3, 3)
        Of the foot, whose own z points up from the sole.
    zone_rad : float
        Markers on a shoe and fitted ankles wobble by about so much while the sole lies flat.
    """
    up = turn[:, :, 2]
    axis = np.stack([up[:, 1], -up[:, 0], np.zeros(len(up))], 1)  # turns the foot's up upright
    sine = np.linalg.norm(axis, axis=1)
    tilt = np.arctan2(sine, up[:, 2])
    share = np.max([sunk(t_s, x, 1.0) for x in spans], 0) if spans else np.zeros(len(t_s))
    back = share * zone_rad * np.tanh(tilt / zone_rad)
    axis /= np.maximum(sine, 1e-9)[:, None]
    out: FloatArray = Rotation.from_rotvec(axis * back[:, None]).as_matrix() @ turn
    return out


def untwisted(t_s: FloatArray, spans: list[Span], turn: FloatArray) -> FloatArray:
    """Keep feet that stand for long from twisting on the floor: each points one way per stance."""
    out = turn.copy()
    for x in spans:
        a, b = inside(t_s, x)
        yaw = np.unwrap(np.arctan2(turn[a:b, 1, 0], turn[a:b, 0, 0]))
        back = (np.median(yaw) - yaw) * sunk(t_s[a:b], x, 1.0)
        out[a:b] = Rotation.from_rotvec(back[:, None] * [0.0, 0.0, 1.0]).as_matrix() @ turn[a:b]
    return out


def rolled(rel: FloatArray) -> FloatArray:
    """Way of the ankle (N, 3) when the sole's points ``rel`` (N, K, 3) roll on the floor z = 0."""
    z = rel[..., 2]
    weight = np.exp(-(z - z.min(1, keepdims=True)) / SOFT_M)
    weight /= weight.sum(1, keepdims=True)
    share = 0.5 * (weight[1:] + weight[:-1])
    steps = -(share[..., None] * np.diff(rel[..., :2], axis=0)).sum(1)
    out = np.zeros((len(rel), 3))
    out[1:, :2] = np.cumsum(steps, 0)
    out[:, 2] = -z.min(1)
    return out


def sunk(t_s: FloatArray, span: Span, sink_m: float) -> FloatArray:
    """How far a loaded sole has sunk in: shoe, heel pad and deck give way."""
    u = np.clip(np.minimum(t_s - span.ic_s, span.to_s - t_s) / SINK_S, 0, 1)
    out: FloatArray = sink_m * u * u * (3 - 2 * u)
    return out


def standing(
    t_s: FloatArray, spans: list[Span], raw: FloatArray, rel: FloatArray, sink_m: float
) -> list[tuple[int, int, FloatArray]]:
    """For each stance its frames and what the ankle ``raw`` (N, 3) is moved by."""
    out = []
    for x in spans:
        a, b = inside(t_s, x)
        way = rolled(rel[a:b])
        way[:, :2] += (raw[a:b, :2] - way[:, :2]).mean(0)
        way[:, 2] -= sunk(t_s[a:b], x, sink_m)
        out.append((a, b, way - raw[a:b]))
    return out


def faded(n: int, step_s: float, stances: list[tuple[int, int, FloatArray]]) -> FloatArray:
    """Move the ankle by this (N, 3) at every frame: as given in stance, smoothly between."""
    out = np.zeros((n, 3))
    if not stances:
        return out
    out[: stances[0][0]], out[stances[-1][1] :] = stances[0][2][0], stances[-1][2][-1]
    for k, (a, b, move) in enumerate(stances):
        out[a:b] = move
        if k + 1 < len(stances):
            c = stances[k + 1][0]
            u = ((np.arange(b, c) - b + 1) / max(c - b + 1, 1))[:, None]
            tail = move[max(0, len(move) - 8) :]
            slope = (tail[-1] - tail[0]) / (max(len(tail) - 1, 1) * step_s)
            slope = np.clip(slope, -0.4, 0.4) * step_s * (c - b + 1)
            h = u * u * (3 - 2 * u)
            out[b:c] = move[-1] + (stances[k + 1][2][0] - move[-1]) * h + slope * u * (1 - u) ** 3
    return out


def least_height(t_s: FloatArray, spans: list[Span]) -> FloatArray:
    """How high the sole must at least be: anywhere in stance, rising before and after."""
    away = np.full(len(t_s), np.inf)
    for x in spans:
        away = np.minimum(away, np.maximum(np.maximum(x.ic_s - t_s, t_s - x.to_s), 0))
    out: FloatArray = np.where(away > 0, np.minimum(CLEAR_M, LIFT_MPS * away), -np.inf)
    return out


def body_shift(
    n: int, step_s: float, stances: dict[str, list[tuple[int, int, FloatArray]]], smooth_s: float
) -> FloatArray:
    """Move the whole body by this (N, 3), so that its feet have least to be moved."""
    total, weight = np.zeros((n, 3)), np.full(n, 1e-6)
    for s in SIDES:
        for a, b, move in stances[s]:
            window = np.sin(np.pi * (np.arange(b - a) + 0.5) / (b - a))
            total[a:b] += window[:, None] * move
            weight[a:b] += window
    sigma = smooth_s / step_s
    share = gaussian_filter1d(weight, sigma)[:, None]
    out: FloatArray = gaussian_filter1d(total, sigma, axis=0) / share
    return out


def let_down(too_far_m: FloatArray, step_s: float) -> FloatArray:
    """Lower the body by this where a leg is too short to reach its foot."""
    wide = maximum_filter1d(np.maximum(too_far_m, 0), max(3, round(0.10 / step_s)))
    out: FloatArray = gaussian_filter1d(wide, 0.025 / step_s)
    return out

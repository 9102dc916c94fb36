"""When the feet of a measured person were on the ground, from the soles' own movement.

Markers sit on soft shoes and joint angles are smoothed, so the ground has no one height: at each
landing it is where the sole stops to sink, at each push-off where it last was.
"""

from dataclasses import replace

import numpy as np
from scipy.interpolate import CubicSpline

from sample_videos.render.measured.take import Span, Take, merged
from sample_videos.render.meshes import FloatArray

FINE_HZ = 500
GIVE_M = 0.012
"""Shoe and heel pad give way by this much: so far above its lowest place a sole touches."""
NEAR_M, SLOW_MPS = 0.08, 0.6
FAST_MPS, FAST_SHARE = 1.5, 0.75
"""A sole that moves so fast, or by this share of the person's speed, glides over the ground."""
HIGH_M = 0.03
"""A sole so far above its place in mid-stance is in the air."""
SHORTEST_S, GAP_S = 0.06, 0.05
LEAST_STANCES = 3
EDGE_S = 0.07
"""The ground's height at landing and push-off is looked for within this time."""


def slowest(soles: FloatArray, step_s: float) -> FloatArray:
    """Horizontal speed of the slowest of the points (N, P, 3) against the ground."""
    v = np.gradient(soles[..., :2], step_s, axis=0)
    out: FloatArray = np.linalg.norm(v, axis=-1).min(1)
    return out


def still_runs(soles: FloatArray, step_s: float) -> list[tuple[int, int]]:
    """First and last-but-one index of each time that a foot stands, roughly."""
    z = soles[..., 2].min(1)
    still = (z < np.percentile(z, 5) + NEAR_M) & (slowest(soles, step_s) < SLOW_MPS)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], still.astype(int), [0]])))
    merged: list[tuple[int, int]] = []
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        if merged and (a - merged[-1][1]) * step_s < GAP_S:
            merged[-1] = (merged[-1][0], int(b))
        else:
            merged.append((int(a), int(b)))
    return [(a, b) for a, b in merged if (b - a) * step_s >= SHORTEST_S]


def levelled(take: Take) -> Take:
    """Feet that are flat in the middle of their stances, each point of the soles at height 0."""
    turns, soles = dict(take.turns), {}
    for side, points in take.soles.items():
        middle = np.concatenate(
            [np.arange(a + 2 * (b - a) // 5, a + 3 * (b - a) // 5 + 1).clip(max=len(points) - 1)
             for a, b in still_runs(points, take.step_s)]
        )  # fmt: skip
        up = turns["foot" + side][middle, 2, :].mean(0)  # the room's up, seen from the foot
        turns["foot" + side] = turns["foot" + side] @ _to_up(up)
        soles[side] = points - np.array([0, 0, 1.0]) * np.median(points[middle, :, 2:], 0)
    return replace(take, turns=turns, soles=soles)


def unsloped(take: Take) -> Take:
    """Take a slope of the measured floor, a few centimetres over a walk, out of everything."""
    t, z = [], []
    for points in take.soles.values():
        for a, b in still_runs(points, take.step_s):
            t.append(take.t_s[(a + b) // 2])
            z.append(float(np.median(points[(3 * a + b) // 4 : (a + 3 * b) // 4 + 1, :, 2].min(1))))
    if len(t) < LEAST_STANCES:
        return take
    return take.travelling(np.array([0.0, 0.0, -np.polyfit(t, z, 1)[0]]))


def _to_up(up: FloatArray) -> FloatArray:
    """Smallest turn that takes the foot's own up to where the room's up was seen."""
    u = up / np.linalg.norm(up)
    axis = np.cross([0, 0, 1.0], u)
    k = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    out: FloatArray = np.eye(3) + k + k @ k / (1 + u[2])
    return out


def with_spans(take: Take, give_m: float = GIVE_M) -> Take:
    """Give back the take, its ground at rest, with its stances found."""
    t = np.arange(0, take.t_s[-1], 1 / FINE_HZ)
    spans = []
    for side, points in take.soles.items():
        fine = CubicSpline(take.t_s, points)(t)
        z = fine[..., 2].min(1)
        moving = slowest(fine, 1 / FINE_HZ) > max(FAST_MPS, FAST_SHARE * take.speed_mps)
        for a, b in still_runs(fine, 1 / FINE_HZ):
            i, j = _edges(np.where(moving, np.inf, z), a, b, give_m)
            spans.append(Span(side, float(t[i]), float(t[j])))
    return replace(take, spans=merged(spans, GAP_S))


def _edges(z: FloatArray, a: int, b: int, give_m: float) -> tuple[int, int]:
    """Index of touching and of leaving for a foot that stands still from ``a`` to ``b``."""
    n, middle = round(EDGE_S * FINE_HZ), (a + b) // 2
    high = np.flatnonzero(z > np.median(z[a + (b - a) // 3 : b - (b - a) // 3]) + HIGH_M)
    a = max([a, *high[high < middle].tolist()])
    b = min([b, *high[high > middle].tolist()])
    i = max(0, a - n // 2) + int(z[max(0, a - n // 2) : min(middle, a + n) + 1].argmin())
    low = max(middle, b - n)
    j = low + int(z[low : b + n // 2].argmin())
    down, up = z[i] + give_m, z[j] + give_m
    while i > 0 and z[i] < down:
        i -= 1
    while j < len(z) - 1 and z[j] < up:
        j += 1
    return i, j

"""How stick people stand, and how they go from one pose to another and back.

A pose is a dict of angles in degrees, all against the vertical and in the sagittal plane: ``trunk``
(+ = forward), ``thigh_l``, ``shank_l`` (+ = foot forward of the joint above), ``foot_l`` (+ = toes
up), ``arm_l``, ``forearm_l`` (+ = forward, 180 = overhead), ``out_l`` and ``arm_out_l`` (sideways),
and the same with ``_r``; ``roll`` lays the whole body on its side; ``up`` lifts it (leg lengths).
"""

from typing import Final

import numpy as np

from formcheck.data import FloatArray

Pose = dict[str, float]
Course = dict[str, FloatArray]
Rng = np.random.Generator

LEGS: Final = ("_l", "_r")


def sides(**angles: float) -> Pose:
    """Return angles for both sides."""
    return {f"{name}{s}": value for name, value in angles.items() for s in LEGS}


def stand(rng: Rng) -> Pose:
    """Return somebody who stands."""
    return {
        "trunk": rng.normal(2, 3),
        "roll": 0.0,
        "up": 0.0,
        **sides(thigh=rng.normal(3, 3), shank=rng.normal(-3, 3), foot=0.0),
        **sides(arm=rng.normal(0, 10), forearm=rng.uniform(0, 40), arm_out=rng.uniform(3, 15)),
        **sides(out=rng.uniform(0, 9)),
    }


def with_arms(pose: Pose, rng: Rng) -> Pose:
    """Return a pose with the arms anywhere people hold them: hips, front, chest, overhead."""
    arm, fore, out = [(-10, 60, 40), (80, 85, 10), (30, 150, 15), (170, 175, 10), (0, 15, 8)][
        int(rng.integers(5))
    ]
    spread = rng.normal(0, 8, 3)
    return pose | sides(arm=arm + spread[0], forearm=fore + spread[1], arm_out=out + spread[2])


def repeated(
    rest: Pose, far: Pose, t: FloatArray, rng: Rng, period_s: tuple[float, float]
) -> Course:
    """Go from one pose to another and back, over and over, with pauses."""
    period = rng.uniform(*period_s)
    pause, hold = rng.choice([0.0, 0.15, 0.5]) * period, rng.choice([0.0, 0.1, 0.4]) * period
    cycle = period + pause + hold
    u = (t - rng.uniform(0, 1.5)) % cycle
    half = period / 2
    way = np.clip(np.minimum(u, period + hold - u) / half, 0, 1)
    share = (0.5 - 0.5 * np.cos(np.pi * way)) * (t > rng.uniform(-2, 1))
    return {k: rest[k] + share * (far.get(k, rest[k]) - rest[k]) for k in rest}


def steady(pose: Pose, t: FloatArray, rng: Rng, sway: float = 1.5) -> Course:
    """Stay in a pose, swaying a little (degrees)."""
    slow = np.arange(0, t[-1] + 1.5, 0.7)
    return {
        k: v + sway * np.interp(t, slow, rng.normal(0, 1, slow.size)) * (k != "up")
        for k, v in pose.items()
    }


def squat(rng: Rng) -> Pose:
    """Return trunk and legs of somebody deep in a squat."""
    depth = rng.uniform(25, 110)
    return {
        "trunk": rng.uniform(0.25, 0.55) * depth,
        **sides(thigh=depth * rng.uniform(0.75, 0.9), shank=-depth * rng.uniform(0.2, 0.4), foot=0),
    }


def legs_in_turn(course: Course) -> Course:
    """Let every other repetition be done by the other leg."""
    moved = max(("thigh_l", "out_l"), key=lambda name: float(np.ptp(course[name])))
    way = np.abs(course[moved] - course[moved][0])
    rest = way < 0.2 * max(float(way.max()), 1e-6)
    turn = np.cumsum(np.diff(rest.astype(int), prepend=0) > 0) % 2 == 1
    out = dict(course)
    for name in ("thigh", "shank", "foot", "out"):
        a, b = course[f"{name}_l"], course[f"{name}_r"]
        out[f"{name}_l"], out[f"{name}_r"] = np.where(turn, b, a), np.where(turn, a, b)
    return out

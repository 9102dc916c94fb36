"""Stick people who do tests and other things, seen by any camera: landmarks without pictures.

Real clips of the rarer tests are few. What the tests look like is known, so people of lines are
made to do them, each one differently (depth, tempo, pauses, arms, where the phone stands, noise of
the landmark model). They teach the recogniser beside real clips and are never scored on.
"""

import numpy as np

from formcheck.data import FloatArray, PoseSequence
from formcheck.keypoints import INDEX, N_KEYPOINTS
from formcheck.validation.stick_moves import KINDS
from formcheck.validation.stick_poses import Course, Rng

_THIGH, _SHANK, _FOOT, _TRUNK, _ARM, _FOREARM = 0.45, 0.45, 0.2, 0.55, 0.32, 0.28
_HIP_HALF, _SHOULDER_HALF = 0.1, 0.19


def _limb(angle: FloatArray, out: FloatArray, length: float, sign: float) -> FloatArray:
    """Return the vector of a limb that hangs `angle` forward and `out` sideways, shape (T, 3)."""
    a, o = np.radians(angle), np.radians(out)
    return length * np.stack([np.sin(a) * np.cos(o), sign * np.sin(o), -np.cos(a) * np.cos(o)], -1)


def _joints(course: Course) -> dict[str, FloatArray]:
    """Return joints in space (x forward, y left, z up), the lowest foot on the floor."""
    n = course["trunk"].size
    out: dict[str, FloatArray] = {}
    lean = np.radians(course["trunk"])
    spine = _TRUNK * np.stack([np.sin(lean), np.zeros(n), np.cos(lean)], axis=-1)
    out["nose"] = 1.35 * spine + [0.08, 0, 0]
    for s, side, sign in (("_l", "left", 1.0), ("_r", "right", -1.0)):
        hip = np.tile([0.0, sign * _HIP_HALF, 0.0], (n, 1))
        knee = hip + _limb(course[f"thigh{s}"], course[f"out{s}"], _THIGH, sign)
        ankle = knee + _limb(course[f"shank{s}"], course[f"out{s}"], _SHANK, sign)
        toes = _limb(course[f"foot{s}"] + 90, np.zeros(n), _FOOT, sign)
        heel_down = _limb(course[f"foot{s}"], np.zeros(n), 0.07, sign)
        shoulder = spine + np.array([0.0, sign * _SHOULDER_HALF, 0.0])
        elbow = shoulder + _limb(course[f"arm{s}"], course[f"arm_out{s}"], _ARM, sign)
        wrist = elbow + _limb(course[f"forearm{s}"], course[f"arm_out{s}"], _FOREARM, sign)
        out |= {
            f"{side}_hip": hip,
            f"{side}_knee": knee,
            f"{side}_ankle": ankle,
            f"{side}_heel": ankle + heel_down - 0.25 * toes,
            f"{side}_foot_index": ankle + heel_down + 0.75 * toes,
            f"{side}_shoulder": shoulder,
            f"{side}_elbow": elbow,
            f"{side}_wrist": wrist,
        }
    return out


def _placed(
    joints: dict[str, FloatArray], course: Course, travel: float, t: FloatArray
) -> FloatArray:
    """Return all landmarks, shape (T, 33, 3), on the floor, the lower ankle in its place."""
    at = np.zeros((t.size, N_KEYPOINTS, 3)) + joints["nose"][:, None]
    for name, where in joints.items():
        at[:, INDEX[name]] = where
    for side in ("left", "right"):
        for tip in ("pinky", "index", "thumb"):
            at[:, INDEX[f"{side}_{tip}"]] = joints[f"{side}_wrist"]
    roll = np.radians(float(np.median(course["roll"])))
    turn = np.array([[1, 0, 0], [0, np.cos(roll), -np.sin(roll)], [0, np.sin(roll), np.cos(roll)]])
    at = at @ turn
    at[..., 2] += (course["up"] - at[..., 2].min(axis=1))[:, None]
    ankles = at[:, [INDEX["left_ankle"], INDEX["right_ankle"]], :]
    low = ankles[..., 2].min(axis=1)
    weight = np.exp(-(ankles[..., 2] - low[:, None]) / 0.03)
    foot_x = (weight * ankles[..., 0]).sum(axis=1) / weight.sum(axis=1)
    at[..., 0] += (travel * t - (foot_x if travel == 0 else 0.0))[:, None]
    return np.asarray(at)


def person(kind: str, seed: int) -> PoseSequence:
    """Return the landmarks of a stick person who does something of a kind.

    Parameters
    ----------
    kind : str
        A key of :data:`KINDS`.
    seed : int
        Everything else follows from it.
    """
    rng = np.random.default_rng([seed, sorted(KINDS).index(kind)])
    t = np.arange(0, rng.uniform(2.5, 9), 1 / rng.choice([24, 25, 30, 30, 60]))
    course = KINDS[kind](t, rng)
    gait = kind in ("run", "walk")
    travel = float(rng.choice([1e-9, rng.uniform(0.8, 3.5)])) if gait else 0.0
    at = _placed(_joints(course), course, travel, t)
    if rng.random() < 0.5:
        at = at[:, _mirror_order()] * [1, -1, 1]
    return _seen(at, t, rng)


def _mirror_order() -> list[int]:
    swapped = {"left": "right", "right": "left"}
    names = sorted(INDEX, key=lambda name: INDEX[name])
    out = []
    for name in names:
        side = next((s for s in swapped if s in name), "")
        out.append(INDEX[name.replace(side, swapped[side])] if side else INDEX[name])
    return out


def _seen(at: FloatArray, t: FloatArray, rng: Rng) -> PoseSequence:
    """Return what a phone sees: turned, in perspective, with the landmark model's errors."""
    yaw = np.radians(rng.choice([0, 90, 180, 270]) + rng.normal(0, 18))
    turn = np.array([[np.cos(yaw), -np.sin(yaw), 0], [np.sin(yaw), np.cos(yaw), 0], [0, 0, 1]])
    turned = (at - at.mean(axis=(0, 1))) @ turn.T
    camera = turned[..., [0, 2, 1]] * [1, -1, 1]  # right, down, away
    away = max(rng.uniform(3, 7), 1.2 - float(camera[..., 2].min()))
    scale = 420.0 * away / (away + camera[..., 2:])
    xy = camera[..., :2] * scale + 500
    slow = np.linspace(0, 1, max(int(t[-1] * 6), 3))
    drift = rng.normal(0, 1, (slow.size, N_KEYPOINTS, 2))
    wobble = np.stack(
        [[np.interp(t / t[-1], slow, drift[:, j, d]) for d in (0, 1)] for j in range(N_KEYPOINTS)]
    )
    size = 420.0 * rng.uniform(0.005, 0.03)
    xy = xy + size * wobble.transpose(2, 0, 1) + 0.3 * size * rng.normal(0, 1, xy.shape)
    hips = camera[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1, keepdims=True)
    world = camera - hips
    world[..., 2] = world[..., 2] * rng.uniform(0.4, 1.1) + 0.02 * rng.normal(0, 1, world.shape[:2])
    return PoseSequence(
        time_s=t, xy_px=xy, confidence=np.full(xy.shape[:2], 0.9), world_m=0.85 * world
    )

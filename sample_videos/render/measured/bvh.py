"""Motion of the Carnegie Mellon data base in BVH files, whose rest pose is a T with straight legs.

Axes of the files: x to the person's left, y up, z forward; one unit is about a centimetre.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from sample_videos.render.measured.take import Take
from sample_videos.render.meshes import FloatArray

TO_WORLD = np.array([[0.0, 0, 1], [1, 0, 0], [0, 1, 0]])
UNIT_M = 0.01
REST_FRAMES = 3
BONES = {"pelvis": "hip", "thorax": "chest", "head": "head", "thigh": "Thigh", "shank": "Shin",
         "foot": "Foot", "ua": "Shldr", "fa": "ForeArm"}  # fmt: skip
CHILD = {"thigh": "Shin", "shank": "Foot", "ua": "ForeArm", "fa": "Hand"}
#: Under the foot, seen from the ankle as shares of the ankle's height over the tip of the toes: the
#: files end at the toes, the heel is as far below the ankle.
HEEL_BACK_M, BALL_SHARE = 0.03, 0.68


@dataclass(frozen=True)
class Joint:
    """One joint of a BVH file."""

    name: str
    parent: int
    offset: FloatArray
    channels: tuple[str, ...]


def read_bvh(path: Path) -> tuple[list[Joint], FloatArray, float]:
    """Joints (ends of chains too, without channels), rows of numbers, time between frames."""
    words = path.read_text(encoding="utf-8").split()
    joints: list[Joint] = []
    stack: list[int] = []
    i, name = 0, ""
    while words[i] != "MOTION":
        word = words[i]
        if word in ("ROOT", "JOINT", "End"):
            name = words[i + 1] if word != "End" else f"{joints[stack[-1]].name}_end"
        elif word == "OFFSET":
            offset = np.array([float(x) for x in words[i + 1 : i + 4]])
            joints.append(Joint(name, stack[-1] if stack else -1, offset, ()))
            stack.append(len(joints) - 1)
        elif word == "CHANNELS":
            n, old = int(words[i + 1]), joints[-1]
            channels = tuple(words[i + 2 : i + 2 + n])
            joints[-1] = Joint(old.name, old.parent, old.offset, channels)
        elif word == "}":
            stack.pop()
        i += 1
    frames = int(words[words.index("Frames:", i) + 1])
    step = words.index("Time:", i) + 1
    rows = np.array(words[step + 1 :], float).reshape(frames, -1)
    return joints, rows, float(words[step])


def placed(joints: list[Joint], rows: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Place (N, J, 3) and rotation (N, J, 3, 3) of every joint, in the file's axes."""
    n = len(rows)
    at, turn = np.zeros((n, len(joints), 3)), np.tile(np.eye(3), (n, len(joints), 1, 1))
    column = 0
    for j, joint in enumerate(joints):
        values = rows[:, column : column + len(joint.channels)]
        column += len(joint.channels)
        own = np.tile(joint.offset, (n, 1))
        order, angles = "", []
        for k, channel in enumerate(joint.channels):
            if channel.endswith("position"):
                own[:, "XYZ".index(channel[0])] += values[:, k]
            else:
                order += channel[0]
                angles.append(values[:, k])
        local = np.eye(3)[None]
        if order:
            local = Rotation.from_euler(order, np.stack(angles, 1), degrees=True).as_matrix()
        if joint.parent < 0:
            at[:, j], turn[:, j] = own, local
        else:
            up = turn[:, joint.parent]
            at[:, j] = at[:, joint.parent] + np.einsum("nij,nj->ni", up, own)
            turn[:, j] = up @ local
    return at, turn


def limb(d: FloatArray, n: FloatArray) -> FloatArray:
    """Rotation of a limb that points along ``d`` (down at rest) and bends about ``n`` (left)."""
    z = -d / np.linalg.norm(d, axis=1, keepdims=True)
    y = n - z * (n * z).sum(1, keepdims=True)
    y /= np.linalg.norm(y, axis=1, keepdims=True)
    return np.stack([np.cross(y, z), y, z], 2)


def read_take(path: Path) -> Take:
    """Read a BVH file of the data base; its first frames, the rest pose, are left out."""
    joints, rows, step_s = read_bvh(path)
    index = {joint.name: i for i, joint in enumerate(joints)}
    at, turn = placed(joints, rows[REST_FRAMES:])
    at = at @ TO_WORLD.T * UNIT_M
    turn = TO_WORLD @ turn @ TO_WORLD.T
    turns = {k: turn[:, index[BONES[k]]] for k in ("pelvis", "thorax", "head")}
    soles = {}
    for side, prefix, out in (("L", "l", 1.0), ("R", "r", -1.0)):
        for k in ("thigh", "shank"):
            a, b = index[prefix + BONES[k]], index[prefix + CHILD[k]]
            turns[k + side] = limb(at[:, b] - at[:, a], turn[:, a] @ [0, 1.0, 0])
        upper, fore, hand = (index[prefix + x] for x in ("Shldr", "ForeArm", "Hand"))
        du, df = at[:, fore] - at[:, upper], at[:, hand] - at[:, fore]
        # elbows bend about the vertical of the rest pose; a bent arm shows its axis itself
        axis = 0.2 * np.linalg.norm(du, axis=1, keepdims=True) ** 2 * (turn[:, upper] @ [0, 0, out])
        n = axis - np.cross(du, df)
        turns["ua" + side], turns["fa" + side] = limb(du, n), limb(df, n)
        foot = index[prefix + "Foot"]
        turns["foot" + side] = turn[:, foot]
        tip = TO_WORLD @ joints[index[prefix + "Foot_end"]].offset * UNIT_M
        sole = np.array([tip * [0, 1, 1] - [HEEL_BACK_M, 0, 0], tip * [BALL_SHARE, 1, 1], tip])
        soles[side] = at[:, None, foot] + np.einsum("nij,pj->npi", turn[:, foot], sole)
    hips = [at[:, index[prefix + "Thigh"]] for prefix in "lr"]
    leg = sum(float(np.linalg.norm(joints[index["l" + k]].offset)) for k in ("Shin", "Foot"))
    return Take(
        t_s=step_s * np.arange(len(rows) - REST_FRAMES), midhip=(hips[0] + hips[1]) / 2,
        turns=turns, soles=soles, leg_m=leg * UNIT_M,
    )  # fmt: skip

"""Joint angles of OpenSim's running models (.mot) as turned segments.

Axes of OpenSim: x forward, y up, z right. Pelvis, hips, trunk and arms turn about z, x, y in this
order; the left limbs have x and y the other way round.
"""

from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from sample_videos.render.measured.take import Take
from sample_videos.render.meshes import FloatArray

#: OpenSim to the renderer's world.
TO_WORLD = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
THIGH_M, SHANK_M = 0.396, 0.430
HIPS = np.array([-0.0707, -0.0661, 0.0])
"""Middle of the hips in the pelvis, metres of the unscaled model (gait2392)."""
HIP_HALF_M = 0.0835
HEEL = np.array([-0.0488, -0.0420, 0.0])
"""Origin of the heel bone seen from the ankle."""
SOLE = np.array([[0.02, -0.01, 0], [0.179, -0.01, 0], [0.179, -0.01, 0.04], [0.25, -0.005, 0]])
ANKLE_AXIS, SUBTALAR_AXIS = np.array([-0.105, -0.174, 0.979]), np.array([0.787, 0.605, -0.121])
ELBOW_AXIS = np.array([0.226, 0.022, 0.974])
LEVEL_HEAD = 0.3
"""The head, which these models lack, keeps this share of the trunk's turns; the eyes hold it."""


def read_table(path: Path) -> tuple[dict[str, FloatArray], bool]:
    """Columns of a .mot file by name, and whether angles are in degrees."""
    lines = path.read_text(encoding="utf-8").splitlines()
    end = next(i for i, x in enumerate(lines) if x.strip().lower() == "endheader")
    degrees = any(x.replace(" ", "").lower() == "indegrees=yes" for x in lines[:end])
    names = lines[end + 1].split()
    rows = np.array([[float(x) for x in line.split()] for line in lines[end + 2 :] if line.strip()])
    return dict(zip(names, rows.T, strict=True)), degrees


def _zxy(z: FloatArray, x: FloatArray, y: FloatArray) -> FloatArray:
    out: FloatArray = Rotation.from_euler("ZXY", np.stack([z, x, y], 1)).as_matrix()
    return out


def _about(axis: FloatArray, angle: FloatArray) -> FloatArray:
    unit = axis / np.linalg.norm(axis)
    out: FloatArray = Rotation.from_rotvec(angle[:, None] * unit).as_matrix()
    return out


def read_take(path: Path, *, knee_sign: float, floor_m: float = 0.0) -> Take:
    """Read a .mot file of joint angles.

    Parameters
    ----------
    path : Path
        The file.
    knee_sign : float
        -1 where bending the knee counts negative (Hamner's model), else 1.
    floor_m : float
        Height of belt or floor in the file.

    Returns
    -------
    Take
        As on the belt: not yet travelling.
    """
    c, degrees = read_table(path)
    angle = {k: np.radians(v) if degrees else v for k, v in c.items()}
    n = len(c["time"])
    zero = np.zeros(n)
    r = {"pelvis": _zxy(*(angle[f"pelvis_{k}"] for k in ("tilt", "list", "rotation")))}
    lumbar = _zxy(*(angle[f"lumbar_{k}"] for k in ("extension", "bending", "rotation")))
    r["thorax"] = r["pelvis"] @ lumbar
    r["head"] = Rotation.from_rotvec(
        LEVEL_HEAD * Rotation.from_matrix(r["thorax"]).as_rotvec()
    ).as_matrix()
    for side, right in (("l", -1.0), ("r", 1.0)):
        flip = np.array([right, right, 1.0])
        s = side.upper()
        hip = [angle[f"hip_{k}_{side}"] for k in ("flexion", "adduction", "rotation")]
        r["thigh" + s] = r["pelvis"] @ _zxy(hip[0], right * hip[1], right * hip[2])
        bend = -knee_sign * angle[f"knee_angle_{side}"]
        r["shank" + s] = r["thigh" + s] @ _about(np.array([0, 0, 1.0]), bend)
        ankle = _about(flip * ANKLE_AXIS, angle[f"ankle_angle_{side}"])
        heel = _about(flip * SUBTALAR_AXIS, angle.get(f"subtalar_angle_{side}", zero))
        r["foot" + s] = r["shank" + s] @ ankle @ heel
        arm = [angle[f"arm_{k}_{side}"] for k in ("flex", "add", "rot")]
        r["ua" + s] = r["thorax"] @ _zxy(arm[0], right * arm[1], right * arm[2])
        r["fa" + s] = r["ua" + s] @ _about(flip * ELBOW_AXIS, angle[f"elbow_flex_{side}"])
    origin = np.stack([c["pelvis_tx"], c["pelvis_ty"], c["pelvis_tz"]], 1)
    below = {s: _leg_and_sole(r, s) for s in "LR"}
    scale = _scale(origin[:, 1] - floor_m, np.stack([below[s] for s in "LR"]))
    soles = {s: (origin[:, None] + scale * below[s]) @ TO_WORLD.T for s in "LR"}
    return Take(
        t_s=c["time"] - c["time"][0],
        midhip=(origin + scale * (r["pelvis"] @ HIPS)) @ TO_WORLD.T,
        turns={k: TO_WORLD @ m @ TO_WORLD.T for k, m in r.items()},
        soles=soles,
        leg_m=scale * (THIGH_M + SHANK_M),
    )


def _leg_and_sole(r: dict[str, FloatArray], s: str) -> FloatArray:
    """Points of the sole seen from the pelvis' origin, unscaled, shape (N, P, 3)."""
    right = 1.0 if s == "R" else -1.0
    flip = np.array([1.0, 1.0, right])
    down = np.array([0, -1.0, 0])
    ankle = r["pelvis"] @ (HIPS + np.array([0, 0, right * HIP_HALF_M]))
    ankle = ankle + r["thigh" + s] @ (THIGH_M * down) + r["shank" + s] @ (SHANK_M * down)
    out: FloatArray = ankle[:, None] + np.einsum("nij,pj->npi", r["foot" + s], flip * (HEEL + SOLE))
    return out


def _scale(height_m: FloatArray, below: FloatArray) -> float:
    """Size of the person against the model: the lower foot stands on the floor in mid-stance."""
    depth = -below[..., 1].min(axis=(0, 2))
    deepest = depth / height_m >= np.percentile(depth / height_m, 40)
    return float(np.median(height_m[deepest] / depth[deepest]))

"""Ground truth read off the posed skeleton, never off the input parameters."""

from dataclasses import dataclass

import numpy as np

from sample_videos.render.meshes import FloatArray
from sample_videos.render.motion import Motion
from sample_videos.render.rotations import DEG
from sample_videos.render.skeleton import SIDES, SIGN, Skeleton

JOINT_BONES = {
    "hip": "upperleg01",
    "knee": "lowerleg01",
    "ankle": "foot",
    "shoulder": "upperarm01",
    "elbow": "lowerarm01",
    "wrist": "wrist",
}
Points = dict[str, FloatArray]
Angles = dict[str, float]


@dataclass(frozen=True)
class Sample:
    """Points (metres, in the room) and angles (degrees) of one moment."""

    m: Points
    deg: Angles


def points(skeleton: Skeleton, joints: FloatArray, bones: FloatArray) -> Points:
    """Joint centres and surface points of a posed skeleton."""
    out = {
        f"{name}_{s}": joints[skeleton.index[f"{bone}.{s}"]]
        for name, bone in JOINT_BONES.items()
        for s in SIDES
    }

    def carried(bone: str, rest: FloatArray) -> FloatArray:
        m = bones[skeleton.index[bone]]
        return m[:, :3] @ rest + m[:, 3]

    for s in SIDES:
        for name in ("asis", "psis"):
            out[f"{name}_{s}"] = carried("root", skeleton.data[f"{name}_{s}"])
        leg, ankle = skeleton.legs[s], skeleton.joint("foot." + s)
        along = np.array(skeleton.contact[s]["dir"])
        sole = ankle * [1, 1, 0]
        out[f"heel_{s}"] = carried("foot." + s, sole + along * leg.heel_m)
        out[f"ball_{s}"] = carried("foot." + s, sole + along * leg.mtp_m)
        out[f"toe_{s}"] = carried("toe2-1." + s, sole + along * leg.toe_m)
    top = np.array([skeleton.joint("head")[0], 0, float(skeleton.data["top"])])
    out["head_top"] = carried("head", top)
    out["midhip"] = (out["hip_L"] + out["hip_R"]) / 2
    return out


def bend_deg(a: FloatArray, b: FloatArray, c: FloatArray) -> float:
    """Angle of a limb a-b-c: 0 when it is straight."""
    u, v = b - a, c - b
    return float(np.arctan2(np.linalg.norm(np.cross(u, v)), u @ v) / DEG)


def frontal_bend_deg(a: FloatArray, b: FloatArray, c: FloatArray) -> float:
    """Signed turn from a-b to b-c in the room's frontal plane (Y right, Z up)."""
    u, v = (b - a)[1:], (c - b)[1:]
    return float(np.arctan2(u[0] * v[1] - u[1] * v[0], u @ v) / DEG)


def _line(prefix: str, d: FloatArray) -> Angles:
    """Tilt (+ left side higher) and turn (+ to the left) of a right-to-left line."""
    return {
        prefix + "_obliquity": np.arctan2(d[2], np.hypot(d[0], d[1])) / DEG,
        prefix + "_rotation": np.arctan2(-d[0], d[1]) / DEG,
    }


def angles(skeleton: Skeleton, m: Points, bones: FloatArray) -> Angles:
    """Angles of a posed skeleton in degrees; see the README for signs."""
    out = _line("pelvis", m["hip_L"] - m["hip_R"])
    asis, shoulders = m["asis_L"] - m["asis_R"], m["shoulder_L"] - m["shoulder_R"]
    out["pelvis_obliquity_asis"] = _line("x", asis)["x_obliquity"]
    out["shoulder_line_rotation"] = _line("x", shoulders)["x_rotation"]
    thorax = bones[skeleton.index["spine01"]][:, :3]
    out["trunk_rotation"] = np.arctan2(thorax[1, 0], thorax[0, 0]) / DEG
    pelvis = bones[skeleton.index["root"]][:, :3]
    out["pelvis_tilt"] = np.arctan2(-pelvis[2, 0], np.hypot(pelvis[0, 0], pelvis[1, 0])) / DEG
    t = (m["shoulder_L"] + m["shoulder_R"]) / 2 - m["midhip"]
    out["trunk_lean"] = np.arctan2(t[0], t[2]) / DEG
    out["trunk_lateral"] = np.arctan2(t[1], t[2]) / DEG
    for s in SIDES:
        hip, knee, ankle = m["hip_" + s], m["knee_" + s], m["ankle_" + s]
        u, v = knee - hip, ankle - knee
        foot = m["ball_" + s] - m["heel_" + s]
        out["knee_flexion_" + s] = bend_deg(hip, knee, ankle)
        out["thigh_" + s] = np.arctan2(u[0], -u[2]) / DEG
        out["shank_" + s] = np.arctan2(v[0], -v[2]) / DEG
        out["foot_pitch_" + s] = np.arctan2(foot[2], np.hypot(foot[0], foot[1])) / DEG
        out["ankle_dorsi_" + s] = out["foot_pitch_" + s] - out["shank_" + s]
        out["fppa_" + s] = SIGN[s] * frontal_bend_deg(hip, knee, ankle)
    return {k: float(x) for k, x in out.items()}


def sample(skeleton: Skeleton, motion: Motion, t_s: float) -> Sample:
    """Truth of one moment."""
    joints, bones = skeleton.fk(motion.pose(t_s))
    m = points(skeleton, joints, bones)
    return Sample(m, angles(skeleton, m, bones))

"""Rest joints of a body, forward kinematics, inverse kinematics of the legs, upper body."""

import json
from dataclasses import dataclass, field

import numpy as np
from scipy.spatial.transform import Rotation, Slerp

from sample_videos.render import bodies
from sample_videos.render.meshes import FloatArray
from sample_videos.render.rotations import DEG, about_axis, about_x, about_z, axes, cross, unit

SIDES = ("L", "R")
SIGN = {"L": 1.0, "R": -1.0}
_LEFT = np.array([0.0, 1.0, 0.0])
_GROUPS = (
    ("upperleg", "thigh*"), ("lowerleg", "shank*"), ("foot", "foot*"), ("toe", "toe*"),
    ("upperarm", "ua*"), ("lowerarm", "fa*"), ("wrist", "hand*"), ("metacarpal", "hand*"),
    ("finger", "finger*"), ("clavicle", "clav*"), ("shoulder01", "clav*"), ("breast", "thorax"),
    ("root", "pelvis"), ("pelvis", "pelvis"), ("spine05", "sp1"), ("spine04", "sp2"),
    ("spine03", "sp3"), ("spine02", "sp4"), ("spine01", "thorax"), ("neck01", "nk1"),
    ("neck02", "nk2"), ("neck03", "nk2"),
)  # fmt: skip


def _group(label: str) -> str:
    side = label[-1] if label.endswith((".L", ".R")) else ""
    for prefix, group in _GROUPS:
        if label.startswith(prefix):
            return group.replace("*", side)
    return "head"


@dataclass(frozen=True)
class Leg:
    """Rest geometry of one leg and its shoe, metres and unit vectors."""

    thigh_m: float
    shank_m: float
    thigh_dir: FloatArray
    shank_dir: FloatArray
    foot_yaw: float
    heel_m: float
    mtp_m: float
    toe_m: float
    ankle_h_m: float
    mtp_h_m: float


@dataclass(frozen=True)
class Arm:
    """Rest geometry of one arm."""

    upper_dir: FloatArray
    fore_dir: FloatArray
    normal: FloatArray


@dataclass
class Pose:
    """Place of the mid-hip and one global rotation per bone group.

    ``curl`` holds, per side, the finger rotations relative to the hand by (is thumb, phalanx).
    """

    midhip: FloatArray
    rotations: dict[str, FloatArray] = field(default_factory=dict)
    curl: dict[str, dict[tuple[int, int], FloatArray]] = field(default_factory=dict)


@dataclass(frozen=True)
class ArmPose:
    """Angles of one arm in radians; ``inward`` turns the forearm to the body."""

    flexion: float
    abduction: float
    elbow: float
    inward: float


class Skeleton:
    """Rest joints of a body file and forward kinematics.

    Parameters
    ----------
    name : str
        A key of ``bodies.BODIES``.
    """

    def __init__(self, name: str) -> None:
        self.data = bodies.load(name)
        self.labels = [str(x) for x in self.data["labels"]]
        self.index = {label: i for i, label in enumerate(self.labels)}
        self.parents = [int(p) for p in self.data["parents"]]
        self.rest = self.data["J"].astype(float)
        self.contact = json.loads(str(self.data["contact"]))
        self.config = json.loads(str(self.data["cfg"]))
        self.midhip_rest = (self.joint("upperleg01.L") + self.joint("upperleg01.R")) / 2
        self.hip_half_m = float(self.joint("upperleg01.L")[1] - self.midhip_rest[1])
        self.legs = {s: self._leg(s) for s in SIDES}
        self.arms = {s: self._arm(s) for s in SIDES}
        self.height_m = float(self.config["height_m"])
        self._group_of = [_group(label) for label in self.labels]
        self._fingers = [
            (i, label[-1], (int(label[6] == "1"), int(label[8])))
            for i, label in enumerate(self.labels)
            if label.startswith("finger")
        ]
        self._curls: dict[tuple[str, float], dict[tuple[int, int], FloatArray]] = {}

    def joint(self, label: str) -> FloatArray:
        """Rest position of a bone's head."""
        return self.rest[self.index[label]]

    def _leg(self, side: str) -> Leg:
        h, k, a = (self.joint(f"{b}.{side}") for b in ("upperleg01", "lowerleg01", "foot"))
        c = self.contact[side]
        return Leg(
            thigh_m=float(np.linalg.norm(k - h)),
            shank_m=float(np.linalg.norm(a - k)),
            thigh_dir=unit(k - h),
            shank_dir=unit(a - k),
            foot_yaw=float(np.arctan2(c["dir"][1], c["dir"][0])),
            heel_m=c["heel"],
            mtp_m=c["mtp"],
            toe_m=c["toe"],
            ankle_h_m=c["h"],
            mtp_h_m=float(self.joint("toe2-1." + side)[2]),
        )

    def _arm(self, side: str) -> Arm:
        u, e, w = (self.joint(f"{b}.{side}") for b in ("upperarm01", "lowerarm01", "wrist"))
        return Arm(unit(e - u), unit(w - e), unit(cross(e - u, w - e)))

    def fk(self, pose: Pose) -> tuple[FloatArray, FloatArray]:
        """Forward kinematics.

        Parameters
        ----------
        pose : Pose
            Root position and rotations.

        Returns
        -------
        joints : ndarray, shape (B, 3)
            Joint heads in the world.
        bones : ndarray, shape (B, 3, 4)
            Skinning matrices: world position of a rest point.
        """
        head = pose.rotations["head"]
        rotation = np.stack([pose.rotations.get(g, head) for g in self._group_of])
        for i, side, key in self._fingers:
            rotation[i] = pose.rotations["hand" + side] @ pose.curl[side][key]
        p = np.zeros((len(self.labels), 3))
        p[0] = pose.midhip + rotation[0] @ (self.rest[0] - self.midhip_rest)
        for i in range(1, len(p)):
            q = self.parents[i]
            p[i] = p[q] + rotation[q] @ (self.rest[i] - self.rest[q])
        shift = p - np.einsum("nij,nj->ni", rotation, self.rest)
        return p, np.concatenate([rotation, shift[:, :, None]], 2)

    # A leg is posed by q = (thigh angle to the vertical in the leg's plane, + forward; knee
    # flexion; tilt of that
    # plane about X, + moves the ankle to the left; turn of the knee about the hip-ankle line, +
    # knee inward).
    def leg_points(
        self, side: str, hip: FloatArray, q: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
        """Knee, ankle, directions of thigh and shank, normal of the plane, for angles ``q``."""
        thigh, knee, tilt, swivel = q[:4]
        m = about_x(tilt)
        d1 = m @ np.array([np.sin(thigh), 0, -np.cos(thigh)])
        d2 = m @ np.array([np.sin(thigh - knee), 0, -np.cos(thigh - knee)])
        n = m @ _LEFT
        leg = self.legs[side]
        turn = about_axis(unit(leg.thigh_m * d1 + leg.shank_m * d2), swivel * SIGN[side])
        d1, d2, n = turn @ d1, turn @ d2, turn @ n
        k = hip + leg.thigh_m * d1
        return k, k + leg.shank_m * d2, d1, d2, n

    def leg_ik(
        self, side: str, hip: FloatArray, ankle: FloatArray, swivel: float
    ) -> tuple[FloatArray, float]:
        """Leg angles that reach ``ankle``, and by how much the leg is too short."""
        l1, l2 = self.legs[side].thigh_m, self.legs[side].shank_m
        v = ankle - hip
        tilt = np.arctan2(v[1], -v[2])
        x, z = v[0], np.hypot(v[1], v[2])
        r = np.hypot(x, z)
        c = (l1**2 + l2**2 - r * r) / (2 * l1 * l2)
        knee = np.pi - np.arccos(min(max(c, -1.0), 1.0))
        thigh = np.arctan2(x, z) + np.arctan2(l2 * np.sin(knee), l1 + l2 * np.cos(knee))
        return np.array([thigh, knee, tilt, swivel]), max(0.0, -1 - c)

    def leg_length_m(self, side: str, knee: float) -> float:
        """Distance from hip to ankle at a knee flexion in radians."""
        leg = self.legs[side]
        a, b = leg.thigh_m, leg.shank_m
        return float(np.sqrt(a * a + b * b + 2 * a * b * np.cos(knee)))

    def pose_leg(self, pose: Pose, side: str, hip: FloatArray, q: FloatArray) -> FloatArray:
        """Set thigh and shank of ``pose`` from leg angles; returns the ankle."""
        _, ankle, d1, d2, n = self.leg_points(side, hip, q)
        leg = self.legs[side]
        pose.rotations["thigh" + side] = axes(d1, n) @ axes(leg.thigh_dir, _LEFT).T
        pose.rotations["shank" + side] = axes(d2, n) @ axes(leg.shank_dir, _LEFT).T
        return ankle

    def hip(self, pose: Pose, side: str) -> FloatArray:
        """Hip joint centre of a pose whose pelvis is set."""
        rest = self.joint("upperleg01." + side) - self.midhip_rest
        return pose.midhip + pose.rotations["pelvis"] @ rest

    def _arm_rotations(
        self, side: str, thorax: FloatArray, arm: ArmPose
    ) -> tuple[FloatArray, FloatArray]:
        sign, rest = SIGN[side], self.arms[side]
        cf, sf = np.cos(arm.flexion), np.sin(arm.flexion)
        ca, sa = np.cos(arm.abduction), np.sin(arm.abduction)
        du = thorax @ np.array([sf * ca, sign * sa, -cf * ca])
        forward = thorax @ np.array([cf, 0, sf])
        inward = thorax @ np.array([0, -sign, 0])
        e = unit(forward - du * (forward @ du))
        i = unit(inward - du * (inward @ du) - e * (inward @ e))
        e = np.cos(arm.inward) * e + np.sin(arm.inward) * i
        df = np.cos(arm.elbow) * du + np.sin(arm.elbow) * e
        n = unit(cross(du, df))
        upper = axes(du, n) @ axes(rest.upper_dir, rest.normal).T
        return upper, axes(df, n) @ axes(rest.fore_dir, rest.normal).T

    def fist(self, side: str, strength: float) -> dict[tuple[int, int], FloatArray]:
        """Finger rotations for a loose fist of ``strength`` 0 to 1."""
        key = (side, strength)
        if key not in self._curls:
            self._curls[key] = self._make_fist(side, strength)
        return self._curls[key]

    def _make_fist(self, side: str, strength: float) -> dict[tuple[int, int], FloatArray]:
        palm = unit(self.joint("finger3-1." + side) - self.joint("wrist." + side))
        across = self.joint("finger5-1." + side) - self.joint("finger2-1." + side)
        ax = unit(across - palm * (across @ palm))
        # the palms of the rest pose look inward and down
        if cross(ax, palm) @ np.array([0, -SIGN[side], -0.3]) < 0:
            ax = -ax
        out, total_deg = {}, 0.0
        for phalanx, bend_deg in ((1, 60), (2, 75), (3, 45)):
            total_deg += bend_deg * strength
            out[(0, phalanx)] = about_axis(ax, total_deg * DEG)
            out[(1, phalanx)] = about_axis(ax, total_deg * DEG * 0.25)
        return out

    def pose_upper_body(
        self,
        pose: Pose,
        thorax: FloatArray,
        head: FloatArray,
        arms: dict[str, ArmPose],
        *,
        shrug: float = 0.0,
        fist: float = 0.75,
    ) -> None:
        """Fill spine, neck, head and arms of a pose whose pelvis is set.

        Parameters
        ----------
        pose : Pose
            Changed in place.
        thorax, head : ndarray, shape (3, 3)
            Global rotations.
        arms : dict of str to ArmPose
            Per side.
        shrug : float
            Forward turn of the left collar bone, and back of the right one, radians.
        fist : float
            How far the fingers are closed.
        """
        self.pose_trunk(pose, thorax, head, shrug=shrug, fist=fist)
        r = pose.rotations
        for s in SIDES:
            r["ua" + s], r["fa" + s] = self._arm_rotations(s, thorax, arms[s])
            r["hand" + s] = r["fa" + s]

    def pose_trunk(
        self,
        pose: Pose,
        thorax: FloatArray,
        head: FloatArray,
        *,
        shrug: float = 0.0,
        fist: float = 0.75,
    ) -> None:
        """Fill spine, neck, head, collar bones and fingers of a pose whose pelvis is set."""
        r = pose.rotations
        spine = Slerp([0, 1], Rotation.from_matrix(np.stack([r["pelvis"], thorax])))
        share = spine([0.15, 0.4, 0.65, 0.9]).as_matrix()
        r.update(zip(("sp1", "sp2", "sp3", "sp4"), share, strict=True))
        neck = Slerp([0, 1], Rotation.from_matrix(np.stack([thorax, head])))([0.35, 0.7])
        r["thorax"], r["head"] = thorax, head
        r["nk1"], r["nk2"] = neck.as_matrix()
        for s in SIDES:
            r["clav" + s] = thorax @ about_z(-shrug)
            pose.curl[s] = self.fist(s, fist)

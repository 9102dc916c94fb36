"""Jumps with a two-footed landing."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sample_videos.render.meshes import FloatArray
from sample_videos.render.motion.base import AFTER_S, BEFORE_S, Contact, MotionSpec
from sample_videos.render.rotations import DEG, GRAVITY_MPS2, about_z, hermite, pitch, smooth
from sample_videos.render.skeleton import SIDES, SIGN, ArmPose, Pose, Skeleton

#: Pitch of the feet at landing (toes touch first) and at take-off (heels rise before).
LANDING_PITCH, TAKE_OFF_PITCH = -26 * DEG, -48 * DEG


@dataclass(frozen=True)
class JumpSpec(MotionSpec):
    """Wishes for jump landings.

    Parameters
    ----------
    height_m : float
        Rise of the mid-hip after take-off.
    crouch_deg, knee_ic_deg, knee_peak_deg : float
        Knee flexion before the jump, at contact, deepest after landing.
    descend_s, recover_s : float
        From contact to the deepest point, and back up: short and shallow is stiff.
    valgus_deg : float
        Inward turn of the knees about the hip-ankle line at the deepest point.
    width_m : float
        Between the ankles.
    trunk_lean_deg : float
        Forward lean at the deepest point.
    period_s, start_s : float
        Time between jumps, start of the first.
    reps : int
        Number of jumps.
    variation : float
        Differences between landings; 1 is usual (4 degrees of knee, 8 % of the time).
    """

    kind: ClassVar[str] = "jump"
    height_m: float = 0.28
    crouch_deg: float = 80.0
    knee_ic_deg: float = 20.0
    knee_peak_deg: float = 70.0
    descend_s: float = 0.22
    recover_s: float = 0.9
    valgus_deg: float = 0.0
    width_m: float = 0.24
    trunk_lean_deg: float = 22.0
    period_s: float = 3.4
    reps: int = 3
    start_s: float = 0.6
    toe_out_deg: float = 8.0
    variation: float = 0.0


class Feet:
    """Geometry of feet that stand on their toes: where the ankle is for a pitch of the foot."""

    def __init__(self, skeleton: Skeleton, toe_out_deg: float, width_m: float) -> None:
        leg = skeleton.legs["L"]
        self.skeleton, self.toe_out, self.width_m = skeleton, toe_out_deg * DEG, width_m
        self.ankle_h_m = leg.ankle_h_m
        self._pivot = np.array([leg.mtp_m, 0, leg.mtp_h_m - leg.ankle_h_m])

    def shift(self, angle: float) -> FloatArray:
        """Displacement of the ankle from its flat-foot place, along the foot."""
        return self._pivot - pitch(angle) @ self._pivot

    def ankle(self, side: str, angle: float) -> FloatArray:
        """Ankle of a foot on the ground."""
        place = np.array([0, SIGN[side] * self.width_m / 2, self.ankle_h_m])
        return place + about_z(SIGN[side] * self.toe_out) @ self.shift(angle)

    def hip_z_m(self, angle: float, leg_m: float) -> float:
        """Height of the mid-hip over the toes for a hip-ankle distance."""
        a = self.ankle("L", angle)
        gap = a[1] - self.skeleton.hip_half_m
        return float(a[2] + np.sqrt(leg_m**2 - a[0] ** 2 - gap**2))


class JumpLanding:
    """Jumps on the spot with two-footed landings.

    Parameters
    ----------
    skeleton : Skeleton
        Whose body.
    spec : JumpSpec
        What is wished.
    """

    kind = "jump"

    def __init__(self, skeleton: Skeleton, spec: JumpSpec) -> None:
        self.skeleton, self.spec = skeleton, spec
        self.feet = feet = Feet(skeleton, spec.toe_out_deg, spec.width_m)

        def length(knee_deg: float) -> float:
            return skeleton.leg_length_m("L", knee_deg * DEG)

        self.leg_ic_m, self.leg_to_m = length(spec.knee_ic_deg), length(9)
        self.z_stand_m = feet.ankle_h_m + length(7)
        self.z_crouch_m = feet.ankle_h_m + length(spec.crouch_deg)
        rng = np.random.default_rng(spec.seed)
        spread = spec.variation * rng.standard_normal((2, spec.reps)).clip(-2, 2)
        self.z_min_m = [feet.ankle_h_m + length(spec.knee_peak_deg + 4 * x) for x in spread[0]]
        self.descend_s = [spec.descend_s * (1 + 0.08 * x) for x in spread[1]]
        self.z_ic_m = feet.hip_z_m(LANDING_PITCH, self.leg_ic_m)
        self.z_to_m = feet.hip_z_m(TAKE_OFF_PITCH, self.leg_to_m)
        self.v_mps = float(np.sqrt(2 * GRAVITY_MPS2 * spec.height_m))
        self.crouch_s = 0.55
        self.push_s = 2.2 * (self.z_to_m - self.z_crouch_m) / self.v_mps
        drop = 2 * GRAVITY_MPS2 * (self.z_to_m - self.z_ic_m)
        self.flight_s = float((self.v_mps + np.sqrt(self.v_mps**2 + drop)) / GRAVITY_MPS2)

    def _phase(self, t: float) -> tuple[float, float, float | None]:
        """Hip height, foot pitch, and the leg's length in flight (None on the ground)."""
        p = self.spec
        u = t - p.start_s
        k = np.floor(u / p.period_s)
        if u < 0 or k >= p.reps:
            return self.z_stand_m, 0.0, None
        u -= k * p.period_s
        if u < self.crouch_s:
            fall = (self.z_crouch_m - self.z_stand_m) * smooth(u / self.crouch_s)
            return self.z_stand_m + fall, 0.0, None
        u -= self.crouch_s
        if u < self.push_s:
            z = hermite(u, [0, self.push_s], [self.z_crouch_m, self.z_to_m], [0, self.v_mps])
            return z, TAKE_OFF_PITCH * max(0, (u / self.push_s - 0.45) / 0.55) ** 2, None
        u -= self.push_s
        if u < self.flight_s:
            f = smooth(u / self.flight_s)
            z = self.z_to_m + self.v_mps * u - GRAVITY_MPS2 * u * u / 2
            leg_m = self.leg_to_m + (self.leg_ic_m - self.leg_to_m) * f
            return z, TAKE_OFF_PITCH + (LANDING_PITCH - TAKE_OFF_PITCH) * f, leg_m
        return self._landing(u - self.flight_s, int(k))

    def _landing(self, u: float, k: int) -> tuple[float, float, float | None]:
        p = self.spec
        v = self.v_mps - GRAVITY_MPS2 * self.flight_s
        z_min_m, descend_s = self.z_min_m[k], self.descend_s[k]
        if u < descend_s:
            z = hermite(u, [0, descend_s], [self.z_ic_m, z_min_m], [v, 0])
            flat_s = min(0.09, descend_s * 0.6)
            return z, LANDING_PITCH * max(0, 1 - u / flat_s) ** 2, None
        rise = (self.z_stand_m - z_min_m) * smooth((u - descend_s) / p.recover_s)
        return z_min_m + rise, 0.0, None

    def ground_x_m(self, t_s: float) -> float:  # noqa: ARG002
        """Solid ground."""
        return 0.0

    def travel_x_m(self, t_s: float) -> float:  # noqa: ARG002
        """On the spot."""
        return 0.0

    def _depth(self, z: float) -> float:
        leg = self.skeleton.legs["L"]
        lowest = self.feet.ankle_h_m + 0.62 * (leg.thigh_m + leg.shank_m)
        return float(np.clip((self.z_stand_m - z) / (self.z_stand_m - lowest), 0, 1.3))

    def pose(self, t_s: float) -> Pose:
        """Pose of the whole body."""
        sk, p = self.skeleton, self.spec
        z, angle, leg_m = self._phase(t_s)
        d = self._depth(z) if leg_m is None else 0.0
        pelvis = pitch(-(3 + 24 * d) * DEG)
        pose = Pose(np.array([-0.16 * d, 0, z]), {"pelvis": pelvis})
        for s in SIDES:
            pose_two_feet(
                sk, self.feet, pose, s, angle=angle, leg_m=leg_m,
                swivel_deg=p.valgus_deg * min(1, d * 1.3),
            )  # fmt: skip
        arm = ArmPose((5 + 40 * d) * DEG, 20 * DEG, (35 + 20 * d) * DEG, 12 * DEG)
        thorax = pitch(-(2 + p.trunk_lean_deg * d) * DEG)
        sk.pose_upper_body(pose, thorax, pitch(-0.05), dict.fromkeys(SIDES, arm), fist=0.35)
        return pose

    def contacts(self, start_s: float, end_s: float) -> list[Contact]:
        """Intervals on the ground; standing before the first jump starts at BEFORE_S."""
        p, spans, last = self.spec, [], BEFORE_S
        for k in range(p.reps):
            to = p.start_s + k * p.period_s + self.crouch_s + self.push_s
            spans.append((last, to))
            last = to + self.flight_s
        spans.append((last, AFTER_S))
        return [Contact(s, a, b) for a, b in spans for s in SIDES if b > start_s and a < end_s]


def pose_two_feet(
    skeleton: Skeleton, feet: Feet, pose: Pose, side: str, *, angle: float, leg_m: float | None,
    swivel_deg: float,
) -> None:  # fmt: skip
    """Pose a jumper's leg: on the ground, or hanging under the hip with length ``leg_m``."""
    hip = skeleton.hip(pose, side)
    ankle = feet.ankle(side, angle)
    if leg_m is not None:
        gap = np.array([ankle[0] - hip[0], ankle[1] - hip[1]])
        ankle = np.array([ankle[0], ankle[1], hip[2] - np.sqrt(leg_m**2 - gap @ gap)])
    q, _ = skeleton.leg_ik(side, hip, ankle, swivel_deg * DEG)
    skeleton.pose_leg(pose, side, hip, q)
    yaw = about_z(SIGN[side] * feet.toe_out)
    unturn = about_z(-skeleton.legs[side].foot_yaw)
    pose.rotations["foot" + side] = yaw @ pitch(angle) @ unturn
    pose.rotations["toe" + side] = yaw @ pitch(0 if leg_m is None else angle * 0.6) @ unturn

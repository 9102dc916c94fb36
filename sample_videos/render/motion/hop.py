"""Hops in place, on both feet or on one."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sample_videos.render.motion.base import BEFORE_S, Contact, MotionSpec
from sample_videos.render.motion.jump import LANDING_PITCH, Feet, pose_two_feet
from sample_videos.render.motion.squat import lift_other_leg
from sample_videos.render.rotations import DEG, GRAVITY_MPS2, about_x, pitch, smooth
from sample_videos.render.skeleton import SIDES, SIGN, ArmPose, Pose, Skeleton


@dataclass(frozen=True)
class HopSpec(MotionSpec):
    """Wishes for repeated hops.

    Parameters
    ----------
    side : {'both', 'L', 'R'}
        On which feet.
    contact_s, flight_s : float
        Per hop.
    knee_ic_deg : float
        Knee flexion at contact.
    pelvic_drop_deg : float
        One foot only: drop of the other side at the lowest point.
    valgus_deg : float
        Inward turn of the knee about the hip-ankle line at the lowest point.
    width_m, toe_out_deg : float
        Both feet: between the ankles, toe-out.
    start_s, end_s : float
        Standing before and after (the last landing comes before ``end_s``).
    """

    kind: ClassVar[str] = "hop"
    side: str = "both"
    contact_s: float = 0.24
    flight_s: float = 0.28
    knee_ic_deg: float = 22.0
    pelvic_drop_deg: float = 5.0
    valgus_deg: float = 2.0
    width_m: float = 0.20
    toe_out_deg: float = 7.0
    start_s: float = 0.6
    end_s: float = 100.0


class Hopping:
    """Repeated hops: free fall, then a half-sine ground force.

    Parameters
    ----------
    skeleton : Skeleton
        Whose body.
    spec : HopSpec
        What is wished.
    """

    kind = "hop"

    def __init__(self, skeleton: Skeleton, spec: HopSpec) -> None:
        self.skeleton, self.spec = skeleton, spec
        one = spec.side != "both"
        self.sides = (spec.side,) if one else SIDES
        width_m = 0.02 if one else spec.width_m
        self.feet = Feet(skeleton, spec.toe_out_deg, width_m)
        self.leg_m = skeleton.leg_length_m("L", spec.knee_ic_deg * DEG)
        self.shift_y_m = 0.0
        if one:
            self.shift_y_m = SIGN[spec.side] * (width_m / 2 - 0.62 * skeleton.hip_half_m)
        self.z_ic_m = self._hip_z_m(LANDING_PITCH, self.leg_m)
        self.z_stand_m = self._hip_z_m(0.0, skeleton.leg_length_m("L", 8 * DEG))
        self.rng = np.random.default_rng(spec.seed)
        period = spec.contact_s + spec.flight_s
        self.n_hops = max(1, int((min(spec.end_s, 60.0) - spec.start_s) / period))

    def _hip_z_m(self, angle: float, leg_m: float) -> float:
        a = self.feet.ankle("L", angle)
        hip_y = self.skeleton.hip_half_m + abs(self.shift_y_m) * (-1 if self.shift_y_m else 0)
        return float(a[2] + np.sqrt(leg_m**2 - a[0] ** 2 - (a[1] - hip_y) ** 2))

    def _phase(self, t: float) -> tuple[float, float, float | None]:
        p, g = self.spec, GRAVITY_MPS2
        u = t - p.start_s
        ready_s = 0.35  # rises on the toes before the first bounce
        if u < 0:
            f = smooth(1 + u / ready_s)
            return self.z_stand_m + (self.z_ic_m - self.z_stand_m) * f, LANDING_PITCH * f, None
        period, v = p.contact_s + p.flight_s, g * p.flight_s / 2
        k = min(int(u / period), self.n_hops)
        u -= k * period
        if k == self.n_hops:
            return self._settle(u, v)
        if u <= p.contact_s:
            w = np.pi / p.contact_s
            fall = v if k else 0.0  # the first push starts from rest
            if k == 0:
                f = u / p.contact_s
                dip = 0.05 * np.sin(np.pi * f) ** 2 * (1 - f) ** 0.5
                rise = v * p.contact_s * (f**3 - f**2)
                return float(self.z_ic_m - dip + rise), LANDING_PITCH * (2 * f - 1) ** 2, None
            force = np.pi * (v + fall + g * p.contact_s) / (2 * p.contact_s)
            z = self.z_ic_m - fall * u - g * u * u / 2 + force / w * (u - np.sin(w * u) / w)
            return float(z), LANDING_PITCH * (2 * u / p.contact_s - 1) ** 2, None
        u -= p.contact_s
        return self.z_ic_m + v * u - g * u * u / 2, LANDING_PITCH, self.leg_m

    def _settle(self, u: float, v: float) -> tuple[float, float, float | None]:
        """After the last landing: a damped dip, then standing."""
        decay = np.exp(-u / 0.10)
        gap = self.z_ic_m - self.z_stand_m
        z = self.z_stand_m + decay * (gap + (gap / 0.10 - v) * u)
        return float(z), LANDING_PITCH * max(0.0, 1 - u / 0.1) ** 2, None

    def ground_x_m(self, t_s: float) -> float:  # noqa: ARG002
        """Solid ground."""
        return 0.0

    def travel_x_m(self, t_s: float) -> float:  # noqa: ARG002
        """On the spot."""
        return 0.0

    def pose(self, t_s: float) -> Pose:
        """Pose of the whole body."""
        sk, p = self.skeleton, self.spec
        z, angle, leg_m = self._phase(t_s)
        d = float(np.clip((self.z_stand_m - z) / (0.38 * sk.legs["L"].thigh_m * 2), 0, 1.3))
        d = d if leg_m is None else 0.0
        drop = 0.0
        if p.side != "both":
            drop = SIGN[p.side] * p.pelvic_drop_deg * min(1.0, d * 4) * DEG
        pelvis = about_x(drop) @ pitch(-(3 + 20 * d) * DEG)
        pose = Pose(np.array([-0.10 * d, self.shift_y_m, z]), {"pelvis": pelvis})
        for s in SIDES:
            if s in self.sides:
                if p.side != "both":
                    # the height is that of the standing hip
                    hip = sk.hip(pose, s)
                    pose.midhip = pose.midhip + np.array([0, 0, z - hip[2]])
                pose_two_feet(
                    sk, self.feet, pose, s, angle=angle, leg_m=leg_m,
                    swivel_deg=p.valgus_deg * min(1, d * 3),
                )  # fmt: skip
        for s in SIDES:
            if s not in self.sides:
                lift_other_leg(sk, pose, s, 0.8 + 0.2 * d, toe_out_deg=p.toe_out_deg)
        arm = ArmPose((5 + 30 * d) * DEG, 20 * DEG, (45 + 20 * d) * DEG, 14 * DEG)
        thorax = pitch(-(3 + 14 * d) * DEG)
        sk.pose_upper_body(pose, thorax, pitch(-0.05), dict.fromkeys(SIDES, arm), fist=0.35)
        return pose

    def contacts(self, start_s: float, end_s: float) -> list[Contact]:
        """Intervals on the ground; the first one starts at BEFORE_S, the last ends at AFTER_S."""
        p, period = self.spec, self.spec.contact_s + self.spec.flight_s
        spans = []
        for k in range(self.n_hops + 1):
            ic = p.start_s + k * period
            to = ic + p.contact_s if k < self.n_hops else 1000.0
            spans.append((ic if k else BEFORE_S, to))
        return [Contact(s, a, b) for a, b in spans for s in self.sides if b > start_s and a < end_s]

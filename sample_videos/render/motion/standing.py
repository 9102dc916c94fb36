"""The movement tests that are done on the feet."""

import numpy as np

from sample_videos.render.meshes import FloatArray
from sample_videos.render.motion.base import Contact
from sample_videos.render.motion.drill import Drill, standing_arms
from sample_videos.render.motion.jump import Feet
from sample_videos.render.motion.squat import lift_other_leg
from sample_videos.render.rotations import DEG, about_x, about_z, pitch, smooth
from sample_videos.render.skeleton import SIDES, SIGN, ArmPose, Pose


def _upright(drill: Drill, pose: Pose, lean_deg: float, side_deg: float = 0.0) -> None:
    """Trunk, head and hanging arms; lean forward, and to the left."""
    thorax = about_x(-side_deg * DEG) @ pitch(-lean_deg * DEG)
    arm = ArmPose(*standing_arms(max(0.0, lean_deg - 8) * DEG))
    head = pitch(-0.5 * lean_deg * DEG)
    drill.skeleton.pose_upper_body(pose, thorax, head, dict.fromkeys(SIDES, arm), fist=0.35)


class DoubleSquat(Drill):
    """Squat on both legs; ``full`` is the knee's bend."""

    stance_m = 0.30
    bend_at_rest_deg = 6.0

    def prepare(self) -> None:
        """Place the feet."""
        self.feet = Feet(self.skeleton, 10.0, self.stance_m)

    def knee_deg(self, d: float) -> float:
        """Bend of the knee."""
        return self.bend_at_rest_deg + (self.spec.full - self.bend_at_rest_deg) * d

    def back_m(self, d: float) -> float:
        """How far the hips go back."""
        return 0.20 * d

    def lean(self, d: float) -> tuple[float, float]:
        """Forward lean of pelvis and trunk, degrees."""
        return 3 + 26 * d, 3 + (self.spec.lean_deg or 30.0) * d

    def pose_at(self, d: float, t_s: float) -> Pose:
        """Feet flat, hips back and down."""
        sk, p = self.skeleton, self.spec
        leg_m = sk.leg_length_m("L", self.knee_deg(d) * DEG)
        x, y = -self.back_m(d), p.shift_m * d
        side = self.stance_m / 2 - sk.hip_half_m
        z = self.feet.ankle_h_m + np.sqrt(leg_m**2 - x * x - side * side)
        tilt, lean = self.lean(d)
        pose = Pose(np.array([x, y, z]) + self.wobble(t_s), {"pelvis": pitch(-tilt * DEG)})
        for s in SIDES:
            plant(self, pose, s, self.feet.ankle(s, 0.0), swivel_deg=p.inward_deg * d)
        _upright(self, pose, lean)
        return pose


class HipHinge(DoubleSquat):
    """Hips back with a nearly straight knee; ``full`` is the trunk's lean."""

    bend_at_rest_deg = 8.0

    def knee_deg(self, d: float) -> float:
        """Keep a soft knee."""
        return 8 + 14 * d

    def back_m(self, d: float) -> float:
        """Send the hips far back."""
        return 0.24 * d

    def lean(self, d: float) -> tuple[float, float]:
        """Pelvis and trunk go together."""
        return 3 + (self.spec.full - 11) * d, 4 + (self.spec.full - 4) * d


def plant(
    drill: Drill,
    pose: Pose,
    side: str,
    ankle: FloatArray,
    *,
    swivel_deg: float = 0.0,
    toe_out_deg: float = 10.0,
    pitch_rad: float = 0.0,
) -> None:
    """Pose a leg whose foot is on the ground."""
    sk = drill.skeleton
    hip = sk.hip(pose, side)
    q, _ = sk.leg_ik(side, hip, ankle, swivel_deg * DEG)
    sk.pose_leg(pose, side, hip, q)
    yaw, unturn = about_z(SIGN[side] * toe_out_deg * DEG), about_z(-sk.legs[side].foot_yaw)
    pose.rotations["foot" + side] = yaw @ pitch(pitch_rad) @ unturn
    pose.rotations["toe" + side] = yaw @ unturn


class Lunge(Drill):
    """Split lunge; ``side`` is the front leg, ``full`` the bend of its knee."""

    def prepare(self) -> None:
        """Place both feet."""
        self.feet = Feet(self.skeleton, 4.0, 0.16)

    def pose_at(self, d: float, t_s: float) -> Pose:
        """Sink between the feet."""
        sk, p = self.skeleton, self.spec
        front, back = p.side, "R" if p.side == "L" else "L"
        ahead, behind = 0.36, -0.40
        lift = (28 + 22 * d) * DEG
        knee = (14 + (p.full - 14) * d) * DEG
        x = 0.02 + 0.06 * d
        leg_m = sk.leg_length_m(front, knee)
        z = self.feet.ankle_h_m + np.sqrt(leg_m**2 - (ahead - x) ** 2 - 0.01**2)
        pose = Pose(np.array([x, 0, z]) + self.wobble(t_s), {"pelvis": pitch(-4 * DEG)})
        place = self.feet.ankle(front, 0.0) + np.array([ahead, 0, 0])
        plant(self, pose, front, place, swivel_deg=p.inward_deg * d, toe_out_deg=4)
        place = self.feet.ankle(back, -lift) + np.array([behind, 0, 0])
        plant(self, pose, back, place, toe_out_deg=4, pitch_rad=-lift)
        _upright(self, pose, 4 + (p.lean_deg or 6.0) * d)
        return pose

    def contacts(self, start_s: float, end_s: float) -> list[Contact]:
        """Both feet."""
        return [Contact(s, start_s, end_s) for s in SIDES]


class OneLeg(Drill):
    """Base of tests on one leg: the other foot is held behind."""

    def prepare(self) -> None:
        """Place the standing foot under the hips."""
        self.feet = Feet(self.skeleton, 6.0, 0.02)
        self.idle = "R" if self.spec.side == "L" else "L"

    def stand(self, d: float, t_s: float, *, knee_deg: float, back_m: float) -> Pose:
        """Pose the pelvis over the standing foot."""
        sk, p = self.skeleton, self.spec
        sign = SIGN[p.side]
        leg_m = sk.leg_length_m(p.side, knee_deg * DEG)
        ankle = self.ankle(d)
        rest = sk.joint("upperleg01." + p.side) - sk.midhip_rest
        pelvis = about_x(sign * p.drop_deg * d * DEG) @ pitch(-(3 + 40 * back_m) * DEG)
        y = sign * sk.hip_half_m * 0.35
        z = ankle[2] + np.sqrt(leg_m**2 - back_m**2 - y * y)
        hip = np.array([ankle[0] - back_m, ankle[1] + y, z]) + self.wobble(t_s)
        pose = Pose(hip - pelvis @ rest, {"pelvis": pelvis})
        plant(self, pose, p.side, ankle, swivel_deg=p.inward_deg * d, toe_out_deg=6,
              pitch_rad=self.foot_pitch(d))  # fmt: skip
        return pose

    def ankle(self, d: float) -> FloatArray:
        """Where the standing ankle is."""
        return self.feet.ankle(self.spec.side, self.foot_pitch(d))

    def foot_pitch(self, d: float) -> float:  # noqa: ARG002
        """Flat foot."""
        return 0.0


class CalfRaise(OneLeg):
    """Heel raise on one leg; ``full`` is the foot's angle to the ground."""

    def foot_pitch(self, d: float) -> float:
        """Heel up."""
        return -self.spec.full * d * DEG

    def pose_at(self, d: float, t_s: float) -> Pose:
        """Straight knee, heel rising."""
        pose = self.stand(d, t_s, knee_deg=6, back_m=0.0)
        lift_other_leg(self.skeleton, pose, self.idle, 0.2, toe_out_deg=6, clearance_m=0.08)
        _upright(self, pose, 3)
        return pose


class RunningMan(OneLeg):
    """The free leg swings from a high knee to behind; ``full`` is the thigh's swing."""

    def pose_at(self, d: float, t_s: float) -> Pose:
        """Rest: the free knee in front; full: the free leg behind, standing knee bent."""
        sk, p = self.skeleton, self.spec
        pose = self.stand(d, t_s, knee_deg=8 + 30 * d, back_m=0.02 + 0.08 * d)
        thigh, knee = (62 - p.full * d) * DEG, (82 - 22 * d) * DEG
        hip = sk.hip(pose, self.idle)
        q = np.array([thigh, knee, -SIGN[self.idle] * 0.02, 0])
        sk.pose_leg(pose, self.idle, hip, q)
        foot = pitch(thigh - knee - 8 * DEG) @ about_z(-sk.legs[self.idle].foot_yaw)
        pose.rotations["foot" + self.idle] = pose.rotations["toe" + self.idle] = foot
        thorax = pitch(-(4 + (p.lean_deg or 22.0) * d) * DEG)
        swing = {p.side: -28 + 60 * d, self.idle: 32 - 60 * d}
        arms = {s: ArmPose(swing[s] * DEG, 12 * DEG, 85 * DEG, 14 * DEG) for s in SIDES}
        sk.pose_upper_body(pose, thorax, pitch(-6 * DEG), arms, fist=0.6)
        return pose


class SitToStand(OneLeg):
    """Up from a seat on one leg; ``full`` is the bend of the knee when seated."""

    def pose_at(self, d: float, t_s: float) -> Pose:
        """Rest: seated, the other leg out in front; full: standing."""
        sk, p = self.skeleton, self.spec
        down = 1 - d
        pose = self.stand(0.0, t_s, knee_deg=p.full * down + 7 * d, back_m=0.30 * smooth(down))
        hip = sk.hip(pose, self.idle)
        thigh, knee = (12 + 58 * down) * DEG, (16 + 14 * down) * DEG
        sk.pose_leg(pose, self.idle, hip, np.array([thigh, knee, 0, 0]))
        foot = pitch(thigh - knee + 4 * DEG) @ about_z(-sk.legs[self.idle].foot_yaw)
        pose.rotations["foot" + self.idle] = pose.rotations["toe" + self.idle] = foot
        rising = 4 * d * down
        _upright(self, pose, 6 + 8 * down + 26 * rising)
        return pose


class Balance(OneLeg):
    """Stand on one leg; a repetition's share lifts the other foot (``full`` is not used)."""

    RAMP_S = 0.45

    def pose(self, t_s: float) -> Pose:
        """Lift, hold, put down."""
        up = 0.0
        for _, a, b, share in self.spans():
            if a <= t_s < b:
                up = share * smooth((t_s - a) / self.RAMP_S) * smooth((b - t_s) / self.RAMP_S)
        return self.pose_at(up, t_s)

    def spans(self) -> list[tuple[str, float, float, float]]:
        """Return the holds; a share below one is a shorter one."""
        s = self.schedule
        return [
            (self.spec.side, a, a + s.rep_s * share, 1.0)
            for a, share in zip(s.starts_s, s.shares, strict=True)
        ]

    def pose_at(self, d: float, t_s: float) -> Pose:
        """Both feet down at rest."""
        sk, p = self.skeleton, self.spec
        sign = SIGN[p.side]
        pose = self.stand(d, t_s, knee_deg=7, back_m=0.0)
        pose.midhip = pose.midhip - np.array([0, sign * 0.085 * (1 - d), 0])
        hip = sk.hip(pose, p.side)
        q, _ = sk.leg_ik(p.side, hip, self.ankle(d), 0.0)
        sk.pose_leg(pose, p.side, hip, q)
        self._free(pose, d)
        _upright(self, pose, 3, sign * p.lean_deg * d)
        return pose

    def _free(self, pose: Pose, d: float) -> None:
        sign = SIGN[self.idle]
        down = np.array([0, sign * 0.16, self.feet.ankle_h_m])
        up = np.array([-0.16, sign * 0.10, self.feet.ankle_h_m + 0.26])
        plant(self, pose, self.idle, down + (up - down) * d, toe_out_deg=6, pitch_rad=-0.5 * d)
        pose.rotations["toe" + self.idle] = pose.rotations["foot" + self.idle]

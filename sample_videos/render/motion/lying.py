"""The movement tests that are done lying down: single-leg bridge, side-lying leg raise."""

import numpy as np

from sample_videos.render.motion.drill import Drill
from sample_videos.render.rotations import DEG, about_x, about_z, pitch
from sample_videos.render.skeleton import SIDES, SIGN, ArmPose, Pose

BACK_M = 0.105
"""Hip and shoulder centres over the floor when lying on the back."""


class Bridge(Drill):
    """Single-leg bridge on the back, head to the rear; ``full`` is the trunk's rise in degrees."""

    def prepare(self) -> None:
        """Measure the trunk and place the foot."""
        sk = self.skeleton
        shoulders = (sk.joint("upperarm01.L") + sk.joint("upperarm01.R")) / 2
        self.trunk_m = float(np.linalg.norm(shoulders - sk.midhip_rest))
        self.shoulder = np.array([-0.55, 0, BACK_M])
        leg = sk.legs["L"]
        reach = 0.82 * (leg.thigh_m + leg.shank_m) * 0.55
        self.heel_x = self.shoulder[0] + self.trunk_m + reach

    def pose_at(self, d: float, t_s: float) -> Pose:
        """Shoulders and one foot on the floor, hips rising, the other leg straight."""
        sk, p = self.skeleton, self.spec
        a = p.full * d * DEG
        back = pitch(np.pi / 2 + a)
        midhip = self.shoulder + self.trunk_m * np.array([np.cos(a), 0, np.sin(a)])
        pose = Pose(midhip + self.wobble(t_s) * [1, 1, 0], {"pelvis": back})
        hip = sk.hip(pose, p.side)
        ankle = np.array([self.heel_x, hip[1], sk.legs[p.side].ankle_h_m])
        q, _ = sk.leg_ik(p.side, hip, ankle, 0.0)
        sk.pose_leg(pose, p.side, hip, q)
        foot = about_z(-sk.legs[p.side].foot_yaw)
        pose.rotations["foot" + p.side] = pose.rotations["toe" + p.side] = foot
        other = "R" if p.side == "L" else "L"
        thigh = float(q[0])
        sk.pose_leg(pose, other, sk.hip(pose, other), np.array([thigh, 10 * DEG, 0, 0]))
        toes_up = pitch(thigh - 10 * DEG) @ about_z(-sk.legs[other].foot_yaw)
        pose.rotations["foot" + other] = pose.rotations["toe" + other] = toes_up
        arm = ArmPose(-14 * DEG, 22 * DEG, 8 * DEG, 0.0)
        head = pitch(np.pi / 2 - 8 * DEG)
        sk.pose_upper_body(pose, back, head, dict.fromkeys(SIDES, arm), fist=0.2)
        return pose


class SideLyingAbduction(Drill):
    """Leg raise lying on the side; ``side`` is the upper leg, ``full`` its angle."""

    def pose_at(self, d: float, t_s: float) -> Pose:
        """Body in line, facing forward, the upper leg rising."""
        sk, p = self.skeleton, self.spec
        sign = SIGN[p.side]
        turned = about_x(sign * np.pi / 2)
        pose = Pose(
            np.array([0, -sign * 0.1, 0.175]) + self.wobble(t_s) * [1, 0, 0], {"pelvis": turned}
        )
        for s in SIDES:
            raised = p.full * d * DEG if s == p.side else 0.0
            thigh, knee = (2 * DEG, 5 * DEG) if s == p.side else (28 * DEG, 45 * DEG)
            tilt = sign * (np.pi / 2 + raised)
            hip = sk.hip(pose, s)
            sk.pose_leg(pose, s, hip, np.array([thigh, knee, tilt, 0]))
            foot = about_x(tilt) @ pitch(thigh - knee) @ about_z(-sk.legs[s].foot_yaw)
            pose.rotations["foot" + s] = pose.rotations["toe" + s] = foot
        upper = ArmPose(22 * DEG, 6 * DEG, 60 * DEG, 40 * DEG)
        lower = ArmPose(120 * DEG, 6 * DEG, 70 * DEG, 10 * DEG)
        arms = {s: upper if s == p.side else lower for s in SIDES}
        sk.pose_upper_body(pose, turned, about_x(sign * 80 * DEG), arms, fist=0.3)
        return pose

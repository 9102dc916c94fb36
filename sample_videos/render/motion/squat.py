"""Single-leg squats on flat ground."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy.optimize import brentq

from sample_videos.render.meshes import FloatArray
from sample_videos.render.motion.base import Contact, MotionSpec
from sample_videos.render.motion.drill import Drill
from sample_videos.render.rotations import DEG, about_x, about_z, pitch
from sample_videos.render.skeleton import SIDES, SIGN, ArmPose, Pose, Skeleton

MAX_LIFT_KNEE = 128 * DEG


@dataclass(frozen=True)
class SquatSpec(MotionSpec):
    """Wishes for single-leg squats.

    Parameters
    ----------
    side : {'L', 'R'}
        The standing leg.
    depth_deg : float
        Knee flexion at the deepest point.
    fppa_deg : float
        Frontal-plane projection angle at the deepest point, + knee inward (valgus).
    pelvic_drop_deg, trunk_lean_deg, trunk_side_deg : float
        At the deepest point: the other side lower, forward, towards the standing side.
    reps : int
        Repetitions.
    rep_s, start_s : float
        Duration of one repetition, start of the first.
    wobble : float
        Unsteadiness, 1 is usual.
    toe_out_deg : float
        Of the standing foot.
    clearance_m : float
        Height of the other foot's toes above the ground at least.
    """

    kind: ClassVar[str] = "sls"
    side: str = "L"
    depth_deg: float = 65.0
    fppa_deg: float = 8.0
    pelvic_drop_deg: float = 5.0
    trunk_lean_deg: float = 12.0
    trunk_side_deg: float = 4.0
    reps: int = 4
    rep_s: float = 2.4
    start_s: float = 0.8
    wobble: float = 1.0
    toe_out_deg: float = 6.0
    clearance_m: float = 0.03


def frontal_angle_deg(hip: FloatArray, knee: FloatArray, ankle: FloatArray, sign: float) -> float:
    """Frontal-plane projection angle seen along X, + with the knee towards the midline."""
    a, b = (knee - hip)[[1, 2]], (ankle - knee)[[1, 2]]
    return float(np.arctan2(a[0] * b[1] - a[1] * b[0], a @ b) / DEG * sign)


class SingleLegSquat:
    """Repeated single-leg squats.

    Parameters
    ----------
    skeleton : Skeleton
        Whose body.
    spec : SquatSpec
        What is wished.
    """

    kind = "sls"

    def __init__(self, skeleton: Skeleton, spec: SquatSpec) -> None:
        self.skeleton, self.spec = skeleton, spec
        rng = np.random.default_rng(spec.seed)
        self.phases = rng.uniform(0, 6.28, 8)
        self.rep_scale = 1 + 0.06 * spec.wobble * rng.standard_normal(spec.reps)
        self.ankle = np.array([0, 0, skeleton.legs[spec.side].ankle_h_m])
        deepest_s = spec.start_s + spec.rep_s / 2
        wish_deg = spec.fppa_deg * self.rep_scale[0]
        self.swivel = float(brentq(lambda w: self._fppa_deg(deepest_s, w) - wish_deg, -1.2, 1.2))

    def _fppa_deg(self, t: float, swivel: float) -> float:
        side = self.spec.side
        hip, q = self._hip_q(t, swivel * self.rep_scale[0])
        knee, ankle, *_ = self.skeleton.leg_points(side, hip, q)
        return frontal_angle_deg(hip, knee, ankle, SIGN[side])

    def depth(self, t: float) -> tuple[float, float]:
        """Share of the full depth (0..1), and the scale of this repetition."""
        p = self.spec
        u = (t - p.start_s) / p.rep_s
        k = int(np.floor(u))
        if u < 0 or k >= p.reps:
            return 0.0, 1.0
        return 0.5 - 0.5 * np.cos(2 * np.pi * (u - k)), float(self.rep_scale[k])

    def _wobble(self, t: float, i: int, amplitude: float) -> float:
        w = 2 * np.pi * t
        wave = np.sin(0.9 * w + self.phases[i]) + 0.5 * np.sin(2.1 * w + self.phases[i + 1])
        return float(self.spec.wobble * amplitude * wave)

    def _hip_q(self, t: float, swivel: float | None = None) -> tuple[FloatArray, FloatArray]:
        p, sk = self.spec, self.skeleton
        d, scale = self.depth(t)
        r = sk.leg_length_m(p.side, (8 + (p.depth_deg * scale - 8) * d) * DEG)
        # the hip goes back as it goes down; it stays a little lateral of the ankle
        x = 0.02 - 0.10 * d
        y = SIGN[p.side] * (sk.hip_half_m * 0.62) + self._wobble(t, 0, 0.004)
        hip = self.ankle + np.array([x, y, np.sqrt(r * r - x * x - y * y)])
        turn = (self.swivel * scale if swivel is None else swivel) * d + self._wobble(t, 2, 0.012)
        q, _ = sk.leg_ik(p.side, hip, self.ankle, turn)
        return hip, q

    def ground_x_m(self, t_s: float) -> float:  # noqa: ARG002
        """Solid ground."""
        return 0.0

    def travel_x_m(self, t_s: float) -> float:  # noqa: ARG002
        """On the spot."""
        return 0.0

    def pose(self, t_s: float) -> Pose:
        """Pose of the whole body."""
        sk, p = self.skeleton, self.spec
        d, scale = self.depth(t_s)
        sign = SIGN[p.side]
        hip, q = self._hip_q(t_s)
        drop = sign * p.pelvic_drop_deg * scale * d * DEG + self._wobble(t_s, 4, 0.006)
        pelvis = about_z(sign * 0.05 * d) @ about_x(drop) @ pitch(-(4 + 14 * d) * DEG)
        rest = sk.joint("upperleg01." + p.side) - sk.midhip_rest
        pose = Pose(hip - pelvis @ rest, {"pelvis": pelvis})
        sk.pose_leg(pose, p.side, hip, q)
        foot = about_z(sign * p.toe_out_deg * DEG) @ about_z(-sk.legs[p.side].foot_yaw)
        pose.rotations["foot" + p.side] = pose.rotations["toe" + p.side] = foot
        idle = "R" if p.side == "L" else "L"
        lift_other_leg(sk, pose, idle, d, toe_out_deg=p.toe_out_deg, clearance_m=p.clearance_m)
        thorax = about_x(-sign * p.trunk_side_deg * d * DEG)
        thorax = thorax @ pitch(-(2 + p.trunk_lean_deg * d) * DEG)
        arm = ArmPose((8 + 45 * d) * DEG, (22 + 12 * d) * DEG, (28 + 12 * d) * DEG, 10 * DEG)
        sk.pose_upper_body(pose, thorax, pitch(0.02), dict.fromkeys(SIDES, arm), fist=0.35)
        return pose

    def contacts(self, start_s: float, end_s: float) -> list[Contact]:
        """Ground contact of the standing foot, all the time."""
        return [Contact(self.spec.side, start_s, end_s)]


class ScheduledSquat(Drill):
    """Single-leg squats on a schedule; ``full`` is the knee's bend."""

    def prepare(self) -> None:
        """Build the squat whose poses are used."""
        p = self.spec
        self._squat = SingleLegSquat(
            self.skeleton,
            SquatSpec(
                seed=p.seed, side=p.side, depth_deg=p.full, fppa_deg=p.inward_deg,
                pelvic_drop_deg=p.drop_deg, trunk_side_deg=p.lean_deg, reps=1, rep_s=2.0,
                start_s=1.0, wobble=p.wobble_m / 0.004, clearance_m=-1.0,
            ),
        )  # fmt: skip
        self._squat.rep_scale[:] = 1.0
        self._wanted: tuple[float, float] = (0.0, 1.0)
        self._squat.depth = lambda _: self._wanted  # type: ignore[method-assign]

    def pose_at(self, d: float, t_s: float) -> Pose:
        """Pose the squat at a share of its depth."""
        self._wanted = (d, 1.0)
        return self._squat.pose(t_s)


def lift_other_leg(
    skeleton: Skeleton,
    pose: Pose,
    side: str,
    depth: float,
    *,
    toe_out_deg: float,
    clearance_m: float = 0.03,
) -> None:
    """Pose the leg that does not stand: foot behind, knee bent enough to clear the ground."""
    hip, leg = skeleton.hip(pose, side), skeleton.legs[side]
    thigh = (2 + 14 * depth) * DEG

    def angles(knee: float) -> tuple[FloatArray, float]:
        return np.array([thigh, knee, -SIGN[side] * 0.02, 0]), thigh - knee - 12 * DEG

    def excess_m(knee: float) -> float:
        q, tilt = angles(knee)
        ankle_z = skeleton.leg_points(side, hip, q)[1][2]
        toe_z = ankle_z + leg.toe_m * np.sin(tilt) - leg.ankle_h_m * np.cos(tilt)
        return float(toe_z - clearance_m)

    knee = (58 + 28 * depth) * DEG
    if excess_m(knee) < 0 < excess_m(MAX_LIFT_KNEE):
        knee = float(brentq(excess_m, knee, MAX_LIFT_KNEE, xtol=1e-6))
    q, tilt = angles(knee)
    skeleton.pose_leg(pose, side, hip, q)
    turn = about_z(SIGN[side] * toe_out_deg * DEG) @ pitch(tilt)
    foot = turn @ about_z(-leg.foot_yaw)
    pose.rotations["foot" + side] = pose.rotations["toe" + side] = foot

"""Walking: the runner's legs with double support, and a pelvis that rises over the standing leg."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sample_videos.render.motion.running import Pair, Running, RunSpec, SwingTuning
from sample_videos.render.rotations import DEG, about_x, about_z, pitch
from sample_videos.render.skeleton import SIDES, SIGN, ArmPose, Pose


@dataclass(frozen=True)
class WalkSpec(RunSpec):
    """Wishes for a walk; ``bounce_m`` is the rise and fall of the mid-hip per step."""

    kind: ClassVar[str] = "walk"
    cadence_spm: float = 112.0
    speed_mps: float = 1.3
    contact_time_s: Pair = (0.66, 0.66)
    knee_ic_deg: Pair = (6.0, 6.0)
    knee_peak_deg: Pair = (18.0, 18.0)
    knee_swing_deg: Pair = (64.0, 64.0)
    knee_to_deg: float = 38.0
    pelvic_drop_deg: Pair = (3.5, 3.5)
    pelvis_rot_deg: float = 9.0
    trunk_rot_deg: float = 8.0
    pelvis_tilt_deg: float = 2.0
    trunk_lean_deg: float = 2.0
    step_width_m: float = 0.10
    knee_in_deg: Pair = (2.0, 2.0)
    arm_swing_deg: float = 34.0
    elbow_deg: float = 24.0
    arm_abduction_deg: float = 9.0
    bounce_m: float = 0.035


class Walking(Running):
    """A walker; see ``Running`` for how legs are placed."""

    kind = "walk"
    tuning = SwingTuning(
        touch_down=(-0.35, -0.25),
        thigh_max_deg=27.0,
        thigh_per_speed_deg=4.0,
        knee_peak_at=0.38,
        peak_window=(0.12, 0.18, 0.24, 0.30),
        reach_window=(0.02, 0.05, 0.08, 0.36, 0.44, 0.52, 0.6, 0.68, 0.76, 0.84, 0.92),
        rocker={"heel": (20.0, 0.13, 0.58), "mid": (6.0, 0.08, 0.55), "fore": (-4.0, 0.1, 0.5)},
        push_off_deg=55.0,
        hip_rise=(0.95, 0.98),
    )

    def _longest_contact_s(self, step_s: float) -> float:
        return 1.5 * step_s

    def hip_z_m(self, t: float) -> float:
        """Height of the mid-hip: highest in the middle of stance."""
        assert isinstance(self.spec, WalkSpec)
        wave = np.cos(2 * np.pi * self.phase(t))
        return float(self.hip_z_ic_m + self.spec.bounce_m / 2 * wave)

    def _upper_body(self, pose: Pose, ph: float) -> None:
        p = self.spec
        yaw = -0.5 * p.trunk_rot_deg * np.sin(np.pi * ph + 0.15) * DEG
        sway = -0.5 * p.trunk_sway_deg * np.cos(np.pi * ph) * DEG
        thorax = about_z(yaw) @ about_x(sway) @ pitch(-p.trunk_lean_deg * DEG)
        arms = {}
        for s in SIDES:
            swing = 0.5 * p.arm_swing_deg * np.sin(np.pi * ph + 0.1) * SIGN[s]
            arms[s] = ArmPose(
                (2 + swing) * DEG,
                p.arm_abduction_deg * DEG,
                (p.elbow_deg + 0.4 * swing) * DEG,
                12 * DEG,
            )
        self.skeleton.pose_upper_body(
            pose, thorax, pitch(-2 * DEG), arms, shrug=0.1 * yaw, fist=0.4
        )

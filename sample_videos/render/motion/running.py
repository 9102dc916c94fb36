"""Running on a treadmill or over ground.

Contacts come first: step times from the cadence, contact time per side. The mid-hip falls freely
in flight and
follows the ground's force in stance (``force``), so height and vertical speed are continuous. The
stance foot is fixed to
the belt: heel rocker, flat, push-off about the toe joint with the toes flat. Two-bone inverse
kinematics gives the
leg. Hip height and foot placement are solved by least squares for the wanted knee flexion; if the
wishes cannot be
met together, the truth file holds what came out. Swing legs are Hermite curves between the stance
poses.
"""

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.optimize import least_squares

from sample_videos.render.meshes import FloatArray
from sample_videos.render.motion.base import Contact, MotionSpec
from sample_videos.render.motion.force import HALF_SINE, ForceShape
from sample_videos.render.rotations import (
    DEG,
    GRAVITY_MPS2,
    about_x,
    about_z,
    hermite,
    pitch,
)
from sample_videos.render.skeleton import SIDES, SIGN, ArmPose, Pose, Skeleton

Pair = tuple[float, float]
#: Pitch of the foot at contact in degrees, and the share of stance at which it is flat and leaves
# flat.
FOOT_ROCKER = {"heel": (17.0, 0.20, 0.50), "mid": (3.0, 0.08, 0.46), "fore": (-9.0, 0.16, 0.42)}

#: How many times the swinging foot is raised a little until it clears the ground.
MAX_LIFTS = 14


@dataclass(frozen=True)
class RunSpec(MotionSpec):
    """Wishes for a run; pairs are (left, right).

    Parameters
    ----------
    cadence_spm, speed_mps : float
        Steps per minute, belt or running speed.
    overground : bool
        The person travels; otherwise the belt does.
    start_x_m : float
        Place at t = 0 when travelling.
    contact_time_s : pair of float
        Duration of stance.
    strike : pair of {'heel', 'mid', 'fore'}
        Which part of the foot lands first.
    knee_ic_deg, knee_peak_deg, knee_swing_deg : pair of float
        Knee flexion at contact, stance peak, swing peak.
    knee_to_deg : float
        Knee flexion wished at toe-off (weak wish).
    pelvic_drop_deg : pair of float
        Peak drop of the other side during left / right stance, below horizontal.
    pelvis_rot_deg, trunk_rot_deg : float
        Axial ranges of pelvis and thorax in the room.
    pelvis_tilt_deg, trunk_lean_deg, trunk_sway_deg : float
        Forward tilt relative to the rest pelvis, forward lean, lean to the stance side.
    step_width_m : float
        Between the ankle centres; negative crosses the midline.
    toe_out_deg, knee_in_deg : pair of float
        Toe-out, inward turn of the knee at mid stance about the hip-ankle line.
    arm_swing_deg, elbow_deg, arm_abduction_deg : float
        Arms.
    drift_m : float
        Slow wandering on the belt.
    jitter : float
        Stride-to-stride variability, 1 is usual.
    step_asymmetry : float
        Share of the step by which steps that start on the left are longer.
    clearance_m : float
        Knees bend more in swing until heel and toe clear the ground by this much.
    force : ForceShape, optional
        How the ground's force grows and fades; half a sine if left out.
    """

    kind: ClassVar[str] = "run"
    cadence_spm: float = 170.0
    speed_mps: float = 3.0
    overground: bool = False
    start_x_m: float = 0.0
    contact_time_s: Pair = (0.240, 0.240)
    strike: tuple[str, str] = ("heel", "heel")
    knee_ic_deg: Pair = (14.0, 14.0)
    knee_peak_deg: Pair = (42.0, 42.0)
    knee_swing_deg: Pair = (96.0, 96.0)
    knee_to_deg: float = 20.0
    pelvic_drop_deg: Pair = (5.0, 5.0)
    pelvis_rot_deg: float = 12.0
    trunk_rot_deg: float = 24.0
    pelvis_tilt_deg: float = 4.0
    trunk_lean_deg: float = 7.0
    trunk_sway_deg: float = 2.0
    step_width_m: float = 0.06
    toe_out_deg: Pair = (6.0, 6.0)
    knee_in_deg: Pair = (4.0, 4.0)
    arm_swing_deg: float = 46.0
    elbow_deg: float = 92.0
    arm_abduction_deg: float = 16.0
    drift_m: float = 0.03
    jitter: float = 1.0
    step_asymmetry: float = 0.0
    clearance_m: float = 0.008
    start_s: float = -2.0
    end_s: float = 16.0
    force: ForceShape | None = None


@dataclass
class Stance:
    """One stance phase with its stride-to-stride variation and its vertical ground force."""

    side: str
    ic_s: float
    contact_s: float
    next_ic_s: float
    drop_deg: float
    dx_m: float
    dy_m: float
    swivel_scale: float
    fall_mps: float = 0.0
    thrust_mps: float = 0.0
    skew: float = 0.0
    rise_mps: float = 0.0
    lift_m: float = 0.0
    placed: bool = False
    x_m: float = 0.0
    y_m: float = 0.0

    @property
    def i(self) -> int:
        """0 left, 1 right."""
        return SIDES.index(self.side)

    @property
    def to_s(self) -> float:
        """Toe-off."""
        return self.ic_s + self.contact_s

    @property
    def mid_s(self) -> float:
        """Middle of stance."""
        return self.ic_s + self.contact_s / 2


Key = tuple[list[float], list[float], list[float]]


@dataclass
class SwingTuning:
    """Constants that differ between running and walking."""

    touch_down: Pair = (
        -0.7,
        -0.5,
    )  # share of the belt speed forward, m/s down: an impact, as in life
    thigh_max_deg: float = 38.0
    thigh_per_speed_deg: float = 2.9
    knee_peak_at: float = 0.46
    peak_window: tuple[float, ...] = (0.3, 0.38, 0.46, 0.55)
    reach_window: tuple[float, ...] = ()
    rocker: dict[str, tuple[float, float, float]] = field(default_factory=lambda: FOOT_ROCKER)
    push_off_deg: float = 60.0
    hip_rise: Pair = (0.93, 0.97)


class Running:
    """A runner; see the module's text for how the motion is made.

    Parameters
    ----------
    skeleton : Skeleton
        Whose body.
    spec : RunSpec
        What is wished.
    """

    kind = "run"
    tuning = SwingTuning()

    def __init__(self, skeleton: Skeleton, spec: RunSpec) -> None:
        self.skeleton, self.spec = skeleton, spec
        rng = np.random.default_rng(spec.seed)
        self.step_s = 60 / spec.cadence_spm
        self.force = spec.force or HALF_SINE
        self.stances = self._make_stances(rng)
        self.starts = np.array([a.ic_s for a in self.stances])
        self.mids = np.array([a.mid_s for a in self.stances])
        self.wander = rng.uniform(0, 2 * np.pi, 6)
        self._phase = CubicSpline(self.mids, np.arange(len(self.mids)))
        self._vertical()
        self.hip_z_ic_m, self.ahead_m = 0.9, [0.25, 0.25]
        self.push_off = [-58 * DEG, -58 * DEG]
        self._swings: dict[int, tuple[float, float, list[Key]]] = {}
        self._solve()

    def _longest_contact_s(self, step_s: float) -> float:
        return step_s - 0.02

    def _make_stances(self, rng: np.random.Generator) -> list[Stance]:
        p, out = self.spec, []
        t, k = p.start_s, 0
        while t < p.end_s + 2:
            i = k % 2
            contact = p.contact_time_s[i] * (1 + 0.012 * p.jitter * rng.standard_normal())
            asymmetry = 1 + p.step_asymmetry * (1 if i == 0 else -1)
            step = self.step_s * asymmetry * (1 + 0.008 * p.jitter * rng.standard_normal())
            out.append(
                Stance(
                    side=SIDES[i],
                    ic_s=t,
                    contact_s=min(contact, self._longest_contact_s(step)),
                    next_ic_s=t + step,
                    drop_deg=p.pelvic_drop_deg[i] + 0.5 * p.jitter * rng.standard_normal(),
                    dy_m=0.006 * p.jitter * rng.standard_normal(),
                    dx_m=0.006 * p.jitter * rng.standard_normal(),
                    swivel_scale=1 + 0.04 * p.jitter * rng.standard_normal(),
                )
            )
            t += step
            k += 1
        return out

    def _vertical(self) -> None:
        """Join the flights around each stance by the ground's force and a skew.

        A force whose centre comes before the middle of the contact throws the body off higher than
        it landed, and slower than it will land again.
        """
        g = GRAVITY_MPS2
        early = [self.force.early_s(a.contact_s) for a in self.stances]
        for n, a in enumerate(self.stances):
            before = a.ic_s - self.stances[n - 1].to_s if n else self.step_s - a.contact_s
            after, tc = a.next_ic_s - a.to_s, a.contact_s
            a.fall_mps = -g * (before / 2 + early[max(n - 1, 0)])
            a.rise_mps = g * (after / 2 - early[n])
            a.lift_m = g * early[n] * after
            a.thrust_mps = a.rise_mps - a.fall_mps + g * tc
            risen = a.fall_mps * tc - g * tc * tc / 2 + a.thrust_mps * (tc / 2 + early[n])
            a.skew = (2 * np.pi / tc**2) * (a.lift_m - risen)

    # ---- pelvis
    # ---------------------------------------------------------------------------------------------
    def _k(self, t: float) -> int:
        k = int(np.searchsorted(self.starts, t, side="right")) - 1
        return min(max(k, 0), len(self.stances) - 1)

    def phase(self, t: float) -> float:
        """Continuous step phase: integer k at the middle of stance k (even = left)."""
        return float(self._phase(t))

    def hip_z_m(self, t: float) -> float:
        """Height of the mid-hip."""
        a = self.stances[self._k(t)]
        u, g = t - a.ic_s, GRAVITY_MPS2
        if u <= a.contact_s:
            w = 2 * np.pi / a.contact_s
            bounce = a.thrust_mps * self.force.grown(u, a.contact_s)[1]
            skew = a.skew / w * (u - np.sin(w * u) / w)
            return float(self.hip_z_ic_m + a.fall_mps * u - g * u * u / 2 + bounce + skew)
        u -= a.contact_s
        return float(self.hip_z_ic_m + a.lift_m + a.rise_mps * u - g * u * u / 2)

    def hip_xy_m(self, t: float) -> tuple[float, float, float]:
        """X and Y of the mid-hip in the belt's frame, and Y of the slow wandering alone."""
        d, ph, w = self.spec.drift_m, self.phase(t), 2 * np.pi * t
        x = d * (np.sin(0.07 * w + self.wander[0]) + 0.6 * np.sin(0.19 * w + self.wander[1]))
        x += 0.008 * np.sin(2 * np.pi * ph + 0.6)
        y = 0.5 * d * (np.sin(0.05 * w + self.wander[2]) + 0.5 * np.sin(0.13 * w + self.wander[3]))
        return x, y + 0.012 * np.cos(np.pi * ph), y  # towards the stance side

    def pelvis_angles(self, t: float) -> tuple[float, float, float]:
        """Obliquity (+ left side higher), axial turn and tilt in radians."""
        p, k, stride_s = self.spec, self._k(t), 2 * self.step_s
        drop = 0.0
        for a in self.stances[max(0, k - 2) : k + 3]:
            # a raised-cosine bump per stance, its peak a little before mid stance
            u = (t - (a.mid_s - 0.02 * stride_s)) / (0.62 * stride_s)
            if abs(u) < 0.5:
                drop += SIGN[a.side] * a.drop_deg * np.cos(np.pi * u) ** 2
        ph = self.phase(t)
        # the side of the swing leg comes forward in its swing
        yaw = 0.5 * p.pelvis_rot_deg * np.sin(np.pi * ph + 0.785)
        tilt = p.pelvis_tilt_deg + 2.0 * np.cos(2 * np.pi * ph + 2.4)
        return drop * DEG, yaw * DEG, tilt * DEG

    def root(self, t: float) -> tuple[FloatArray, FloatArray]:
        """Mid-hip (belt frame) and rotation of the pelvis."""
        x, y, _ = self.hip_xy_m(t)
        drop, yaw, tilt = self.pelvis_angles(t)
        return np.array([x, y, self.hip_z_m(t)]), about_z(yaw) @ about_x(drop) @ pitch(-tilt)

    def hip(self, side: str, t: float) -> FloatArray:
        """Hip joint centre (belt frame)."""
        c, r = self.root(t)
        return c + r @ np.array([0, SIGN[side] * self.skeleton.hip_half_m, 0])

    # ---- stance leg
    # -----------------------------------------------------------------------------------------
    def foot_pitch(self, a: Stance, u: float) -> float:
        """Pitch of the foot (toes up +) at the share ``u`` of stance."""
        landing_deg, flat, heel_off = self.tuning.rocker[self.spec.strike[a.i]]
        if u < flat:
            return landing_deg * DEG * (1 - u / flat) ** 2
        if u > heel_off:
            return float(self.push_off[a.i] * ((u - heel_off) / (1 - heel_off)) ** 1.75)
        return 0.0

    def _rocker(self, side: str, angle: float) -> FloatArray:
        """Displacement of the ankle by rolling about the heel or the toe joint."""
        leg = self.skeleton.legs[side]
        if angle > 0:
            pivot = np.array([leg.heel_m, 0, -leg.ankle_h_m])
        else:
            pivot = np.array([leg.mtp_m, 0, leg.mtp_h_m - leg.ankle_h_m])
        return pivot - pitch(angle) @ pivot

    def stance(self, a: Stance, t: float) -> tuple[FloatArray, float, float]:
        """Ankle, yaw and pitch of the foot on the belt (needs ic <= t <= to)."""
        p = self.spec
        angle = self.foot_pitch(a, (t - a.ic_s) / a.contact_s)
        if not a.placed:
            a.x_m = self.hip_xy_m(a.ic_s)[0] + a.dx_m
            a.y_m = self.hip_xy_m(a.mid_s)[2] + SIGN[a.side] * p.step_width_m / 2 + a.dy_m
            a.placed = True
        yaw = SIGN[a.side] * p.toe_out_deg[a.i] * DEG
        landing = self._rocker(a.side, self.foot_pitch(a, 0.0))
        x = a.x_m + self.ahead_m[a.i] - landing[0] - p.speed_mps * (t - a.ic_s)
        flat = np.array([x, a.y_m, self.skeleton.legs[a.side].ankle_h_m])
        return flat + about_z(yaw) @ self._rocker(a.side, angle), yaw, angle

    def _nominal_knees(self, x: FloatArray) -> list[FloatArray]:
        """Knee at contact, stance peak, toe-off and overreach, per side, for one trial solution."""
        self.hip_z_ic_m, self.ahead_m, self.push_off = x[0], [x[1], x[2]], [x[3], x[4]]
        n = len(self.stances) // 2 // 2 * 2
        out = []
        for side in SIDES:
            rows = []
            for a in [s for s in self.stances[n : n + 6] if s.side == side]:
                a.placed = False
                knees, over = [], 0.0
                for u in (0.0, *self.tuning.peak_window, 1.0):
                    t = a.ic_s + u * a.contact_s
                    q, o = self.skeleton.leg_ik(side, self.hip(side, t), self.stance(a, t)[0], 0)
                    knees.append(q[1] / DEG)
                    over += o
                for u in self.tuning.reach_window:
                    t = a.ic_s + u * a.contact_s
                    over += self.skeleton.leg_ik(side, self.hip(side, t), self.stance(a, t)[0], 0)[
                        1
                    ]
                rows.append((knees[0], max(knees[1:-1]), knees[-1], over))
            out.append(np.mean(rows, 0))
        return out

    def _residuals(self, x: FloatArray) -> FloatArray:
        p, out = self.spec, [20 * (x[1] - x[2])]
        for i, (ic, peak, to, over) in enumerate(self._nominal_knees(x)):
            out += [
                ic - p.knee_ic_deg[i],
                peak - p.knee_peak_deg[i],
                0.35 * (to - p.knee_to_deg),
                400 * over,
                0.12 * (x[3 + i] / DEG + self.tuning.push_off_deg),
            ]
        return np.array(out)

    def _solve(self) -> None:
        leg = self.skeleton.legs["L"]
        best = None
        for rise in self.tuning.hip_rise:
            z = rise * (leg.thigh_m + leg.shank_m) + leg.ankle_h_m
            fit = least_squares(
                self._residuals,
                [z, 0.22, 0.22, -1.0, -1.0],
                bounds=([0.6, -0.1, -0.1, -1.4, -1.4], [1.3, 0.6, 0.6, -0.5, -0.5]),
                xtol=1e-5,
                ftol=1e-6,
            )
            if best is None or fit.cost < best.cost:
                best = fit
        assert best is not None
        self._nominal_knees(best.x)
        for a in self.stances:
            a.placed = False

    def _swivel(self, a: Stance, u: float) -> float:
        bump = np.sin(np.pi * min(max(u, 0.0), 1.0)) ** 2
        return float(a.swivel_scale * self.spec.knee_in_deg[a.i] * DEG * bump)

    def stance_q(self, a: Stance, t: float) -> FloatArray:
        """Leg angles in stance: thigh, knee, tilt, swivel, ankle, foot yaw, foot pitch."""
        ankle, yaw, angle = self.stance(a, t)
        swivel = self._swivel(a, (t - a.ic_s) / a.contact_s)
        q, _ = self.skeleton.leg_ik(a.side, self.hip(a.side, t), ankle, swivel)
        return np.concatenate([q, [angle - (q[0] - q[1]), yaw, angle]])

    # ---- swing leg
    # ------------------------------------------------------------------------------------------
    def _landing_rates(self, b: Stance, q1: FloatArray) -> FloatArray:
        """Rates of thigh and knee at contact that give the ankle its wished velocity."""
        h, e, tune = 1e-4, 1e-5, self.tuning
        want = np.array([tune.touch_down[0] * self.spec.speed_mps, tune.touch_down[1]])
        hip_v = (self.hip(b.side, b.ic_s) - self.hip(b.side, b.ic_s - h)) / h

        def ankle(thigh: float, knee: float) -> FloatArray:
            q = np.array([thigh, knee, q1[2], q1[3]])
            return self.skeleton.leg_points(b.side, np.zeros(3), q)[1][[0, 2]]

        here = ankle(q1[0], q1[1])
        jacobian = np.stack(
            [(ankle(q1[0] + e, q1[1]) - here) / e, (ankle(q1[0], q1[1] + e) - here) / e], 1
        )
        return np.linalg.solve(jacobian, want - hip_v[[0, 2]])

    def _swing(self, n: int) -> tuple[float, float, list[Key]]:
        """Hermite keys for the swing between stance n and stance n + 2 (same side)."""
        if n not in self._swings:
            a, b = self.stances[n], self.stances[n + 2]
            for lift in range(MAX_LIFTS + 1):
                keys = self._swing_keys(a, b, lift)
                if self._clearance_m(a, b, keys) > self.spec.clearance_m:
                    break
            self._swings[n] = (a.to_s, b.ic_s - a.to_s, keys)
        return self._swings[n]

    def _swing_keys(self, a: Stance, b: Stance, lift: int) -> list[Key]:
        """Keys with the foot raised ``lift`` times a little, by bending hip and knee more."""
        p, tune, h = self.spec, self.tuning, 1e-4
        dur = b.ic_s - a.to_s
        q0, q1 = self.stance_q(a, a.to_s), self.stance_q(b, b.ic_s)
        d0 = (q0 - self.stance_q(a, a.to_s - h)) / h * dur
        d1 = np.clip(self._landing_rates(b, q1), [-7, -9], [2, 9]) * dur
        top = tune.thigh_max_deg + tune.thigh_per_speed_deg * (p.speed_mps - 2.5) + 1.5 * lift
        top = max(q1[0] + 0.12, top * DEG)
        # the leg stretches before it lands, less so when it lands bent: the belt is in the way
        bent = 12 * DEG + 0.85 * (q1[1] - 18 * DEG)
        straight = max(4 * DEG, min(q1[1] - 3 * DEG, 12 * DEG), bent)
        peak = (p.knee_swing_deg[a.i] + 3.5 * lift) * DEG
        peak_at = tune.knee_peak_at + 0.012 * lift
        middle = (q0[2] + q1[2]) / 2 + SIGN[a.side] * 0.012
        c = np.clip
        return [
            ([0, 0.10, 0.72, 1], [q0[0], q0[0] + c(d0[0], -1, 0) * 0.035, top, q1[0]],
             [c(d0[0], -2, 2), 0.3, 0, d1[0]]),
            ([0, peak_at, 0.95, 1], [q0[1], peak, straight, q1[1]],
             [c(d0[1], 0, 6), 0, 0, c(d1[1], 0, 1.2)]),
            ([0, 0.5, 1], [q0[2], middle, q1[2]], [c(d0[2], -0.3, 0.3), q1[2] - q0[2], 0]),
            ([0, 0.45, 1], [q0[3], -0.03, q1[3]], [0, 0, 0]),
            ([0, 0.12, 0.60, 1], [q0[4], q0[4] - 0.02, 0.17, q1[4]],
             [c(d0[4], -1.2, 0), 0.3, 0, 0]),
            ([0, 0.5, 1], [q0[5], q0[5], q1[5]], [0, 0, 0]),
        ]  # fmt: skip

    def _clearance_m(self, a: Stance, b: Stance, keys: list[Key]) -> float:
        """Lowest height of heel and toe in the middle of the swing."""
        leg, lowest = self.skeleton.legs[a.side], np.inf
        for u in np.arange(0.20, 0.86, 0.05):
            hip = self.hip(a.side, a.to_s + u * (b.ic_s - a.to_s))
            q = np.array([hermite(u, *key) for key in keys])
            ankle_z = self.skeleton.leg_points(a.side, hip, q)[1][2]
            tilt = q[4] + q[0] - q[1]
            ends = np.array([leg.heel_m, leg.toe_m]) * np.sin(tilt)
            lowest = min(lowest, float(ankle_z + ends.min() - leg.ankle_h_m * np.cos(tilt)))
        return lowest

    def leg_state(self, side: str, t: float) -> tuple[FloatArray, float, bool]:
        """Leg angles (as ``stance_q``), extension of the toes, and whether on the ground."""
        k = self._k(t)
        while self.stances[k].side != side:
            k -= 1
        a = self.stances[k]
        if t <= a.to_s:
            q = self.stance_q(a, t)
            return q, max(0.0, -q[6]), True
        start, dur, keys = self._swing(k)
        q = np.array([hermite((t - start) / dur, *key) for key in keys])
        toe = max(0.0, -self.push_off[a.i]) * np.exp(-(((t - start) / 0.06) ** 2))
        return np.concatenate([q, [q[4] + q[0] - q[1]]]), float(toe), False

    # ---- whole body
    # -----------------------------------------------------------------------------------------
    def ground_x_m(self, t_s: float) -> float:
        """Distance the belt has run."""
        return 0.0 if self.spec.overground else self.spec.speed_mps * t_s

    def travel_x_m(self, t_s: float) -> float:
        """Distance the runner has covered in the room."""
        return self.spec.start_x_m + self.spec.speed_mps * t_s if self.spec.overground else 0.0

    def pose(self, t_s: float) -> Pose:
        """Pose of the whole body in the room."""
        sk = self.skeleton
        c, pelvis = self.root(t_s)
        pose = Pose(c + np.array([self.travel_x_m(t_s), 0, 0]), {"pelvis": pelvis})
        for s in SIDES:
            q, toe, _ = self.leg_state(s, t_s)
            sk.pose_leg(pose, s, sk.hip(pose, s), q)
            unturn = about_z(-sk.legs[s].foot_yaw)
            pose.rotations["foot" + s] = about_z(q[5]) @ pitch(q[6]) @ unturn
            pose.rotations["toe" + s] = about_z(q[5]) @ pitch(q[6] + toe) @ unturn
        self._upper_body(pose, self.phase(t_s))
        return pose

    def _upper_body(self, pose: Pose, ph: float) -> None:
        p = self.spec
        # against the pelvis, with the arms
        yaw = -0.5 * p.trunk_rot_deg * np.sin(np.pi * ph + 0.15) * DEG
        lean = (p.trunk_lean_deg + 1.6 * np.cos(2 * np.pi * ph + 1.2)) * DEG
        sway = -p.trunk_sway_deg * np.cos(np.pi * ph) * DEG
        thorax = about_z(yaw) @ about_x(sway) @ pitch(-lean)
        head = about_z(0.25 * yaw) @ about_x(0.3 * sway) @ pitch(-0.25 * lean - 2 * DEG)
        arms = {}
        for s in SIDES:
            # the right arm is forward when the left leg is
            swing = 0.5 * p.arm_swing_deg * np.sin(np.pi * ph + 0.1) * SIGN[s]
            arms[s] = ArmPose(
                (-14 + swing) * DEG,
                p.arm_abduction_deg * DEG,
                (p.elbow_deg + 0.35 * swing) * DEG,
                (22 + 0.25 * swing) * DEG,
            )
        self.skeleton.pose_upper_body(pose, thorax, head, arms, shrug=0.12 * yaw)

    def contacts(self, start_s: float, end_s: float) -> list[Contact]:
        """Stances that overlap [start_s, end_s)."""
        return [
            Contact(a.side, a.ic_s, a.to_s)
            for a in self.stances
            if a.to_s > start_s and a.ic_s < end_s
        ]
